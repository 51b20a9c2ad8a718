//! Members that a document has twice: the last one counts, and nothing of those before it.

use crate::{
    codec::{CodecError, List, Mapping, Reader, Structure, Value},
    schema::Member,
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;
use std::borrow::Cow;

/// Which members of one structure were read.
#[derive(Default)]
pub(crate) struct Seen(u64);

impl Seen {
    /// Takes note of the member with this index, and empties `slot`, its place, if it was there before.
    ///
    /// Beyond the first 64 members, what is there already is emptied without being asked whether it was read.
    pub(crate) fn clear_again(
        &mut self,
        index: usize,
        member: &'static Member,
        slot: &mut dyn Value,
    ) -> Result<(), CodecError> {
        let bit = u32::try_from(index).ok().and_then(|index| 1_u64.checked_shl(index));
        let before = self.0;
        self.0 |= bit.unwrap_or_default();
        let again = bit.is_none_or(|bit| before & bit != 0);
        if again && !slot.is_absent() { slot.read(member, &mut Blank) } else { Ok(()) }
    }
}

/// Reads what an empty value has: what may be absent is so, all else is zero or empty.
struct Blank;

impl Reader for Blank {
    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(true)
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, CodecError> {
        Ok(false)
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, CodecError> {
        Ok(0)
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, CodecError> {
        Ok(0.0)
    }

    fn string(&mut self, _: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        Ok(Cow::Borrowed(""))
    }

    fn blob(&mut self, _: &'static Member) -> Result<Bytes, CodecError> {
        Ok(Bytes::new())
    }

    fn timestamp(&mut self, _: &'static Member) -> Result<Timestamp, CodecError> {
        Ok(Timestamp::EPOCH)
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, CodecError> {
        Ok(Document::Null)
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Structure) -> Result<(), CodecError> {
        let schema = into.schema();
        if schema.union {
            into.unknown("");
            return Ok(());
        }
        for (index, member) in schema.members.iter().enumerate() {
            if let Some(slot) = into.slot(index) {
                slot.read(member, self)?;
            }
        }
        Ok(())
    }

    fn list(&mut self, _: &'static Member, into: &mut dyn List) -> Result<(), CodecError> {
        into.clear();
        Ok(())
    }

    fn map(&mut self, _: &'static Member, into: &mut dyn Mapping) -> Result<(), CodecError> {
        into.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        fixtures::{Choice, Kitchen},
        json,
    };
    use crate::codec::Structure as _;

    #[derive(Clone, PartialEq)]
    struct Twins {
        must: Kitchen,
        may: Option<Kitchen>,
        choice: Choice,
    }

    #[allow(dead_code, unreachable_pub)] // The macro makes what a generated crate exports.
    mod described {
        use super::{Choice, Kitchen, Twins};

        crate::codegen::structure! {
            Twins "Twins" new(must: required Kitchen; choice: required Choice) {
                0 MUST must: required Kitchen = structure::<Kitchen>("Must").required();
                1 MAY may: optional Kitchen = structure::<Kitchen>("May");
                2 CHOICE choice: required Choice = structure::<Choice>("Choice").required();
            }
        }
    }

    /// Of each member two values, the first with more in it.
    const TEXT: &str = r#"{
        "Must": {"Name": "a", "Flag": true, "List": ["x"], "Inner": {"Name": "b", "_count": 1}},
        "May": {"Name": "a", "Flag": true, "Inner": {"Name": "b", "_count": 1}, "Inner": {"Flag": true}},
        "Choice": {"text": "a"},
        "Must": {"Name": "c", "Inner": {"Total": 2}},
        "May": {"Inner": {"_count": 1}, "Inner": {"Total": 2}},
        "Choice": {"number": 7}
    }"#;

    fn expected() -> Twins {
        let inner = Kitchen::new("").total(2);
        let may = Kitchen::new("").inner(inner.clone());
        Twins::new(Kitchen::new("c").inner(inner), Choice::Number(7)).may(may)
    }

    /// The same as from a document in which `serde_json` left each key once.
    #[test]
    fn the_last_of_two_structures_counts_alone_in_json() {
        let once = serde_json::from_str::<serde_json::Value>(TEXT).unwrap().to_string();
        for text in [TEXT, &once] {
            let mut twins = Twins::blank();
            json::read_members(text.as_bytes(), &mut twins, |_| true).unwrap();
            assert_eq!(twins, expected());
        }
    }

    #[cfg(feature = "cbor")]
    #[test]
    fn the_last_of_two_structures_counts_alone_in_cbor() {
        use super::super::{Selection, cbor};

        let first = Twins::new(Kitchen::new("a").flag(true).list(["x"]), Choice::Text("a".into()));
        let first = first.may(Kitchen::new("a").inner(Kitchen::new("b").count(1)));
        let [first, second] =
            [first, expected()].map(|twins| cbor::write_members(&twins, Selection::ALL).unwrap());
        // Maps of indefinite length: one without its end, and one without its beginning.
        let both = [&first[..first.len() - 1], &second[1..]].concat();
        let mut twins = Twins::blank();
        cbor::read_members(&both, &mut twins, |_| true).unwrap();
        assert_eq!(twins, expected());
    }
}
