//! Shows where credentials were looked for, and whose they are: `cargo run -p myrina-tests --example whoami -- [PROFILE]`.

use myrina::{Client, credentials::ProvideCredentials as _};
use myrina_test_services::sts::get_caller_identity::GetCallerIdentity;
use std::{env, process::ExitCode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, myrina::Error> {
    let builder = Client::builder();
    let builder = if let Some(profile) = env::args().nth(1) { builder.profile(profile) } else { builder };
    let client = builder.load().await?;
    println!("region: {}", client.region().unwrap_or("none is set"));
    let explanation = client.credentials().explain().await;
    println!("credentials:\n{explanation}");
    if explanation.used().is_none() {
        return Ok(ExitCode::FAILURE);
    }
    let caller = client.send(GetCallerIdentity::new()).await?;
    println!("arn: {}", caller.arn.unwrap_or_default());
    Ok(ExitCode::SUCCESS)
}
