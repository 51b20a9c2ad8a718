//! Credentials of a server that has roles, a container's agent and an instance's metadata.

use myrina::{
    Client,
    config::Environment,
    credentials::{AssumeRole, Credentials, ProvideCredentials as _},
};
use myrina_test_services::sts::get_caller_identity::GetCallerIdentity;
use myrina_tests::{BoxError, ministack::Ministack};

const ANYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";

/// Creates a role that `principal` may assume by `action`. It may do anything.
async fn create_role(server: &Ministack, name: &str, action: &str, principal: &str) -> Result<(), BoxError> {
    let trust = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"{action}","Principal":{principal}}}]}}"#
    );
    let calls: [&[(&str, &str)]; 2] = [
        &[("Action", "CreateRole"), ("RoleName", name), ("AssumeRolePolicyDocument", &trust)],
        &[("Action", "PutRolePolicy"), ("RoleName", name), ("PolicyName", "p"), ("PolicyDocument", ANYTHING)],
    ];
    for fields in calls {
        let form = form_urlencoded::Serializer::new("Version=2010-05-08&".to_owned())
            .extend_pairs(fields)
            .finish()
            .replace('+', "%20");
        server.ask("iam", "POST /", FORM, &form).await?;
    }
    Ok(())
}

/// The ARN of the identity that the default chain finds.
async fn whoami(server: &Ministack, environment: Environment) -> Result<String, BoxError> {
    let environment = environment.with("AWS_ENDPOINT_URL", &server.endpoint).with("HOME", "/h");
    let client = Client::builder().environment(environment).region(Ministack::REGION).build()?;
    let caller = client.send(GetCallerIdentity::new()).await?;
    Ok(caller.arn.unwrap_or_default())
}

#[tokio::test]
async fn credentials_of_a_server_are_found_and_accepted() -> Result<(), BoxError> {
    let Some(server) = Ministack::start().await? else { return Ok(()) };
    let account = server.role.split(':').nth(4).unwrap_or_default();
    let arn = |name: &str| format!("arn:aws:iam::{account}:role/{name}");
    let anyone = r#"{"AWS":"*"}"#;
    create_role(&server, "first", "sts:AssumeRole", anyone).await?;
    create_role(&server, "second", "sts:AssumeRole", anyone).await?;
    let issuer = format!(r#"{{"Federated":"arn:aws:iam::{account}:oidc-provider/issuer.example"}}"#);
    create_role(&server, "web", "sts:AssumeRoleWithWebIdentity", &issuer).await?;

    // A role, with the credentials of another one, with those of a user.
    let config = format!(
        "[default]\nrole_arn = {}\nsource_profile = first\nrole_session_name = outer\n\
         [profile first]\nrole_arn = {}\nsource_profile = user\n\
         [profile user]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        arn("second"),
        arn("first"),
        server.access_key_id,
        server.secret_access_key
    );
    let chain = Environment::empty().with_file("/h/.aws/config", config);
    let found = whoami(&server, chain).await?;
    assert_eq!(found, format!("arn:aws:sts::{account}:assumed-role/second/outer"));

    // {"alg":"none"} and {"iss":"https://issuer.example","aud":"sts.amazonaws.com","sub":"tests"}
    let token = "eyJhbGciOiJub25lIn0.\
        eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiYXVkIjoic3RzLmFtYXpvbmF3cy5jb20iLCJzdWIiOiJ0ZXN0cyJ9.c2ln";
    let web = Environment::empty()
        .with("AWS_ROLE_ARN", arn("web"))
        .with("AWS_ROLE_SESSION_NAME", "ci")
        .with("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")
        .with_file("/token", token);
    assert_eq!(whoami(&server, web).await?, format!("arn:aws:sts::{account}:assumed-role/web/ci"));

    // A provider that a program makes.
    let environment = Environment::empty().with("AWS_ENDPOINT_URL", &server.endpoint);
    let base = Client::builder().environment(environment.clone()).region(Ministack::REGION).build()?;
    let user = Credentials::new(&server.access_key_id, &server.secret_access_key);
    let role = AssumeRole::new(arn("first")).session_name("built").source(user).provider(&base);
    let client =
        Client::builder().environment(environment).region(Ministack::REGION).credentials(role).build()?;
    let caller = client.send(GetCallerIdentity::new()).await?;
    assert_eq!(caller.arn, Some(format!("arn:aws:sts::{account}:assumed-role/first/built")));

    // The server does not know the keys that its agent and its instance give.
    let container = Environment::empty()
        .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("{}/v2/credentials/x", server.endpoint));
    let instance = Environment::empty().with("AWS_EC2_METADATA_SERVICE_ENDPOINT", &server.endpoint);
    for environment in [container, instance] {
        let client = Client::builder().environment(environment).region(Ministack::REGION).build()?;
        let keys = client.credentials().provide().await?;
        assert!(keys.session_token().is_some() && keys.expires_at().is_some(), "{keys:?}");
    }
    let instance = Environment::empty().with("AWS_EC2_METADATA_SERVICE_ENDPOINT", &server.endpoint);
    assert_eq!(Client::builder().environment(instance).load().await?.region(), Some(Ministack::REGION));
    Ok(())
}
