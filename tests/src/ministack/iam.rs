//! Creates a user with a key, and a role, through IAM's query protocol.

use super::root;
use crate::BoxError;

const ANYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const LAMBDA: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}]}"#;

pub(super) struct Account {
    pub(super) access_key_id: String,
    pub(super) secret_access_key: String,
    pub(super) role: String,
}

/// Creates a user who may do anything, with a key, and a role for functions.
pub(super) async fn create(endpoint: &str) -> Result<Account, BoxError> {
    call(endpoint, "CreateUser", &[("UserName", "tests")]).await?;
    let policy = [("UserName", "tests"), ("PolicyName", "anything"), ("PolicyDocument", ANYTHING)];
    call(endpoint, "PutUserPolicy", &policy).await?;
    let key = call(endpoint, "CreateAccessKey", &[("UserName", "tests")]).await?;
    let role = [("RoleName", "function"), ("AssumeRolePolicyDocument", LAMBDA)];
    let role = call(endpoint, "CreateRole", &role).await?;
    Ok(Account {
        access_key_id: element(&key, "AccessKeyId")?,
        secret_access_key: element(&key, "SecretAccessKey")?,
        role: element(&role, "Arn")?,
    })
}

async fn call(endpoint: &str, action: &str, parameters: &[(&str, &str)]) -> Result<String, BoxError> {
    let fixed = [("Action", action), ("Version", "2010-05-08")];
    let fields = fixed.iter().chain(parameters).map(|(name, value)| format!("{name}={}", encode(value)));
    let form = fields.collect::<Vec<_>>().join("&");
    root::ask(endpoint, "iam", "POST /", "content-type: application/x-www-form-urlencoded\r\n", &form).await
}

fn encode(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// The text of the first element of that name.
fn element(xml: &str, name: &str) -> Result<String, BoxError> {
    let text = xml
        .split_once(&format!("<{name}>"))
        .and_then(|(_, rest)| rest.split_once(&format!("</{name}>")))
        .map(|(text, _)| text.to_owned());
    text.ok_or_else(|| format!("no <{name}> in {xml}").into())
}
