//! One line for each public item.

use crate::signature::{self, is_public};
use crate::source::{Crate, Definition, Meaning, attributes, copy, derives, has, is_hidden, name_of};
use quote::ToTokens as _;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Fields, ImplItem, Item, ItemImpl, TraitItem, Type};

/// The listing of a crate, a line each, sorted by path.
pub(crate) fn of(source: &Crate) -> String {
    let mut listing =
        Listing { source, implementations: BTreeMap::new(), paths: BTreeMap::new(), lines: BTreeSet::new() };
    listing.find_implementations();
    listing.module(&[], &source.name, false);
    listing.module(&[], &source.name, true);
    listing.macros();
    let lines: Vec<_> = listing.lines.into_iter().map(|(_, line)| line).collect();
    lines.join("\n") + "\n"
}

struct Listing<'a> {
    source: &'a Crate,
    /// The implementations for each type, and those of each trait for types of other crates.
    implementations: BTreeMap<Definition, Vec<&'a ItemImpl>>,
    /// The public path of each item that is listed.
    paths: BTreeMap<Definition, String>,
    /// Each with its path in front, to sort by.
    lines: BTreeSet<(String, String)>,
}

impl<'a> Listing<'a> {
    fn find_implementations(&mut self) {
        for (module, content) in &self.source.modules {
            for item in &content.items {
                let Item::Impl(item) = item else { continue };
                let of_type = match &*item.self_ty {
                    Type::Path(path) => self.definition(module, &path.path),
                    _ => None,
                };
                let definition = of_type.or_else(|| self.definition(module, &item.trait_.as_ref()?.0));
                if let Some(definition) = definition {
                    self.implementations.entry(definition).or_default().push(item);
                }
            }
        }
    }

    fn definition(&self, module: &[String], path: &syn::Path) -> Option<Definition> {
        let path: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        match self.source.resolve(module, &path)? {
            Meaning::Item(definition) => Some(definition),
            Meaning::Module(_) => None,
        }
    }

    /// Lists a public module: what it defines itself, or what it re-exports.
    fn module(&mut self, module: &[String], path: &str, re_exports: bool) {
        let Some(content) = self.source.modules.get(module) else { return };
        for item in &content.items {
            if is_hidden(attributes(item)) {
                continue;
            }
            match item {
                Item::Mod(child) if is_public(&child.vis) => {
                    let name = child.ident.to_string();
                    let child_path = format!("{path}::{name}");
                    self.line(&child_path, &format!("pub mod {child_path}"), item);
                    self.module(&[module, &[name]].concat(), &child_path, re_exports);
                }
                item if !re_exports && is_public_item(item) => {
                    let name = name_of(item).expect("what is public has a name");
                    self.item(item, (module.to_vec(), name.clone()), &format!("{path}::{name}"));
                }
                _ => {}
            }
        }
        if re_exports {
            self.re_exports(module, path);
        }
    }

    /// Lists the exported macros: wherever they are defined, they are at the crate's root.
    fn macros(&mut self) {
        for item in self.source.modules.values().flat_map(|module| &module.items) {
            if let (true, false, Some(name)) =
                (has(attributes(item), "macro_export"), is_hidden(attributes(item)), name_of(item))
            {
                let path = format!("{}::{name}", self.source.name);
                self.line(&path, &format!("macro {path}!"), item);
            }
        }
    }

    fn re_exports(&mut self, module: &[String], path: &str) {
        for import in &self.source.modules[module].imports {
            let item = &self.source.modules[module].items[import.item];
            let Item::Use(declaration) = item else { continue };
            if !is_public(&declaration.vis) || is_hidden(&declaration.attrs) {
                continue;
            }
            let public = format!("{path}::{}", import.name);
            match self.source.resolve(module, &import.path) {
                Some(Meaning::Module(target)) if import.name == "*" => {
                    self.module(&target, path, false);
                    self.module(&target, path, true);
                }
                Some(Meaning::Module(target)) => {
                    self.line(&public, &format!("pub mod {public}"), item);
                    self.module(&target, &public, false);
                    self.module(&target, &public, true);
                }
                Some(Meaning::Item(definition)) => self.re_export(&definition, &public),
                None => {
                    let from = import.path.join("::");
                    self.line(&public, &format!("pub use {public} = {from}"), item);
                }
            }
        }
    }

    fn re_export(&mut self, definition: &Definition, public: &str) {
        if let Some(listed) = self.paths.get(definition) {
            let line = format!("pub use {public} = {listed}");
            self.lines.insert((public.to_owned(), line));
            return;
        }
        let items = &self.source.modules[&definition.0].items;
        for item in items.iter().filter(|item| name_of(item).as_ref() == Some(&definition.1)) {
            if !is_hidden(attributes(item)) {
                self.item(item, definition.clone(), public);
            }
        }
    }

    fn line(&mut self, path: &str, line: &str, item: &Item) {
        let conditions = conditions(attributes(item));
        let open = if has(attributes(item), "non_exhaustive") { " #[non_exhaustive]" } else { "" };
        let derives = derives(attributes(item));
        let derives = if derives.is_empty() { derives } else { format!(" #[derive({derives})]") };
        self.lines.insert((path.to_owned(), format!("{line}{open}{derives}{conditions}")));
    }

    fn item(&mut self, item: &'a Item, definition: Definition, path: &str) {
        if let Some(line) = signature::item(item, &definition.1, path) {
            self.line(path, &line, item);
        }
        match item {
            Item::Struct(item) => self.fields(&item.fields, path, true),
            Item::Enum(item) => {
                for variant in &item.variants {
                    let variant_path = format!("{path}::{}", variant.ident);
                    let tuple = match &variant.fields {
                        Fields::Unnamed(fields) => {
                            let types: Vec<_> =
                                fields.unnamed.iter().map(|field| signature::type_text(&field.ty)).collect();
                            format!("({})", types.join(", "))
                        }
                        _ => String::new(),
                    };
                    let open = if has(&variant.attrs, "non_exhaustive") { " #[non_exhaustive]" } else { "" };
                    self.lines.insert((variant_path.clone(), format!("variant {variant_path}{tuple}{open}")));
                    if let Fields::Named(_) = variant.fields {
                        self.fields(&variant.fields, &variant_path, false);
                    }
                }
            }
            Item::Trait(item) => {
                for member in &item.items {
                    self.trait_member(member, path);
                }
            }
            _ => {}
        }
        for implementation in self.implementations.get(&definition).cloned().unwrap_or_default() {
            self.implementation(implementation, path);
        }
        self.paths.insert(definition, path.to_owned());
    }

    /// Lists the public fields, or all of an enum's variant.
    fn fields(&mut self, fields: &Fields, path: &str, own_visibility: bool) {
        for (index, field) in fields.iter().enumerate() {
            if (own_visibility && !is_public(&field.vis)) || is_hidden(&field.attrs) {
                continue;
            }
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            let field_path = format!("{path}::{name}");
            let of_type = signature::type_text(&field.ty);
            self.lines.insert((field_path.clone(), format!("field {field_path}: {of_type}")));
        }
    }

    fn trait_member(&mut self, member: &TraitItem, path: &str) {
        let (name, line) = match member {
            TraitItem::Fn(member) if !is_hidden(&member.attrs) => {
                let name = member.sig.ident.to_string();
                let line = signature::function(&member.sig, &format!("{path}::{name}"));
                let line = line.trim_start_matches("pub ").to_owned();
                (name, line + if member.default.is_some() { " { .. }" } else { "" })
            }
            TraitItem::Type(member) => {
                let bounds = member.bounds.to_token_stream();
                let bounds = if bounds.is_empty() { String::new() } else { format!(": {bounds}") };
                (member.ident.to_string(), format!("type {path}::{}{bounds}", member.ident))
            }
            TraitItem::Const(member) => {
                let of_type = signature::type_text(&member.ty);
                (member.ident.to_string(), format!("const {path}::{}: {of_type}", member.ident))
            }
            _ => return,
        };
        self.lines.insert((format!("{path}::{name}"), line));
    }

    fn implementation(&mut self, item: &ItemImpl, path: &str) {
        if is_hidden(&item.attrs) {
            return;
        }
        let conditions = conditions(&item.attrs);
        if item.trait_.is_some() {
            let mut header = copy(item);
            header.attrs.clear();
            header.items.clear();
            let line = signature::header(header);
            self.lines.insert((format!("{path}::{line}"), format!("{line} ({path}){conditions}")));
            return;
        }
        for member in &item.items {
            let (name, line) = match member {
                ImplItem::Fn(member) if is_public(&member.vis) && !is_hidden(&member.attrs) => {
                    let name = member.sig.ident.to_string();
                    let line = signature::function(&member.sig, &format!("{path}::{name}"));
                    (name, line)
                }
                ImplItem::Const(member) if is_public(&member.vis) && !is_hidden(&member.attrs) => {
                    let of_type = signature::type_text(&member.ty);
                    (member.ident.to_string(), format!("pub const {path}::{}: {of_type}", member.ident))
                }
                _ => continue,
            };
            self.lines.insert((format!("{path}::{name}"), format!("{line}{conditions}")));
        }
    }
}

/// Whether an item with a name is public; modules and macros are listed apart.
fn is_public_item(item: &Item) -> bool {
    match item {
        Item::Const(item) => is_public(&item.vis),
        Item::Enum(item) => is_public(&item.vis),
        Item::Fn(item) => is_public(&item.vis),
        Item::Static(item) => is_public(&item.vis),
        Item::Struct(item) => is_public(&item.vis),
        Item::Trait(item) => is_public(&item.vis),
        Item::Type(item) => is_public(&item.vis),
        _ => false,
    }
}

/// The conditions of an item, such as ` #[cfg(feature = "xml")]`.
fn conditions(attributes: &[syn::Attribute]) -> String {
    let mut text = String::new();
    for attribute in attributes {
        if let (true, syn::Meta::List(list)) = (attribute.path().is_ident("cfg"), &attribute.meta) {
            let condition = list.tokens.to_string().replace(" ,", ",").replace(" (", "(");
            text += &format!(" #[cfg({condition})]");
        }
    }
    text
}
