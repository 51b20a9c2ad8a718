//! Checks of the laws of lenses and prisms.

use super::{random, random_member};
use crate::{
    codec::{Structure, Value},
    lens::{Field, Lens as _, OptionalLens as _, Variant},
};
use std::fmt::Debug;

/// The number of random values for each law.
const CASES: u64 = 8;

/// Checks the laws of a lens: `get` returns what `set` stored; setting the current value changes nothing; the second of two
/// sets wins.
///
/// # Panics
/// If a law does not hold.
pub fn check_field<S, T>(index: usize, lens: Field<S, T>)
where
    S: Structure + Clone + PartialEq + Debug,
    T: Value + Clone + PartialEq + Debug,
{
    for seed in 0..CASES {
        let whole: S = random(seed).expect("a random structure");
        let [one, other] =
            [seed + 100, seed + 200].map(|seed| random_member::<S, T>(index, seed).expect("a random member"));
        assert_eq!(*lens.get(&lens.with(whole.clone(), one.clone())), one, "{lens:?}: set, then get");
        let got = lens.get(&whole).clone();
        assert_eq!(lens.with(whole.clone(), got), whole, "{lens:?}: get, then set");
        let twice = lens.with(lens.with(whole.clone(), one), other.clone());
        assert_eq!(twice, lens.with(whole.clone(), other), "{lens:?}: set, then set again");
    }
}

/// Checks the laws of a prism: `preview` returns what `build` took; building from the preview gives the same value; other
/// variants have no preview.
///
/// # Panics
/// If a law does not hold.
pub fn check_variant<S, T>(index: usize, prism: Variant<S, T>)
where
    S: Structure + Clone + PartialEq + Debug,
    T: Value + Clone + PartialEq + Debug,
{
    for seed in 0..CASES {
        let part: T = random_member::<S, T>(index, seed).expect("a random case");
        assert_eq!(prism.preview(&prism.build(part.clone())), Some(&part), "{prism:?}: build, then preview");
        let whole: S = random(seed).expect("a random union");
        if let Some(part) = prism.preview(&whole) {
            assert_eq!(prism.build(part.clone()), whole, "{prism:?}: preview, then build");
        }
        assert!(prism.preview(&<S as Structure>::empty()).is_none(), "{prism:?}: another case");
    }
}

/// Defines a test for each type: `lens name: Type { LENS … }` or `prism name: Type { PRISM … }`, in the order of the members.
/// Structures with streams, which can be neither cloned nor compared, have `place name: Type { LENS:field … }`.
#[macro_export]
#[doc(hidden)]
macro_rules! __laws {
    ($($law:ident $test:ident: $type:ty { $($body:tt)* })*) => {
        $(
            #[test]
            fn $test() {
                $crate::__law!($law $type { $($body)* });
            }
        )*
    };
}

#[macro_export]
#[doc(hidden)]
macro_rules! __law {
    (lens $type:ty { $($lens:ident)* }) => {
        let mut member = 0..;
        $($crate::testing::check_field(member.next().unwrap_or_default(), <$type>::$lens);)*
    };
    (prism $type:ty { $($prism:ident)* }) => {
        let mut case = 0..;
        $($crate::testing::check_variant(case.next().unwrap_or_default(), <$type>::$prism);)*
    };
    (place $type:ty { $($lens:ident:$field:ident)* }) => {
        let mut whole = <$type as $crate::codec::Structure>::empty();
        $(
            let place = &raw const whole.$field;
            assert!(::std::ptr::eq($crate::lens::Lens::get(<$type>::$lens, &whole), place));
            assert!(::std::ptr::eq($crate::lens::Lens::get_mut(<$type>::$lens, &mut whole), place));
        )*
    };
}
