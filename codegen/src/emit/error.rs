//! Prints an error type: a structure, and the macro call that makes it an error.

use super::{source_file::SourceFile, structure, tokens::ident, traits::error_traits};
use crate::ir::{Crate, ErrorType};
use quote::quote;

pub(super) fn error(source: &mut SourceFile, krate: &Crate, error: &ErrorType) {
    structure::structure(source, krate, &error.structure);
    let (name, code) = (ident(&error.structure.name), &error.code);
    let traits = error_traits(&error.traits);
    let message = error.message.as_deref().map(|field| {
        let field = ident(field);
        quote!(, message #field)
    });
    source.call("error", quote!(#name #code #traits #message));
}
