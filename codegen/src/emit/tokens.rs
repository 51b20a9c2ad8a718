//! Tokens that more than one kind of item contains.

pub(super) use crate::type_printer::{PreludePaths, ident, path};

use crate::ir::{Docs, Member, Type};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

/// A field's kind and type, as the runtime's tables write them.
pub(super) fn field_kind(prelude: &PreludePaths, member: &Member) -> TokenStream {
    if member.required {
        let ty = isolate_tokens(prelude.ty(&member.ty));
        quote!(required #ty)
    } else {
        container_kind(prelude, &member.ty, "optional")
    }
}

/// The kind and type of a constructor's argument, as the runtime's tables write them.
pub(super) fn argument_kind(prelude: &PreludePaths, ty: &Type) -> TokenStream {
    container_kind(prelude, ty, "value")
}

/// `list` or `map` with the types of its parts, or else `scalar` with the type.
fn container_kind(prelude: &PreludePaths, ty: &Type, scalar: &str) -> TokenStream {
    match ty {
        Type::List(element) => {
            let element = isolate_tokens(prelude.ty(element));
            quote!(list #element)
        }
        Type::Map(key, value) => {
            let (key, value) = (isolate_tokens(prelude.ty(key)), prelude.ty(value));
            quote!(map #key, #value)
        }
        other => {
            let (scalar, ty) = (ident(scalar), isolate_tokens(prelude.ty(other)));
            quote!(#scalar #ty)
        }
    }
}

/// A type after a word, which a path that begins with `::` would otherwise continue: `required ::std::string::String`.
fn isolate_tokens(ty: TokenStream) -> TokenTree {
    Group::new(Delimiter::None, ty).into()
}

/// Documentation, as attributes that prettyplease turns into comments.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    let lines =
        docs.lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

pub(super) fn deprecated(note: Option<&String>) -> TokenStream {
    note.map(|note| quote!(#[deprecated(note = #note)])).unwrap_or_default()
}

/// The constant that lists interceptors; `None` if there are none.
pub(super) fn interceptors(paths: &[String]) -> Option<TokenStream> {
    // The checks of the overrides accept only paths.
    let paths = paths.iter().map(|path| path.parse().unwrap_or_default()).collect::<Vec<TokenStream>>();
    (!paths.is_empty()).then(|| {
        quote! {
            /// Behavior that the model cannot express.
            const INTERCEPTORS: &[&dyn myrina::operation::Interceptor] = &[#(&#paths),*];
        }
    })
}
