//! Optics into standard types, and the composition of two.

use super::{Lens, Optic, OptionalLens, Traversal};
use crate::Map;
use std::{fmt, hash::Hash, marker::PhantomData};

/// Two optics, composed.
#[derive(Clone, Copy, Debug)]
pub struct Then<A, B> {
    first: A,
    next: B,
}

/// Leads into an `Option<T>`.
pub struct Present<T>(PhantomData<fn() -> T>);

/// Leads into a `Box<T>`.
pub struct Unbox<T>(PhantomData<fn() -> T>);

/// Leads to each part of a [`Container`].
pub struct Each<C>(PhantomData<fn() -> C>);

/// Leads to the value of one key in a [`Keyed`] container.
pub struct At<C> {
    key: &'static str,
    container: PhantomData<fn() -> C>,
}

/// A type that [`Each`] can visit: lists, and the values of maps.
pub trait Container: 'static {
    /// The type of a part.
    type Part: 'static;
    /// The parts in order.
    fn parts(&self) -> impl Iterator<Item = &Self::Part>;
    /// The parts in order, by mutable reference.
    fn parts_mut(&mut self) -> impl Iterator<Item = &mut Self::Part>;
}

/// A type that [`At`] can look into: maps whose keys are strings or enums.
pub trait Keyed: 'static {
    /// The type of a value.
    type Part: 'static;
    /// The value of `key`.
    fn part(&self, key: &str) -> Option<&Self::Part>;
    /// The value of `key`, by mutable reference.
    fn part_mut(&mut self, key: &str) -> Option<&mut Self::Part>;
}

impl<T: 'static> Container for Vec<T> {
    type Part = T;

    fn parts(&self) -> impl Iterator<Item = &T> {
        self.as_slice().iter()
    }

    fn parts_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.as_mut_slice().iter_mut()
    }
}

impl<K: 'static, V: 'static> Container for Map<K, V> {
    type Part = V;

    fn parts(&self) -> impl Iterator<Item = &V> {
        self.values()
    }

    fn parts_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.values_mut()
    }
}

impl<K: for<'k> From<&'k str> + Hash + Eq + 'static, V: 'static> Keyed for Map<K, V> {
    type Part = V;

    fn part(&self, key: &str) -> Option<&V> {
        self.get(&K::from(key))
    }

    fn part_mut(&mut self, key: &str) -> Option<&mut V> {
        self.get_mut(&K::from(key))
    }
}

impl<A, B> Then<A, B> {
    pub(super) const fn new(first: A, next: B) -> Self
    where
        A: Copy,
        B: Copy,
    {
        Self { first, next }
    }
}

impl<T> Present<T> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Unbox<T> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<C> Each<C> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<C> At<C> {
    pub(super) const fn new(key: &'static str) -> Self {
        Self { key, container: PhantomData }
    }
}

impl<A: Optic, B: Optic<Source = A::Target>> Then<A, B> {
    /// Composes this optic with `next`, which starts where this one leads.
    pub const fn then<N: Optic<Source = B::Target>>(self, next: N) -> Then<Self, N> {
        Then::new(self, next)
    }

    /// Leads into the `Option` that this optic leads to.
    pub const fn some<T: 'static>(self) -> Then<Self, Present<T>>
    where
        B: Optic<Target = Option<T>>,
    {
        Then::new(self, Present::new())
    }

    /// Leads into the `Box` that this optic leads to.
    pub const fn unbox<T: 'static>(self) -> Then<Self, Unbox<T>>
    where
        B: Optic<Target = Box<T>>,
    {
        Then::new(self, Unbox::new())
    }

    /// Leads to every element of the list, or value of the map, that this optic leads to.
    pub const fn each(self) -> Then<Self, Each<B::Target>>
    where
        B::Target: Container,
    {
        Then::new(self, Each::new())
    }

    /// Leads to the value of `key` in the map that this optic leads to.
    pub const fn at(self, key: &'static str) -> Then<Self, At<B::Target>>
    where
        B::Target: Keyed,
    {
        Then::new(self, At::new(key))
    }
}

impl<A: Lens, B: Lens<Source = A::Target, Target = Option<T>>, T> Then<A, B> {
    /// Sets the `Option` that this optic leads to to `Some(value)`. [`Lens::set`] takes an `Option`.
    #[inline]
    pub fn set(self, source: &mut A::Source, value: impl Into<T>) {
        *self.get_mut(source) = Some(value.into());
    }
}

impl<A: Optic, B: Optic<Source = A::Target>> Optic for Then<A, B> {
    type Source = A::Source;
    type Target = B::Target;
}

impl<A: Traversal, B: Traversal<Source = A::Target>> Traversal for Then<A, B> {
    #[inline]
    fn iter(self, source: &A::Source) -> impl Iterator<Item = &B::Target> + '_ {
        self.first.iter(source).flat_map(move |part| self.next.iter(part))
    }

    #[inline]
    fn iter_mut(self, source: &mut A::Source) -> impl Iterator<Item = &mut B::Target> + '_ {
        self.first.iter_mut(source).flat_map(move |part| self.next.iter_mut(part))
    }
}

impl<A: OptionalLens, B: OptionalLens<Source = A::Target>> OptionalLens for Then<A, B> {
    #[inline]
    fn preview(self, source: &A::Source) -> Option<&B::Target> {
        self.next.preview(self.first.preview(source)?)
    }

    #[inline]
    fn preview_mut(self, source: &mut A::Source) -> Option<&mut B::Target> {
        self.next.preview_mut(self.first.preview_mut(source)?)
    }
}

impl<A: Lens, B: Lens<Source = A::Target>> Lens for Then<A, B> {
    #[inline]
    fn get(self, source: &A::Source) -> &B::Target {
        self.next.get(self.first.get(source))
    }

    #[inline]
    fn get_mut(self, source: &mut A::Source) -> &mut B::Target {
        self.next.get_mut(self.first.get_mut(source))
    }
}

impl<T: 'static> Optic for Present<T> {
    type Source = Option<T>;
    type Target = T;
}

impl<T: 'static> Traversal for Present<T> {
    #[inline]
    fn iter(self, source: &Option<T>) -> impl Iterator<Item = &T> + '_ {
        source.iter()
    }

    #[inline]
    fn iter_mut(self, source: &mut Option<T>) -> impl Iterator<Item = &mut T> + '_ {
        source.iter_mut()
    }
}

impl<T: 'static> OptionalLens for Present<T> {
    #[inline]
    fn preview(self, source: &Option<T>) -> Option<&T> {
        source.as_ref()
    }

    #[inline]
    fn preview_mut(self, source: &mut Option<T>) -> Option<&mut T> {
        source.as_mut()
    }
}

impl<T: 'static> Optic for Unbox<T> {
    type Source = Box<T>;
    type Target = T;
}

impl<T: 'static> Traversal for Unbox<T> {
    #[inline]
    fn iter(self, source: &Box<T>) -> impl Iterator<Item = &T> + '_ {
        std::iter::once(&**source)
    }

    #[inline]
    fn iter_mut(self, source: &mut Box<T>) -> impl Iterator<Item = &mut T> + '_ {
        std::iter::once(&mut **source)
    }
}

impl<T: 'static> OptionalLens for Unbox<T> {
    #[inline]
    fn preview(self, source: &Box<T>) -> Option<&T> {
        Some(source)
    }

    #[inline]
    fn preview_mut(self, source: &mut Box<T>) -> Option<&mut T> {
        Some(source)
    }
}

impl<T: 'static> Lens for Unbox<T> {
    #[inline]
    fn get(self, source: &Box<T>) -> &T {
        source
    }

    #[inline]
    fn get_mut(self, source: &mut Box<T>) -> &mut T {
        source
    }
}

impl<C: Container> Optic for Each<C> {
    type Source = C;
    type Target = C::Part;
}

impl<C: Container> Traversal for Each<C> {
    #[inline]
    fn iter(self, source: &C) -> impl Iterator<Item = &C::Part> + '_ {
        source.parts()
    }

    #[inline]
    fn iter_mut(self, source: &mut C) -> impl Iterator<Item = &mut C::Part> + '_ {
        source.parts_mut()
    }
}

impl<C: Keyed> Optic for At<C> {
    type Source = C;
    type Target = C::Part;
}

impl<C: Keyed> Traversal for At<C> {
    #[inline]
    fn iter(self, source: &C) -> impl Iterator<Item = &C::Part> + '_ {
        source.part(self.key).into_iter()
    }

    #[inline]
    fn iter_mut(self, source: &mut C) -> impl Iterator<Item = &mut C::Part> + '_ {
        source.part_mut(self.key).into_iter()
    }
}

impl<C: Keyed> OptionalLens for At<C> {
    #[inline]
    fn preview(self, source: &C) -> Option<&C::Part> {
        source.part(self.key)
    }

    #[inline]
    fn preview_mut(self, source: &mut C) -> Option<&mut C::Part> {
        source.part_mut(self.key)
    }
}

macro_rules! marker {
    ($name:ident, $display:literal) => {
        impl<T> Copy for $name<T> {}

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($display)
            }
        }
    };
}

marker!(Present, "Present");
marker!(Unbox, "Unbox");
marker!(Each, "Each");

impl<C> Copy for At<C> {}

impl<C> Clone for At<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> fmt::Debug for At<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "At({:?})", self.key)
    }
}
