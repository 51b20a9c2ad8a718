//! Duplicate keys of a document: only the last one counts.

use crate::codec::Value;

/// The members of one structure that were read.
#[derive(Default)]
pub(super) struct SeenMembers(u64);

impl SeenMembers {
    /// Records the member with this index, and resets its value if it was read before.
    ///
    /// Members after the first 64 are not recorded: a value that is set already is reset.
    pub(super) fn reset_repeated(&mut self, index: usize, value: &mut dyn Value) {
        let bit = u32::try_from(index).ok().and_then(|index| 1_u64.checked_shl(index));
        let before = self.0;
        self.0 |= bit.unwrap_or_default();
        let repeated = bit.is_none_or(|bit| before & bit != 0);
        if repeated && !value.is_absent() {
            value.reset();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        fixtures::{AllTypes, Choice},
        json,
    };
    use crate::codec::{Strictness, Structure as _};

    #[derive(Clone, PartialEq)]
    struct Twins {
        must: AllTypes,
        may: Option<AllTypes>,
        choice: Choice,
    }

    #[allow(dead_code, unreachable_pub)] // The macro defines the public items of a generated crate.
    mod described {
        use super::{AllTypes, Choice, Twins};

        crate::codegen::structure! {
            Twins "Twins" new(must: required AllTypes; choice: required Choice) {
                0 MUST must: required AllTypes = structure::<AllTypes>("Must").required();
                1 MAY may: optional AllTypes = structure::<AllTypes>("May");
                2 CHOICE choice: required Choice = structure::<Choice>("Choice").required();
            }
        }
    }

    /// Two values of each member, the first with more content.
    const TEXT: &str = r#"{
        "Must": {"Name": "a", "Flag": true, "List": ["x"], "Inner": {"Name": "b", "_count": 1}},
        "May": {"Name": "a", "Flag": true, "Inner": {"Name": "b", "_count": 1}, "Inner": {"Flag": true}},
        "Choice": {"text": "a"},
        "Must": {"Name": "c", "Inner": {"Total": 2}},
        "May": {"Inner": {"_count": 1}, "Inner": {"Total": 2}},
        "Choice": {"number": 7}
    }"#;

    fn expected() -> Twins {
        let inner = AllTypes::new("").total(2);
        let may = AllTypes::new("").inner(inner.clone());
        Twins::new(AllTypes::new("c").inner(inner), Choice::Number(7)).may(may)
    }

    /// The result is that of a document with unique keys, which `serde_json` makes.
    #[test]
    fn only_the_last_of_two_structures_counts_in_json() {
        let once = serde_json::from_str::<serde_json::Value>(TEXT).unwrap().to_string();
        for text in [TEXT, &once] {
            let mut twins = Twins::empty();
            json::read_members(text.as_bytes(), &mut twins, Strictness::Lenient, |_| true).unwrap();
            assert_eq!(twins, expected());
        }
    }

    #[cfg(feature = "cbor")]
    #[test]
    fn only_the_last_of_two_structures_counts_in_cbor() {
        use super::super::{MemberFilter, cbor};

        let first = Twins::new(AllTypes::new("a").flag(true).list(["x"]), Choice::Text("a".into()));
        let first = first.may(AllTypes::new("a").inner(AllTypes::new("b").count(1)));
        let [first, second] =
            [first, expected()].map(|twins| cbor::write_members(&twins, MemberFilter::ALL).unwrap());
        // The maps have indefinite lengths: drop the end of the first and the start of the second.
        let both = [&first[..first.len() - 1], &second[1..]].concat();
        let mut twins = Twins::empty();
        cbor::read_members(&both, &mut twins, Strictness::Lenient, |_| true).unwrap();
        assert_eq!(twins, expected());
    }
}
