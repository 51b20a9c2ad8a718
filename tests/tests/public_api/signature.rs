//! Declarations without their bodies, each on one line.

use crate::source::copy;
use syn::{Fields, Item, Visibility, parse_quote};

/// A declaration on one line; `path` takes the place of `name`.
pub(crate) fn line(item: Item, name: &str, path: &str) -> String {
    let text = prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace("( ", "(").replace(", )", ")").replace("< ", "<").replace(", >", ">");
    let text = text.replace("(mut ", "(").replace(", mut ", ", ");
    let text =
        text.trim_end_matches(" {}").trim_end_matches(';').trim_end_matches(" = 0").trim_end_matches(',');
    // The name is the first such word after a keyword.
    let at = text.match_indices(name).map(|(at, _)| at).find(|at| {
        text[..*at].ends_with(' ')
            && !text[*at + name.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_')
    });
    match at {
        Some(at) => format!("{}{path}{}", &text[..at], &text[at + name.len()..]),
        None => text.to_owned(),
    }
}

/// `impl Trait for Type`, as in the source.
pub(crate) fn header(item: syn::ItemImpl) -> String {
    line(Item::Impl(item), "\0", "")
}

/// A function or method.
pub(crate) fn function(signature: &syn::Signature, path: &str) -> String {
    let mut signature = copy(signature);
    for input in &mut signature.inputs {
        if let syn::FnArg::Typed(input) = input {
            input.attrs.clear();
        }
    }
    let name = signature.ident.to_string();
    line(parse_quote!(pub #signature {}), &name, path)
}

/// A type, trait, constant or function without what is inside.
pub(crate) fn item(item: &Item, name: &str, path: &str) -> Option<String> {
    Some(match copy(item) {
        Item::Const(item) => {
            let syn::ItemConst { ident, ty, .. } = item;
            line(parse_quote!(pub const #ident: #ty = 0;), name, path)
        }
        Item::Static(syn::ItemStatic { ident, ty, .. }) => {
            line(parse_quote!(pub static #ident: #ty = 0;), name, path)
        }
        Item::Fn(item) => function(&item.sig, path),
        Item::Type(mut item) => {
            item.attrs.clear();
            line(Item::Type(item), name, path)
        }
        Item::Enum(mut item) => {
            item.attrs.clear();
            item.variants.clear();
            line(Item::Enum(item), name, path)
        }
        Item::Struct(mut item) => {
            item.attrs.clear();
            let private = item.fields.iter().any(|field| !is_public(&field.vis));
            item.fields = Fields::Unit;
            line(Item::Struct(item), name, path) + if private { " { .. }" } else { "" }
        }
        Item::Trait(mut item) => {
            item.attrs.clear();
            item.items.clear();
            line(Item::Trait(item), name, path)
        }
        _ => return None,
    })
}

pub(crate) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// A type on one line.
pub(crate) fn type_text(of_type: &syn::Type) -> String {
    let text = line(parse_quote!(type T = #of_type;), "T", "T");
    text.trim_start_matches("type T = ").to_owned()
}
