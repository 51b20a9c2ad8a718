//! Lambda against a server that runs functions: creating, publishing, invoking, and errors.

mod control;
mod errors;
mod invocation;

use myrina::{Client, config::Environment, credentials::Credentials};
use myrina_tests::{BoxError, ministack::Ministack};

/// A client of the server, signing with this key: nothing comes from the environment of the test.
fn client(server: &Ministack, key: &str, secret: &str) -> Result<Client, myrina::Error> {
    Client::builder()
        .environment(Environment::empty())
        .region(Ministack::REGION)
        .endpoint_url(&server.endpoint)
        .credentials(Credentials::new(key, secret))
        .build()
}

/// One start of the server, as what comes later needs what was made before.
#[tokio::test]
async fn lambda() -> Result<(), BoxError> {
    let Some(server) = Ministack::start().await? else { return Ok(()) };
    let client = client(&server, &server.access_key_id, &server.secret_access_key)?;

    control::create(&client, &server.role).await?;
    control::list(&client).await?;

    invocation::waits_for_the_answer(&client).await?;
    invocation::queues_an_event(&client).await?;
    invocation::only_checks(&client).await?;
    invocation::tells_what_a_handler_raised(&client).await?;
    invocation::tells_of_a_time_out(&client).await?;
    invocation::returns_the_log(&client).await?;
    invocation::runs_what_the_alias_names(&client).await?;
    invocation::takes_an_arn_for_a_name(&client).await?;
    invocation::takes_any_json(&client).await?;
    invocation::streams_the_answer(&client).await?;
    invocation::runs_by_name(&client).await?;

    errors::an_unknown_function(&client).await?;
    errors::a_function_that_exists(&client, &server.role).await?;
    errors::one_invocation_too_many(&client).await?;
    errors::a_wrong_secret(&server).await?;
    errors::an_unknown_key(&server).await?;

    // The client of before is none the worse for all that.
    invocation::waits_for_the_answer(&client).await
}
