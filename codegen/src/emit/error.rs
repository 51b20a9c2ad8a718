//! An error type: a structure, and what makes it an error.

use super::{
    layout::Source,
    structure,
    tokens::{calls, ident},
};
use crate::ir::{Crate, ErrorType};
use quote::quote;

pub(super) fn error(source: &mut Source, krate: &Crate, error: &ErrorType) {
    structure::structure(source, krate, &error.structure);
    let (name, code) = (ident(&error.structure.name), &error.code);
    let traits = calls(&error.traits);
    let message = error.message.as_deref().map(|field| {
        let field = ident(field);
        quote!(, message #field)
    });
    source.call("error", quote!(#name #code #traits #message));
}
