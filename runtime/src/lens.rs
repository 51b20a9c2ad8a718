//! Composable access paths: a lens for every member of every generated type.
//!
//! An *optic* points from a source to parts of it. There are three kinds, each a trait, each stronger than the next:
//!
//! | trait | focuses on | read | write |
//! |-|-|-|-|
//! | [`Lens`] | exactly one part | [`get`](Lens::get), [`get_mut`](Lens::get_mut) | [`set`](Lens::set), [`with`](Lens::with) |
//! | [`OptionalLens`] | at most one | [`preview`](OptionalLens::preview) | [`preview_mut`](OptionalLens::preview_mut) |
//! | [`Traversal`] | any number | [`iter`](Traversal::iter), [`iter_mut`](Traversal::iter_mut) | [`modify`](Traversal::modify), [`over`](Traversal::over) |
//!
//! A [`Field`] is the lens of one field, a [`Variant`] the prism of one enum case; both are two or three plain function
//! pointers, are `Copy`, and are built in a `const`. Generated types carry them as associated constants.
//! [`then`](Field::then) composes, [`some`](Field::some) enters an `Option`, [`each`](Field::each) visits the elements of a
//! list or the values of a map, [`at`](Field::at) picks one value of a map by its key. What comes out is a `Lens`, an
//! `OptionalLens` or a `Traversal` exactly when both halves are.
//!
//! ```
//! use myrina::lens::{Field, Lens as _, OptionalLens as _, Traversal as _};
//!
//! struct Network { subnets: Vec<String> }
//! struct Function { network: Option<Network>, memory: i32 }
//!
//! impl Network {
//!     const SUBNETS: Field<Self, Vec<String>> = Field::new(|s| &s.subnets, |s| &mut s.subnets);
//! }
//! impl Function {
//!     const NETWORK: Field<Self, Option<Network>> = Field::new(|s| &s.network, |s| &mut s.network);
//!     const MEMORY: Field<Self, i32> = Field::new(|s| &s.memory, |s| &mut s.memory);
//! }
//!
//! let mut function = Function { network: None, memory: 128 };
//! Function::MEMORY.set(&mut function, 256);
//! let subnets = Function::NETWORK.some().then(Network::SUBNETS);
//! assert!(subnets.preview(&function).is_none());
//! Function::NETWORK.set(&mut function, Network { subnets: vec!["a".into(), "b".into()] });
//! subnets.each().modify(&mut function, |id| id.insert(0, '-'));
//! assert_eq!(subnets.each().iter(&function).collect::<Vec<_>>(), ["-a", "-b"]);
//! ```
//!
//! [`Lens::set`] takes what converts into the part. For a field that is an `Option`, [`Field::set`] takes what converts into
//! its content, as the setters of generated types do; [`Field::clear`] makes it `None`.
//!
//! The laws of lenses hold by construction, because a field is a place in memory: `get` returns what `set` stored, setting the
//! current value changes nothing, and the second of two sets wins.

mod combine;
mod field;

pub use combine::{At, Container, Each, Keyed, Present, Then, Unbox};
pub use field::{Field, Variant};

/// A path from a source to parts of it: the basis of [`Lens`], [`OptionalLens`] and [`Traversal`].
pub trait Optic: Copy + 'static {
    /// The value that the path starts from.
    type Source: 'static;
    /// The part that the path leads to.
    type Target: 'static;
}

/// An optic that focuses on any number of parts, in their order.
pub trait Traversal: Optic {
    /// The parts, by reference.
    fn iter(self, source: &Self::Source) -> impl Iterator<Item = &Self::Target> + '_;

    /// The parts, by mutable reference.
    fn iter_mut(self, source: &mut Self::Source) -> impl Iterator<Item = &mut Self::Target> + '_;

    /// Changes every part in place.
    fn modify(self, source: &mut Self::Source, change: impl FnMut(&mut Self::Target)) {
        self.iter_mut(source).for_each(change);
    }

    /// Returns the source with every part changed.
    fn over(self, mut source: Self::Source, change: impl FnMut(&mut Self::Target)) -> Self::Source {
        self.modify(&mut source, change);
        source
    }
}

/// An optic that focuses on at most one part.
pub trait OptionalLens: Traversal {
    /// The part, if there is one.
    fn preview(self, source: &Self::Source) -> Option<&Self::Target>;

    /// The part by mutable reference, if there is one.
    fn preview_mut(self, source: &mut Self::Source) -> Option<&mut Self::Target>;
}

/// An optic that focuses on exactly one part.
pub trait Lens: OptionalLens {
    /// The part.
    fn get(self, source: &Self::Source) -> &Self::Target;

    /// The part by mutable reference.
    fn get_mut(self, source: &mut Self::Source) -> &mut Self::Target;

    /// Replaces the part.
    fn set(self, source: &mut Self::Source, value: impl Into<Self::Target>) {
        *self.get_mut(source) = value.into();
    }

    /// Returns the source with the part replaced.
    fn with(self, mut source: Self::Source, value: impl Into<Self::Target>) -> Self::Source {
        self.set(&mut source, value);
        source
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Lens as _, OptionalLens as _, Present};
    use crate::Map;

    #[derive(Default)]
    struct Request {
        name: String,
        qualifier: Option<String>,
        inner: Option<Box<Request>>,
        tags: Map<Key, i32>,
    }

    #[derive(PartialEq, Eq, Hash)]
    enum Key {
        Stage,
        Other(String),
    }

    impl From<&str> for Key {
        fn from(text: &str) -> Self {
            if text == "stage" { Self::Stage } else { Self::Other(text.to_owned()) }
        }
    }

    impl Request {
        const NAME: Field<Self, String> = Field::new(|whole| &whole.name, |whole| &mut whole.name);
        const QUALIFIER: Field<Self, Option<String>> =
            Field::new(|whole| &whole.qualifier, |whole| &mut whole.qualifier);
        const INNER: Field<Self, Option<Box<Self>>> =
            Field::new(|whole| &whole.inner, |whole| &mut whole.inner);
        const TAGS: Field<Self, Map<Key, i32>> = Field::new(|whole| &whole.tags, |whole| &mut whole.tags);
    }

    #[test]
    fn set_takes_what_converts_into_required_and_optional_fields() {
        let mut request = Request::default();
        Request::NAME.set(&mut request, "f");
        Request::QUALIFIER.set(&mut request, "PROD");
        Request::INNER.set(&mut request, Request::QUALIFIER.with(Request::default(), "TEST"));
        assert_eq!((request.name.as_str(), request.qualifier.as_deref()), ("f", Some("PROD")));
        let inner = Request::INNER.some().unbox().then(Request::QUALIFIER).then(OPTION);
        assert_eq!(inner.preview(&request).map(String::as_str), Some("TEST"));
        Request::QUALIFIER.clear(&mut request);
        assert_eq!(request.qualifier, None);
    }

    const OPTION: Present<String> = Present::new();

    #[test]
    fn a_map_is_looked_up_by_the_text_of_an_enum_key() {
        let mut request = Request::default();
        request.tags.extend([(Key::Stage, 1), (Key::Other("x".to_owned()), 2)]);
        assert_eq!(Request::TAGS.at("stage").preview(&request), Some(&1));
        assert_eq!(Request::TAGS.at("x").preview(&request), Some(&2));
        assert_eq!(Request::TAGS.at("y").preview(&request), None);
    }
}
