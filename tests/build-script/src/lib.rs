//! A crate that generates the one operation that it calls in its build script.

/// Lambda, as far as this crate needs it.
pub mod lambda {
    include!(concat!(env!("OUT_DIR"), "/lambda.rs"));
}

/// A service with types of our own in it.
pub mod greetings {
    include!(concat!(env!("OUT_DIR"), "/greetings.rs"));
}

pub mod money;

use lambda::invoke::Invoke;
use myrina::{Client, Error, Json};

/// Invokes a function, and gives what it returned, if anything.
pub async fn call(client: &Client, function: &str, event: Json) -> Result<Option<Json>, Error> {
    Ok(client.send(Invoke::new(function, event)).await?.payload)
}
