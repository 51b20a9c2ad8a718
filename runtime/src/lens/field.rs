//! The two optics that generated code declares: the field of a structure and the variant of an enum.

use super::{At, Each, Lens, Optic, OptionalLens, Present, Then, Traversal, Unbox};
use std::fmt;

/// The lens of one field of `S`, of type `T`.
pub struct Field<S: 'static, T: 'static> {
    get: fn(&S) -> &T,
    get_mut: fn(&mut S) -> &mut T,
}

/// The prism of one variant of the enum `S`, whose content is a `T`.
pub struct Variant<S: 'static, T: 'static> {
    preview: fn(&S) -> Option<&T>,
    preview_mut: fn(&mut S) -> Option<&mut T>,
    build: fn(T) -> S,
}

impl<S, T> Field<S, T> {
    /// Creates the lens from the two functions that borrow the field.
    pub const fn new(get: fn(&S) -> &T, get_mut: fn(&mut S) -> &mut T) -> Self {
        Self { get, get_mut }
    }
}

impl<S, T> Field<S, Option<T>> {
    /// Sets the field to `Some(value)`, as the setter of the same name does. [`Lens::set`] takes an `Option`.
    #[inline]
    pub fn set(self, source: &mut S, value: impl Into<T>) {
        *self.get_mut(source) = Some(value.into());
    }

    /// Returns the source with the field set to `Some(value)`.
    #[inline]
    pub fn with(self, mut source: S, value: impl Into<T>) -> S {
        self.set(&mut source, value);
        source
    }

    /// Sets the field to `None`.
    #[inline]
    pub fn clear(self, source: &mut S) {
        *self.get_mut(source) = None;
    }
}

impl<S, T> Variant<S, T> {
    /// Creates the prism from the two functions that borrow the content and the one that builds the variant.
    pub const fn new(
        preview: fn(&S) -> Option<&T>,
        preview_mut: fn(&mut S) -> Option<&mut T>,
        build: fn(T) -> S,
    ) -> Self {
        Self { preview, preview_mut, build }
    }

    /// Builds the enum from the content of this variant.
    pub fn build(self, value: impl Into<T>) -> S {
        (self.build)(value.into())
    }
}

impl<S, T> Lens for Field<S, T> {
    #[inline]
    fn get(self, source: &S) -> &T {
        (self.get)(source)
    }

    #[inline]
    fn get_mut(self, source: &mut S) -> &mut T {
        (self.get_mut)(source)
    }
}

impl<S, T> OptionalLens for Field<S, T> {
    #[inline]
    fn preview(self, source: &S) -> Option<&T> {
        Some((self.get)(source))
    }

    #[inline]
    fn preview_mut(self, source: &mut S) -> Option<&mut T> {
        Some((self.get_mut)(source))
    }
}

impl<S, T> OptionalLens for Variant<S, T> {
    #[inline]
    fn preview(self, source: &S) -> Option<&T> {
        (self.preview)(source)
    }

    #[inline]
    fn preview_mut(self, source: &mut S) -> Option<&mut T> {
        (self.preview_mut)(source)
    }
}

macro_rules! base_optic {
    ($name:ident) => {
        impl<S, T> Copy for $name<S, T> {}

        impl<S, T> Clone for $name<S, T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<S, T> fmt::Debug for $name<S, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let (source, target) = (std::any::type_name::<S>(), std::any::type_name::<T>());
                write!(f, concat!(stringify!($name), "<{}, {}>"), source, target)
            }
        }

        impl<S, T> Optic for $name<S, T> {
            type Source = S;
            type Target = T;
        }

        impl<S, T> Traversal for $name<S, T> {
            #[inline]
            fn iter(self, source: &S) -> impl Iterator<Item = &T> + '_ {
                self.preview(source).into_iter()
            }

            #[inline]
            fn iter_mut(self, source: &mut S) -> impl Iterator<Item = &mut T> + '_ {
                self.preview_mut(source).into_iter()
            }
        }

        impl<S, T> $name<S, T> {
            /// Composes this optic with `next`, which starts where this one leads.
            pub const fn then<N: Optic<Source = T>>(self, next: N) -> Then<Self, N> {
                Then::new(self, next)
            }
        }

        impl<S, T> $name<S, Option<T>> {
            /// Leads into the `Option` that this optic leads to.
            pub const fn some(self) -> Then<Self, Present<T>> {
                Then::new(self, Present::new())
            }
        }

        impl<S, T> $name<S, Box<T>> {
            /// Leads into the `Box` that this optic leads to: structures that contain themselves are boxed.
            pub const fn unbox(self) -> Then<Self, Unbox<T>> {
                Then::new(self, Unbox::new())
            }
        }

        impl<S, T: super::Container> $name<S, T> {
            /// Leads to every element of the list, or value of the map, that this optic leads to.
            pub const fn each(self) -> Then<Self, Each<T>> {
                Then::new(self, Each::new())
            }
        }

        impl<S, T: super::Keyed> $name<S, T> {
            /// Leads to the value of `key` in the map that this optic leads to.
            pub const fn at(self, key: &'static str) -> Then<Self, At<T>> {
                Then::new(self, At::new(key))
            }
        }
    };
}

base_optic!(Field);
base_optic!(Variant);
