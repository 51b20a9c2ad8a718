//! Credentials and tokens of IAM Identity Center (SSO).
//!
//! `aws sso login` writes a token to a file. A token of a session (`sso_session`) is renewed with what the file contains besides, and
//! the file is written anew, as the CLI and the other SDKs do: they share it.

mod sha1;

use super::{
    BearerToken, Context, Credentials, CredentialsError,
    key_document::KeyDocument,
    operations::{sso, sso_oidc},
    profile::{SsoProfile, SsoSession},
    token_file::{TokenFile, time_text},
};
use crate::{config::in_aws_folder, error::Error, time::Timestamp};
use sha1::sha1_hex;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long before its expiry a token is renewed.
const WINDOW: Duration = Duration::from_mins(5);

/// Exchanges the token of the session for the credentials of a role.
pub(super) async fn load(context: &Context, profile: &SsoProfile) -> Result<Credentials, CredentialsError> {
    let SsoProfile { session, account_id, role_name } = profile;
    let token = token(context, session).await?;
    let request =
        sso::get_role_credentials::GetRoleCredentials::new(&**role_name, &**account_id, token.token());
    let response = context.send(request, None, Some(&session.region)).await;
    let response = response.map_err(|error| refused(profile, &error))?;
    let found = response.role_credentials.unwrap_or_default();
    let (Some(id), Some(secret)) = (found.access_key_id, found.secret_access_key) else {
        return Err(CredentialsError::provider_error(format!(
            "IAM Identity Center returned no credentials for the role {role_name} in account {account_id}"
        )));
    };
    let credentials = Credentials::from_parts(id, secret, found.session_token, Some(account_id.clone()));
    Ok(match found.expiration {
        Some(milliseconds) => credentials.with_expiry(Timestamp::from_millis(milliseconds)),
        None => credentials,
    })
}

/// What to do about the errors of `GetRoleCredentials`. `LOGIN` stands for how to log in.
const ADVICE: [(&str, &str); 3] = [
    ("UnauthorizedException", "; the session has ended: LOGIN"),
    (
        "ForbiddenException",
        "; the user has no access to this role: check `sso_account_id` and `sso_role_name`",
    ),
    ("ResourceNotFoundException", "; check `sso_account_id` and `sso_role_name`"),
];

fn refused(profile: &SsoProfile, error: &Error) -> CredentialsError {
    let SsoProfile { session, account_id, role_name } = profile;
    let advice = ADVICE.iter().find(|(code, _)| error.code() == Some(code)).map_or("", |(_, advice)| advice);
    let advice = advice.replace("LOGIN", &login(session));
    CredentialsError::provider_error(format!(
        "IAM Identity Center gives no credentials for the role {role_name} in account {account_id}: {error}{advice}"
    ))
}

/// How the user gets a token.
fn login(session: &SsoSession) -> String {
    match &session.name {
        Some(name) => format!("run `aws sso login --sso-session {name}`"),
        None => "run `aws sso login` with this profile".to_owned(),
    }
}

/// The token of a session: from its file, or renewed.
pub(super) async fn token(context: &Context, session: &SsoSession) -> Result<BearerToken, CredentialsError> {
    let name = format!("{}.json", sha1_hex(session.name.as_ref().unwrap_or(&session.start_url).as_bytes()));
    let Some(path) = in_aws_folder(context.environment(), &["sso", "cache", &name]) else {
        return Err(CredentialsError::provider_error(
            "the token of IAM Identity Center is below the home folder, but no variable says where that is: set HOME",
        ));
    };
    let file = TokenFile { context, path, login: login(session) };
    let (text, cached) = file.read(Cached::parse).await?;
    let remaining = cached.expires_at.since(context.clock().now());
    if remaining > WINDOW || (session.name.is_none() && !remaining.is_zero()) {
        return Ok(cached.token());
    }
    let problem = match renew(&file, session, &text, &cached).await {
        Ok(token) => return Ok(token),
        Err(problem) => problem,
    };
    // A refresh token may be good for one use, so another program may have renewed the token at the same time.
    let (_, newest) = file.read(Cached::parse).await?;
    let now = context.clock().now();
    if newest.expires_at > now {
        return Ok(newest.token());
    }
    Err(CredentialsError::provider_error(format!(
        "the token of IAM Identity Center in {} expired at {}, and {problem}: {}",
        file.path, newest.expires_at, file.login,
    )))
}

/// What a file says.
struct Cached {
    access_token: Zeroizing<String>,
    expires_at: Timestamp,
    /// What renews the token; `None` if the file lacks some of it.
    registration: Option<Registration>,
}

/// The client that the token was issued to, and the token that renews it.
struct Registration {
    client_id: String,
    client_secret: Zeroizing<String>,
    refresh_token: Zeroizing<String>,
    expires_at: Timestamp,
}

impl Cached {
    fn token(&self) -> BearerToken {
        BearerToken::new(self.access_token.as_str()).with_expiry(self.expires_at)
    }

    fn parse(mut document: KeyDocument) -> Result<Self, String> {
        let access_token = Zeroizing::new(document.required("accessToken")?);
        let expires_at = document.time("expiresAt")?.ok_or_else(|| "it has no `expiresAt`".to_owned())?;
        let registration = Registration::of(&mut document);
        Ok(Self { access_token, expires_at, registration })
    }
}

impl Registration {
    fn of(document: &mut KeyDocument) -> Option<Self> {
        let mut text = |name: &str| document.text(name).ok().flatten();
        let (client_id, client_secret, refresh_token) =
            (text("clientId")?, text("clientSecret")?.into(), text("refreshToken")?.into());
        let expires_at = document.time("registrationExpiresAt").ok().flatten()?;
        Some(Self { client_id, client_secret, refresh_token, expires_at })
    }
}

/// Gets a new token and writes the file. An error says what is in the way, without the secrets.
async fn renew(
    file: &TokenFile<'_>,
    session: &SsoSession,
    text: &str,
    cached: &Cached,
) -> Result<BearerToken, String> {
    let context = file.context;
    if session.name.is_none() {
        return Err("one of a profile without `sso_session` cannot be renewed".to_owned());
    }
    let Some(registration) = &cached.registration else {
        return Err("the file has not what renews it".to_owned());
    };
    if registration.expires_at <= context.clock().now() {
        return Err(format!("the registration that renews it expired at {}", registration.expires_at));
    }
    let request = sso_oidc::create_token::CreateToken::new(
        &*registration.client_id,
        registration.client_secret.as_str(),
        "refresh_token",
    );
    let request = request.refresh_token(registration.refresh_token.as_str());
    let response = context.send(request, None, Some(&session.region)).await;
    let response = response.map_err(|error| format!("it cannot be renewed ({error})"))?;
    let (Some(access_token), Some(seconds)) = (response.access_token, response.expires_in) else {
        return Err("it cannot be renewed (the response has no token)".to_owned());
    };
    let access_token = Zeroizing::new(access_token);
    let lifetime = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    let expires_at = context.clock().now() + lifetime;
    file.write(text, |members| {
        members.insert("accessToken".to_owned(), access_token.as_str().into());
        members.insert("expiresAt".to_owned(), time_text(expires_at).into());
        if let Some(token) = response.refresh_token {
            members.insert("refreshToken".to_owned(), token.into());
        }
    });
    Ok(BearerToken::new(access_token.as_str()).with_expiry(expires_at))
}
