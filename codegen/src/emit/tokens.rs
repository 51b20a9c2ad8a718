//! The tokens of the small things: identifiers, types, documentation, descriptions.

use crate::ir::{Argument, Call, Crate, Description, Docs, Mark, Member, Module, Path, Target, Type};
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The names of types that are always in scope, or their full paths where the service has such names too.
pub(super) struct Std {
    option: TokenStream,
    string: TokenStream,
    vec: TokenStream,
    boxed: TokenStream,
}

impl Std {
    pub(super) fn of(krate: &Crate) -> Self {
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

    /// The names as prose writes them: the service's own types have `types::` before theirs there.
    pub(super) fn short() -> Self {
        Self { option: quote!(Option), string: quote!(String), vec: quote!(Vec), boxed: quote!(Box) }
    }

    pub(super) fn string(&self) -> &TokenStream {
        &self.string
    }

    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
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
            // In the place of a shape; the service may have a type of that name beside it.
            Type::Named(named) if named.module == Module::Foreign && named.name == "String" => string.clone(),
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
    pub(super) fn field(&self, member: &Member) -> TokenStream {
        let ty = self.ty(&member.ty);
        match member.mark {
            Mark::Required => ty,
            Mark::Optional => generic(&self.option, &ty),
        }
    }

    /// How a table says it: the kind, and the type inside.
    pub(super) fn kind(&self, member: &Member) -> TokenStream {
        match (member.mark, &member.ty) {
            (Mark::Required, ty) => {
                let ty = apart(self.ty(ty));
                quote!(required #ty)
            }
            (Mark::Optional, ty) => self.inside(ty, "optional"),
        }
    }

    /// How a table says what a constructor or setter takes.
    pub(super) fn argument(&self, ty: &Type) -> TokenStream {
        self.inside(ty, "value")
    }

    /// Lists and maps are taken apart; `single` is the word for anything else.
    fn inside(&self, ty: &Type, single: &str) -> TokenStream {
        match ty {
            Type::List(element) => {
                let element = apart(self.ty(element));
                quote!(list #element)
            }
            Type::Map(key, value) => {
                let (key, value) = (apart(self.ty(key)), self.ty(value));
                quote!(map #key, #value)
            }
            other => {
                let (single, ty) = (ident(single), apart(self.ty(other)));
                quote!(#single #ty)
            }
        }
    }
}

/// A type behind a word, which a path from the root, `::std`, would else go on from: `required ::std::string::String`.
fn apart(ty: TokenStream) -> TokenTree {
    Group::new(Delimiter::None, ty).into()
}

fn generic(outer: &TokenStream, inner: &TokenStream) -> TokenStream {
    quote!(#outer<#inner>)
}

/// A type, by its module.
pub(super) fn path(path: &Path) -> TokenStream {
    let module = match path.module {
        Module::Types => quote!(types),
        Module::Errors => quote!(errors),
        // Lowering takes nothing that is no type.
        Module::Foreign => return path.name.parse().unwrap_or_default(),
    };
    let name = ident(&path.name);
    quote!(#module::#name)
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

/// The expression that builds a description.
pub(super) fn description(description: &Description) -> TokenStream {
    let name = &description.name;
    let constructed = match &description.target {
        Target::Simple(constructor) => {
            let constructor = ident(constructor);
            quote!(#constructor(#name))
        }
        Target::Structure(target) => {
            let target = path(target);
            quote!(structure::<#target>(#name))
        }
        Target::Events(target) => {
            let target = path(target);
            quote!(events::<#target>(#name))
        }
        Target::List(element) => {
            let element = self::description(element);
            quote!(list(#name, &#element))
        }
        Target::Map(key, value) => {
            let (key, value) = (self::description(key), self::description(value));
            quote!(map(#name, &#key, &#value))
        }
    };
    let calls = calls(&description.traits);
    quote!(#constructed #calls)
}

pub(super) fn calls(calls: &[Call]) -> TokenStream {
    calls.iter().map(call).collect()
}

/// The constant that lists these statics; nothing where there are none.
pub(super) fn interceptors(paths: &[String]) -> Option<TokenStream> {
    // Lowering takes nothing that is no path.
    let paths = paths.iter().map(|path| path.parse().unwrap_or_default()).collect::<Vec<TokenStream>>();
    (!paths.is_empty()).then(|| {
        quote! {
            /// What the model cannot say.
            const INTERCEPTORS: &[&dyn myrina::operation::Interceptor] = &[#(&#paths),*];
        }
    })
}

fn call(call: &Call) -> TokenStream {
    let method = ident(call.method);
    let arguments = call.arguments.iter().map(|argument| match argument {
        Argument::Text(text) => quote!(#text),
        Argument::Number(number) => {
            let number = Literal::u16_unsuffixed(*number);
            quote!(#number)
        }
        Argument::Auth(scheme) => {
            let scheme = ident(scheme);
            quote!(myrina::codegen::Auth::#scheme)
        }
    });
    quote!(.#method(#(#arguments),*))
}
