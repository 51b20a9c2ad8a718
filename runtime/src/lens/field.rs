//! The two optics that generated code declares: a field of a structure and a case of an enum.

use super::{At, Each, Lens, Optic, Optional, Some, Then, Traversal, Unbox};
use std::fmt;

/// The lens of one field of `S`, of type `T`.
pub struct Field<S: 'static, T: 'static> {
    get: fn(&S) -> &T,
    get_mut: fn(&mut S) -> &mut T,
}

/// The prism of one case of the enum `S`, whose content is a `T`.
pub struct Variant<S: 'static, T: 'static> {
    preview: fn(&S) -> Option<&T>,
    preview_mut: fn(&mut S) -> Option<&mut T>,
    build: fn(T) -> S,
}

impl<S, T> Field<S, T> {
    /// A lens from the two ways to reach the field.
    pub const fn new(get: fn(&S) -> &T, get_mut: fn(&mut S) -> &mut T) -> Self {
        Self { get, get_mut }
    }
}

impl<S, T> Variant<S, T> {
    /// A prism from the two ways to look into the case and the way to make one.
    pub const fn new(
        preview: fn(&S) -> Option<&T>,
        preview_mut: fn(&mut S) -> Option<&mut T>,
        build: fn(T) -> S,
    ) -> Self {
        Self { preview, preview_mut, build }
    }

    /// The whole, made of this case.
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

impl<S, T> Optional for Field<S, T> {
    #[inline]
    fn preview(self, source: &S) -> Option<&T> {
        Option::Some((self.get)(source))
    }

    #[inline]
    fn preview_mut(self, source: &mut S) -> Option<&mut T> {
        Option::Some((self.get_mut)(source))
    }
}

impl<S, T> Optional for Variant<S, T> {
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
            /// This, then `next` from where it leads to.
            pub const fn then<N: Optic<Source = T>>(self, next: N) -> Then<Self, N> {
                Then::new(self, next)
            }
        }

        impl<S, T> $name<S, Option<T>> {
            /// The content of the `Option` that this leads to.
            pub const fn some(self) -> Then<Self, Some<T>> {
                Then::new(self, Some::new())
            }
        }

        impl<S, T> $name<S, Box<T>> {
            /// The content of the `Box` that this leads to: structures that contain themselves do so behind one.
            pub const fn unbox(self) -> Then<Self, Unbox<T>> {
                Then::new(self, Unbox::new())
            }
        }

        impl<S, T: super::Container> $name<S, T> {
            /// Every element of the list, or value of the map, that this leads to.
            pub const fn each(self) -> Then<Self, Each<T>> {
                Then::new(self, Each::new())
            }
        }

        impl<S, T: super::Keyed> $name<S, T> {
            /// The value under `key` in the map that this leads to.
            pub const fn at(self, key: &'static str) -> Then<Self, At<T>> {
                Then::new(self, At::new(key))
            }
        }
    };
}

base_optic!(Field);
base_optic!(Variant);
