//! Helpers for tests (feature `testing`): a clock and a transport in memory, random values of generated types, the laws of lenses, and
//! the endpoints and requests of calls.

mod clock;
mod laws;
mod random;
mod transport;

#[doc(hidden)]
pub use crate::__laws as laws;
pub use clock::FakeClock;
pub use laws::{check_field, check_variant};
pub use random::Random;
pub use transport::{InMemory, RecordedRequest};

use crate::{
    Client, Error,
    codec::{CodecError, Structure, Value},
    endpoint::Endpoint,
    http::RequestBody,
    operation::{OperationSchema, Request},
};

/// Creates a random value of a generated structure or union. The same seed gives the same value.
///
/// It may contain everything that the schema allows: members set and unset, empty and longer lists, strings of all kinds.
/// Streams are empty. Fails only for unions without a variant.
pub fn random<S: Structure>(seed: u64) -> Result<S, CodecError> {
    let mut value = <S as Structure>::empty();
    let mut random = Random::new(seed);
    random.fill(&mut value)?;
    Ok(value)
}

/// Resolves the endpoint to which `client` would send `operation` with `input`, without the host prefix and the path of the
/// operation.
pub async fn endpoint(
    client: &Client,
    operation: &'static OperationSchema,
    input: &dyn Structure,
) -> Result<Endpoint, Error> {
    client.resolved_endpoint(operation, input).await
}

/// Returns the request for `operation` with `input` as the protocol writes it, compressed if the operation says so: without what
/// customizations, the client and the signature add. A streaming body is taken out of `input`.
pub fn request(
    client: &Client,
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
) -> Result<Request<RequestBody>, Error> {
    client.request(operation, input)
}

/// Creates a random value of the member with this index in `S`.
pub fn random_member<S: Structure, T: Value>(index: usize, seed: u64) -> Result<T, CodecError> {
    let member =
        S::schema_of().members.get(index).ok_or_else(|| CodecError::new("there is no such member"))?;
    let mut value = T::empty();
    value.read(member, &mut Random::new(seed))?;
    Ok(value)
}
