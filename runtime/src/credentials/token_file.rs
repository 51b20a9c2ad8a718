//! Files with tokens of a login, which the CLI and the other SDKs share.

use super::{Context, CredentialsError, key_document::KeyDocument};
use crate::{
    clock::random_fraction,
    time::{Timestamp, TimestampFormat},
};
use serde_json::{Map, Value};
use std::error::Error as StdError;
use zeroize::Zeroizing;

/// How often a file is read that is not whole: another program may be writing it.
const MAX_READS: u32 = 3;

/// The file of a login.
pub(super) struct TokenFile<'a> {
    pub(super) context: &'a Context,
    pub(super) path: String,
    /// What the user does to get a new one: "run `aws login`".
    pub(super) login: String,
}

impl TokenFile<'_> {
    /// Reads the file. Returns its text too, to write it anew.
    pub(super) async fn read<T>(
        &self,
        parse: impl Fn(KeyDocument) -> Result<T, String>,
    ) -> Result<(Zeroizing<String>, T), CredentialsError> {
        let Self { context, path, login } = self;
        let mut reads = 1;
        loop {
            let text = context.environment().read(path).map_err(|error| {
                CredentialsError::provider_error(format!("the token file {path} cannot be read: {error}"))
            })?;
            let text = text.map(Zeroizing::new).ok_or_else(|| {
                CredentialsError::provider_error(format!(
                    "there is no token of a login, as {path} does not exist: {login}"
                ))
            })?;
            match KeyDocument::parse(text.as_bytes()).and_then(&parse) {
                Ok(parsed) => return Ok((text, parsed)),
                Err(_) if reads < MAX_READS => context.pause(reads).await,
                Err(problem) => {
                    return Err(CredentialsError::provider_error(format!(
                        "the token file {path} is broken: {problem}; {login}"
                    )));
                }
            }
            reads += 1;
        }
    }

    /// Writes the file with the members of `text` and these changes. The new token is good without the file, so nobody needs to know of
    /// an error: the next program renews it again.
    pub(super) fn write(&self, text: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        self.try_write(text, change).ok();
    }

    fn try_write(
        &self,
        text: &str,
        change: impl FnOnce(&mut Map<String, Value>),
    ) -> Result<(), Box<dyn StdError>> {
        let mut members: Map<String, Value> = serde_json::from_str(text)?;
        change(&mut members);
        let text = Zeroizing::new(serde_json::to_string(&members)?);
        let random = random_fraction(&**self.context.clock());
        let suffix = format!("{}-{:.0}.tmp", std::process::id(), random * 1e9);
        self.context.environment().replace(&self.path, &text, &suffix)?;
        Ok(())
    }
}

/// A time as such files have it, in whole seconds.
pub(super) fn time_text(time: Timestamp) -> String {
    // The years that it cannot write are those of no token.
    Timestamp::new(time.seconds(), 0).format(TimestampFormat::DateTime).unwrap_or_default()
}
