//! Prints Rust types, as tokens and as text.

use crate::ir::{Crate, Member, Module, Path, Type};
use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

/// The prelude's types that generated code names.
pub(crate) const PRELUDE_TYPES: [&str; 4] = ["Option", "String", "Vec", "Box"];

/// The paths of the prelude's types: their names, or their full paths if the service has a type with one of the names.
pub(crate) struct PreludePaths {
    option: TokenStream,
    string: TokenStream,
    vec: TokenStream,
    boxed: TokenStream,
}

impl PreludePaths {
    /// The paths in the code of a crate.
    pub(crate) fn of(krate: &Crate) -> Self {
        if krate.shadows_prelude {
            Self {
                option: quote!(::std::option::Option),
                string: quote!(::std::string::String),
                vec: quote!(::std::vec::Vec),
                boxed: quote!(::std::boxed::Box),
            }
        } else {
            Self::short()
        }
    }

    /// The paths in documentation, which writes the service's own types with `types::`.
    pub(crate) fn short() -> Self {
        Self { option: quote!(Option), string: quote!(String), vec: quote!(Vec), boxed: quote!(Box) }
    }

    pub(crate) fn string(&self) -> &TokenStream {
        &self.string
    }

    pub(crate) fn ty(&self, ty: &Type) -> TokenStream {
        let Self { option, string, vec, boxed } = self;
        match ty {
            Type::Bool => quote!(bool),
            Type::I32 => quote!(i32),
            Type::I64 => quote!(i64),
            Type::F32 => quote!(f32),
            Type::F64 => quote!(f64),
            Type::String => string.clone(),
            Type::Bytes => quote!(myrina::Bytes),
            Type::Timestamp => quote!(myrina::Timestamp),
            Type::Document => quote!(myrina::Document),
            Type::Json => quote!(myrina::Json),
            Type::ByteStream => quote!(myrina::ByteStream),
            Type::Events(events) => {
                let events = path(events);
                quote!(myrina::EventStream<#events>)
            }
            Type::Named(named) => path(named),
            Type::Boxed(inner) => generic(boxed, &self.ty(inner)),
            Type::Nullable(inner) => generic(option, &self.ty(inner)),
            Type::List(element) => generic(vec, &self.ty(element)),
            Type::Map(key, value) => {
                let (key, value) = (self.ty(key), self.ty(value));
                quote!(myrina::Map<#key, #value>)
            }
        }
    }

    /// The type of a member's field.
    pub(crate) fn field(&self, member: &Member) -> TokenStream {
        let ty = self.ty(&member.ty);
        if member.required { ty } else { generic(&self.option, &ty) }
    }
}

fn generic(outer: &TokenStream, inner: &TokenStream) -> TokenStream {
    quote!(#outer<#inner>)
}

pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The path of a type.
pub(crate) fn path(path: &Path) -> TokenStream {
    let module = match path.module {
        Module::Types => quote!(types),
        Module::Errors => quote!(errors),
        // The checks of the overrides accept only types.
        Module::Foreign => return path.name.parse().unwrap_or_default(),
    };
    let name = ident(&path.name);
    quote!(#module::#name)
}

/// The path of a type as text: `types::VpcConfig`.
pub(crate) fn path_text(path: &Path) -> String {
    match path.module {
        Module::Types => format!("types::{}", path.name),
        Module::Errors => format!("errors::{}", path.name),
        Module::Foreign => path.name.clone(),
    }
}

/// The type of a member's field, or the type in a union's variant, as the crate writes it.
pub(crate) fn member_type_text(krate: &Crate, member: &Member) -> String {
    one_line(PreludePaths::of(krate).field(member))
}

/// Tokens on one line, spaced as rustfmt does.
pub(crate) fn one_line(tokens: TokenStream) -> String {
    let mut text = String::new();
    print(&mut text, tokens);
    text
}

fn print(text: &mut String, tokens: TokenStream) {
    let mut after_word = false;
    let mut joint = false;
    for token in tokens {
        let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if is_word && after_word {
            text.push(' ');
        }
        match token {
            TokenTree::Ident(ident) => text.push_str(&ident.to_string()),
            TokenTree::Literal(literal) => text.push_str(&literal.to_string()),
            TokenTree::Punct(punct) => {
                print_punct(text, punct.as_char(), punct.spacing() == Spacing::Joint, joint);
                joint = punct.spacing() == Spacing::Joint;
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None if after_word => (" ", ""),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                print(text, group.stream());
                text.push_str(close);
            }
        }
        after_word = is_word;
    }
}

fn print_punct(text: &mut String, punct: char, joins_next: bool, joins_previous: bool) {
    let path = punct == ':' && (joins_next || joins_previous);
    if punct == '=' {
        text.push(' ');
    }
    text.push(punct);
    if matches!(punct, ',' | ';' | '=') || punct == ':' && !path {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::Group;

    #[test]
    fn tokens_are_spaced_like_code() {
        let row = quote!(0 TAGS tags: map String, Option<Vec<types::Tag>>);
        assert_eq!(one_line(row), "0 TAGS tags: map String, Option<Vec<types::Tag>>");
        let ty = Group::new(Delimiter::None, quote!(::std::string::String));
        assert_eq!(one_line(quote!(0 TAG tag: required #ty)), "0 TAG tag: required ::std::string::String");
        let schema = quote!(list("Tags", &structure::<types::Tag>("").named("item")).sensitive());
        assert_eq!(
            one_line(schema),
            "list(\"Tags\", &structure::<types::Tag>(\"\").named(\"item\")).sensitive()"
        );
    }
}
