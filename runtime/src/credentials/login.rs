//! Credentials of a session of `aws login`.
//!
//! The command writes temporary credentials to a file, and what renews them: a token that is bound to a key. The request proves the key
//! with a signed header (DPoP, RFC 9449).

use super::{
    Context, Credentials, CredentialsError, ServiceCall,
    key_document::KeyDocument,
    operations::signin,
    token_file::{TokenFile, time_text},
};
use crate::{
    clock::{Clock, uuid_v4},
    config::in_aws_folder,
    error::Error,
    http::HttpRequest,
    operation::{AttemptContext, HookError, Hooks, Interceptor, Operation as _},
    time::Timestamp,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderName, HeaderValue};
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer as _},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use signin::{create_o_auth2_token::CreateOAuth2Token, errors::AccessDeniedException, types};
use std::{fmt, sync::Arc, time::Duration};
use url::Position;
use zeroize::Zeroizing;

/// How long before their expiry credentials are renewed.
const WINDOW: Duration = Duration::from_mins(5);

/// The credentials of the session with this ARN.
pub(super) async fn load(context: &Context, session: &str) -> Result<Credentials, CredentialsError> {
    let name = format!("{}.json", sha256_hex(session.trim()));
    let folder = context.environment().get("AWS_LOGIN_CACHE_DIRECTORY");
    let path = folder.map(|folder| format!("{}/{name}", folder.trim_end_matches('/')));
    let path = path.or_else(|| in_aws_folder(context.environment(), &["login", "cache", &name]));
    let Some(path) = path else {
        return Err(CredentialsError::provider_error(
            "the login session is below the home folder, but no variable says where that is: set HOME",
        ));
    };
    let file = TokenFile { context, path, login: "run `aws login` with this profile".to_owned() };
    let (text, cached) = file.read(Cached::parse).await?;
    if cached.expires_at.since(context.clock().now()) > WINDOW {
        return Ok(cached.credentials);
    }
    let problem = match renew(&file, &text, &cached).await {
        Ok(credentials) => return Ok(credentials),
        Err(problem) => problem,
    };
    // The token may be good for one use, so another program may have renewed it at the same time.
    let (_, newest) = file.read(Cached::parse).await?;
    if newest.expires_at > context.clock().now() {
        return Ok(newest.credentials);
    }
    Err(CredentialsError::provider_error(format!(
        "the credentials of the login session in {} expired at {}, and they cannot be renewed ({problem}): {}",
        file.path, newest.expires_at, file.login
    )))
}

/// The SHA-256 of `text` in hexadecimal.
fn sha256_hex(text: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    digest.map(|byte| format!("{byte:02x}")).concat()
}

/// What a file says.
struct Cached {
    credentials: Credentials,
    expires_at: Timestamp,
    client_id: String,
    refresh_token: Zeroizing<String>,
    key: SigningKey,
    region: Option<String>,
}

impl Cached {
    fn parse(mut document: KeyDocument) -> Result<Self, String> {
        let mut token = document.object("accessToken")?;
        let mut required =
            |name: &str| token.required(name).map_err(|problem| format!("in `accessToken`, {problem}"));
        let (id, secret, session) =
            (required("accessKeyId")?, required("secretAccessKey")?, required("sessionToken")?);
        let credentials = Credentials::from_parts(id, secret, Some(session), token.text("accountId")?);
        let expires_at =
            token.time("expiresAt")?.ok_or_else(|| "in `accessToken`, it has no `expiresAt`".to_owned())?;
        let key = Zeroizing::new(document.required("dpopKey")?);
        let key = SecretKey::from_sec1_pem(&key)
            .map_err(|_| "`dpopKey` is not a private key of the curve P-256 as PEM".to_owned())?;
        Ok(Self {
            credentials: credentials.with_expiry(expires_at),
            expires_at,
            client_id: document.required("clientId")?,
            refresh_token: Zeroizing::new(document.required("refreshToken")?),
            key: key.into(),
            region: document.text("signInRegion")?,
        })
    }
}

/// Gets new credentials and writes the file. An error says what is in the way, without the secrets.
async fn renew(file: &TokenFile<'_>, text: &str, cached: &Cached) -> Result<Credentials, String> {
    let context = file.context;
    let input = types::CreateOAuth2TokenRequestBody::new(&*cached.client_id, "refresh_token");
    let request = CreateOAuth2Token::new(input.refresh_token(cached.refresh_token.as_str()));
    let proof = Proof { key: cached.key.clone(), clock: context.clock().clone() };
    let call = ServiceCall {
        operation: CreateOAuth2Token::SCHEMA,
        credentials: None,
        region: cached.region.clone(),
        interceptor: Some(Arc::new(proof)),
    };
    let response = context.call(request, call).await;
    let output = response.map_err(|error| refused(&error))?.token_output;
    let lifetime = Duration::from_secs(u64::try_from(output.expires_in).unwrap_or_default());
    let expires_at = context.clock().now() + lifetime;
    let account = cached.credentials.account_id().map(str::to_owned);
    let token = output.access_token;
    file.write(text, |members| {
        if let Some(Value::Object(written)) = members.get_mut("accessToken") {
            written.insert("accessKeyId".to_owned(), token.access_key_id.clone().into());
            written.insert("secretAccessKey".to_owned(), token.secret_access_key.clone().into());
            written.insert("sessionToken".to_owned(), token.session_token.clone().into());
            written.insert("expiresAt".to_owned(), time_text(expires_at).into());
        }
        members.insert("refreshToken".to_owned(), output.refresh_token.into());
    });
    let credentials = Credentials::from_parts(
        token.access_key_id,
        token.secret_access_key,
        Some(token.session_token),
        account,
    );
    Ok(credentials.with_expiry(expires_at))
}

/// Why the service renews nothing.
fn refused(error: &Error) -> String {
    let reason = error.modeled::<AccessDeniedException>().map(|denied| denied.error.as_str());
    match reason {
        Some("TOKEN_EXPIRED") => "the session has ended".to_owned(),
        Some("USER_CREDENTIALS_CHANGED") => "the user's password was changed".to_owned(),
        Some("INSUFFICIENT_PERMISSIONS") => {
            "the identity needs the permission signin:CreateOAuth2Token".to_owned()
        }
        _ => error.to_string(),
    }
}

/// Proves the key that the token is bound to, in each request anew.
struct Proof {
    key: SigningKey,
    clock: Arc<dyn Clock>,
}

impl Proof {
    /// The header for a request to `url`: a JSON web token that the key signs.
    fn header(&self, url: &str) -> Option<String> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": encode(point.x()?), "y": encode(point.y()?)});
        let header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk});
        let id = uuid_v4(&*self.clock);
        let claims = json!({"jti": id, "htm": "POST", "htu": url, "iat": self.clock.now().seconds()});
        let signed = [header, claims].map(|part| encode(part.to_string().as_bytes())).join(".");
        let signature: Signature = self.key.sign(signed.as_bytes());
        Some(format!("{signed}.{}", encode(&signature.to_bytes())))
    }
}

impl Interceptor for Proof {
    fn hooks(&self) -> Hooks {
        Hooks::BEFORE_SIGNING
    }

    fn before_signing(&self, _: &mut AttemptContext<'_>, request: &mut HttpRequest) -> Result<(), HookError> {
        let value = self.header(&request.url[..Position::AfterPath]).ok_or("the key has no public point")?;
        request.headers.insert(HeaderName::from_static("dpop"), HeaderValue::try_from(value)?);
        Ok(())
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proof").finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use crate::{testing::FakeClock, time::TimestampFormat};
    use p256::ecdsa::signature::Verifier as _;

    #[test]
    fn the_proof_is_signed_by_the_key_that_is_in_it() {
        let key = SigningKey::from(SecretKey::from_slice(&[7; 32]).unwrap());
        let now = Timestamp::parse("2026-01-01T00:00:00Z", TimestampFormat::DateTime).unwrap();
        let proof = Proof { key: key.clone(), clock: Arc::new(FakeClock::new(now)) };
        let token = proof.header("https://signin.aws.test/v1/token").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let signature = Signature::from_slice(&decode(signature)).unwrap();
        key.verifying_key().verify(signed.as_bytes(), &signature).unwrap();
        let (header, claims) = signed.split_once('.').unwrap();
        let [header, claims]: [Value; 2] =
            [header, claims].map(|part| serde_json::from_slice(&decode(part)).unwrap());
        assert_eq!((&header["typ"], &header["alg"]), (&json!("dpop+jwt"), &json!("ES256")));
        assert_eq!(decode(header["jwk"]["x"].as_str().unwrap()).len(), 32);
        assert_eq!(claims["htu"], "https://signin.aws.test/v1/token");
        assert_eq!((&claims["htm"], &claims["iat"]), (&json!("POST"), &json!(1_767_225_600)));
        assert_eq!(claims["jti"].as_str().unwrap().len(), 36);
        assert!(!format!("{proof:?}").contains("key"), "{proof:?}");
    }
}
