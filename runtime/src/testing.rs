//! For tests (feature `testing`): a clock and a transport in memory, random values of any generated type, the laws of lenses, and
//! the endpoints of calls.

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
    operation::OperationSchema,
};

/// A random value of a generated structure or union, the same for the same seed.
///
/// Everything that the description allows may be in it: members set and unset, empty and longer lists, texts of all kinds.
/// Streams are empty. Fails only for unions without a case.
pub fn random<S: Structure>(seed: u64) -> Result<S, CodecError> {
    let mut value = <S as Structure>::empty();
    let mut random = Random::new(seed);
    random.fill(&mut value)?;
    Ok(value)
}

/// What the endpoint rules say of a call: where `client` would send `operation` with `input`, before anything of the operation
/// itself goes before the host or behind the path.
pub async fn endpoint(
    client: &Client,
    operation: &'static OperationSchema,
    input: &dyn Structure,
) -> Result<Endpoint, Error> {
    client.resolved_endpoint(operation, input).await
}

/// A random value of the member with this index in `S`.
pub fn random_member<S: Structure, T: Value>(index: usize, seed: u64) -> Result<T, CodecError> {
    let member =
        S::schema_of().members.get(index).ok_or_else(|| CodecError::new("there is no such member"))?;
    let mut value = T::empty();
    value.read(member, &mut Random::new(seed))?;
    Ok(value)
}
