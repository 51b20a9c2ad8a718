//! Types that replace shapes of the model.

use myrina::{
    codec::{CodecError, Reader, Value, Writer},
    schema::Member,
};

/// A structure of the model with less in it: what this type does not name is passed over.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Money {
    /// How much, in the smallest unit.
    pub amount: i64,
}

myrina::codegen::structure! {
    Money "Money" new(amount: value i64) {
        0 AMOUNT amount: required i64 = string("Amount").required();
    }
}

/// One byte for what is a word on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voice(pub u8);

impl Value for Voice {
    fn write(&self, at: &'static Member, out: &mut dyn Writer) {
        out.string(at, &"a".repeat(self.0.into()));
    }

    fn read(&mut self, at: &'static Member, from: &mut dyn Reader) -> Result<(), CodecError> {
        let text = from.string(at)?;
        *self = Self(text.len().try_into().map_err(|_| CodecError::expected("a short word", &text))?);
        Ok(())
    }

    fn empty() -> Self {
        Self::default()
    }

    fn reset(&mut self) {
        *self = Self::empty();
    }
}
