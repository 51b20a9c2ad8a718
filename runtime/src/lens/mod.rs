//! Composable access paths: a lens for every member of every generated type.
//!
//! An *optic* points from a source `S` to parts of type `T` within it. There are three kinds, each a trait, each stronger
//! than the next:
//!
//! | trait | focuses on | read | write |
//! |-|-|-|-|
//! | [`Lens`] | exactly one part | [`get`](Lens::get), [`get_mut`](Lens::get_mut) | [`set`](Lens::set), [`with`](Lens::with) |
//! | [`Optional`] | at most one | [`preview`](Optional::preview) | [`preview_mut`](Optional::preview_mut) |
//! | [`Traversal`] | any number | [`iter`](Traversal::iter), [`iter_mut`](Traversal::iter_mut) | [`modify`](Traversal::modify), [`over`](Traversal::over) |
//!
//! A [`Field`] is the lens of one field, a [`Variant`] the prism of one enum case; both are two or three plain function
//! pointers, are `Copy`, and are built in a `const`. Generated types carry them as associated constants.
//! [`then`](Field::then) composes, [`some`](Field::some) enters an `Option`, [`each`](Field::each) visits the elements of a
//! list or the values of a map, [`at`](Field::at) picks one value of a map by its key. What comes out is a `Lens`, an
//! `Optional` or a `Traversal` exactly when both halves are.
//!
//! ```
//! use myrina::lens::{Field, Lens as _, Optional as _, Traversal as _};
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
//! The laws of lenses hold by construction, as a field is a place: what was set is what is got, setting what was got
//! changes nothing, and the last of two sets wins.

mod combine;
mod field;

pub use combine::{At, Container, Each, Keyed, Some, Then, Unbox};
pub use field::{Field, Variant};

/// A path from a source to parts of it: what [`Lens`], [`Optional`] and [`Traversal`] have in common.
pub trait Optic: Copy + 'static {
    /// The whole that the path starts from.
    type Source: 'static;
    /// The part that it leads to.
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

    /// The source with every part changed.
    fn over(self, mut source: Self::Source, change: impl FnMut(&mut Self::Target)) -> Self::Source {
        self.modify(&mut source, change);
        source
    }
}

/// An optic that focuses on at most one part.
pub trait Optional: Traversal {
    /// The part, where it is there.
    fn preview(self, source: &Self::Source) -> Option<&Self::Target>;

    /// The part, where it is there, to be changed.
    fn preview_mut(self, source: &mut Self::Source) -> Option<&mut Self::Target>;
}

/// An optic that focuses on exactly one part.
pub trait Lens: Optional {
    /// The part.
    fn get(self, source: &Self::Source) -> &Self::Target;

    /// The part, to be changed.
    fn get_mut(self, source: &mut Self::Source) -> &mut Self::Target;

    /// Replaces the part.
    fn set(self, source: &mut Self::Source, value: impl Into<Self::Target>) {
        *self.get_mut(source) = value.into();
    }

    /// The source with the part replaced.
    fn with(self, mut source: Self::Source, value: impl Into<Self::Target>) -> Self::Source {
        self.set(&mut source, value);
        source
    }
}
