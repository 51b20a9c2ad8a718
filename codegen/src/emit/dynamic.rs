//! Prints the table of operations by name.

use super::{source_file::SourceFile, tokens::ident};
use crate::ir::Crate;
use quote::quote;

pub(super) fn dynamic(krate: &Crate) -> SourceFile {
    let operations = krate.operations.iter().map(|operation| {
        let (module, request) = (ident(&operation.module), ident(&operation.request.name));
        quote!(super::#module::#request)
    });
    let mut source = SourceFile::new();
    source.docs([
        "The operations by name, for [`myrina::dynamic`]: `named(OPERATIONS, …)` finds one, and `myrina::Client::send_dynamic`",
        "sends it with JSON.",
    ]);
    source.items(quote! {
        use myrina::dynamic::Operation;

        /// Every operation of this crate, by name.
        pub static OPERATIONS: &[Operation] = &[#(Operation::of::<#operations>()),*];
    });
    source
}
