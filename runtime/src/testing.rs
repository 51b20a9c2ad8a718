//! For tests (feature `testing`): random values of any generated type, and the laws of lenses.

mod laws;
mod random;

#[doc(hidden)]
pub use crate::__laws as laws;
pub use laws::{check_field, check_variant};
pub use random::Random;

use crate::codec::{CodecError, Structure, Value};

/// A random value of a generated structure or union, the same for the same seed.
///
/// Everything that the description allows may be in it: members set and unset, empty and longer lists, texts of all kinds.
/// Streams are empty. Fails only for unions without a case.
pub fn random<S: Structure>(seed: u64) -> Result<S, CodecError> {
    let mut value = <S as Structure>::blank();
    let mut random = Random::new(seed);
    random.fill(&mut value)?;
    Ok(value)
}

/// A random value of the member with this index in `S`.
pub fn random_member<S: Structure, T: Value>(index: usize, seed: u64) -> Result<T, CodecError> {
    let member =
        S::schema_of().members.get(index).ok_or_else(|| CodecError::new("there is no such member"))?;
    let mut value = T::blank();
    value.read(member, &mut Random::new(seed))?;
    Ok(value)
}
