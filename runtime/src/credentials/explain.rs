//! What was looked at, and what was found there.

use super::{Credentials, CredentialsError};
use crate::{error::WithCauses, time::Timestamp};
use std::fmt;

/// The places where credentials were looked for, in order, and what was found. Contains no secrets.
///
/// [`Display`](fmt::Display) writes one line for each place:
///
/// ```text
/// 1. the environment: AWS_ACCESS_KEY_ID is not set
/// 2. profile `default`: access key AKIDEXAMPLE of account 123456789012
/// 3. the web identity token: not looked at
/// ```
#[derive(Clone, Debug, Default)]
pub struct Explanation {
    places: Vec<Place>,
}

/// A place where credentials were looked for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Place {
    /// The name of the place.
    pub name: String,
    /// What was found there.
    pub finding: Finding,
}

/// What was found in a place.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Finding {
    /// Credentials, which are used.
    #[non_exhaustive]
    Found {
        /// The ID of the access key, which is not secret.
        access_key_id: String,
        /// The account, if it is known.
        account_id: Option<String>,
        /// When they expire; `None` if they do not.
        expires_at: Option<Timestamp>,
    },
    /// Nothing: the place is not set up, for this reason. The search goes on.
    Nothing(String),
    /// The place is set up, but fails, for this reason. The search ends here.
    Failed(String),
    /// It was not looked at, as the search had ended.
    NotLookedAt,
}

impl Explanation {
    /// The explanation of a provider that is one place.
    pub(super) fn of(name: &str, result: &Result<Credentials, CredentialsError>) -> Self {
        let mut explanation = Self::default();
        explanation.push(name, Finding::of(result));
        explanation
    }

    pub(super) fn push(&mut self, name: &str, finding: Finding) {
        self.places.push(Place { name: name.to_owned(), finding });
    }

    /// Returns the places, in the order of the search.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Returns the place whose credentials are used, if there is one.
    pub fn used(&self) -> Option<&Place> {
        self.places.iter().find(|place| matches!(place.finding, Finding::Found { .. }))
    }
}

impl Finding {
    pub(super) fn of(result: &Result<Credentials, CredentialsError>) -> Self {
        match result {
            Ok(credentials) => Self::Found {
                access_key_id: credentials.access_key_id().to_owned(),
                account_id: credentials.account_id().map(str::to_owned),
                expires_at: credentials.expires_at(),
            },
            Err(error) if error.is_not_loaded() => Self::Nothing(WithCauses(error).to_string()),
            Err(error) => Self::Failed(WithCauses(error).to_string()),
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Place { name, finding }) in self.places.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{}. {name}: {finding}", index + 1)?;
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found { access_key_id, account_id, expires_at } => {
                write!(f, "access key {access_key_id}")?;
                if let Some(account) = account_id {
                    write!(f, " of account {account}")?;
                }
                expires_at.map_or(Ok(()), |time| write!(f, ", which expires at {time}"))
            }
            Self::Nothing(reason) | Self::Failed(reason) => f.write_str(&one_line(reason)),
            Self::NotLookedAt => f.write_str("not looked at"),
        }
    }
}

/// The text on one line.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("; ")
}
