//! The modules of a crate, and what their paths mean.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use syn::{Attribute, Item, UseTree};

/// Where an item is defined: its module and its name.
pub(crate) type Definition = (Vec<String>, String);

pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) modules: BTreeMap<Vec<String>, Module>,
}

#[derive(Default)]
pub(crate) struct Module {
    pub(crate) items: Vec<Item>,
    pub(crate) imports: Vec<Import>,
}

/// One name that a `use` declaration brings into a module; `*` for all names.
pub(crate) struct Import {
    pub(crate) name: String,
    pub(crate) path: Vec<String>,
    /// Where the declaration is among the module's items.
    pub(crate) item: usize,
}

/// What a path means.
#[derive(Debug, PartialEq)]
pub(crate) enum Meaning {
    Module(Vec<String>),
    Item(Definition),
}

impl Crate {
    pub(crate) fn load(name: &str, root: &Path) -> Self {
        let mut modules = BTreeMap::new();
        let file = parse(root);
        let folder = root.parent().expect("a folder");
        load_module(&mut modules, Vec::new(), file.items, folder);
        Self { name: name.to_owned(), modules }
    }

    /// What `path` means inside `module`; `None` for what is of another crate.
    pub(crate) fn resolve(&self, module: &[String], path: &[String]) -> Option<Meaning> {
        self.resolve_from(module, path, 0)
    }

    fn resolve_from(&self, module: &[String], path: &[String], depth: usize) -> Option<Meaning> {
        let Some((first, rest)) = path.split_first() else { return Some(Meaning::Module(module.to_vec())) };
        // Imports that lead back to themselves name another crate: `use bytes::Bytes`.
        if depth > 16 {
            return None;
        }
        match first.as_str() {
            "crate" => return self.resolve_from(&[], rest, depth + 1),
            "self" => return self.resolve_from(module, rest, depth + 1),
            "super" => return self.resolve_from(&module[..module.len().checked_sub(1)?], rest, depth + 1),
            _ => {}
        }
        let child = [module, std::slice::from_ref(first)].concat();
        if self.modules.contains_key(&child) {
            return self.resolve_from(&child, rest, depth + 1);
        }
        let here = self.modules.get(module)?;
        if here.items.iter().any(|item| name_of(item).as_deref() == Some(first)) {
            return Some(Meaning::Item((module.to_vec(), first.clone())));
        }
        here.imports.iter().find_map(|import| {
            let base = match import.name.as_str() {
                "*" if import.path.first() != Some(first) => {
                    [&import.path[..], std::slice::from_ref(first)].concat()
                }
                name if name == first => import.path.clone(),
                _ => return None,
            };
            if base.first() == Some(first) && base.len() > 1 {
                return None;
            }
            self.resolve_from(module, &[&base[..], rest].concat(), depth + 1)
        })
    }
}

fn parse(path: &Path) -> syn::File {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Adds a module and those inside it, whose files are in `folder`.
fn load_module(
    modules: &mut BTreeMap<Vec<String>, Module>,
    path: Vec<String>,
    items: Vec<Item>,
    folder: &Path,
) {
    let mut module = Module::default();
    for item in items {
        if attributes(&item).iter().any(is_test) {
            continue;
        }
        match &item {
            Item::Mod(child) => {
                let name = child.ident.to_string();
                let child_path = [&path[..], std::slice::from_ref(&name)].concat();
                let child_items = match &child.content {
                    Some((_, items)) => items.iter().map(copy).collect(),
                    None => parse(&module_file(folder, &name)).items,
                };
                load_module(modules, child_path, child_items, &folder.join(&name));
            }
            Item::Use(declaration) => {
                imports(&declaration.tree, Vec::new(), module.items.len(), &mut module.imports);
            }
            _ => {}
        }
        module.items.push(item);
    }
    modules.insert(path, module);
}

fn module_file(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(format!("{name}.rs"));
    if file.exists() { file } else { folder.join(name).join("mod.rs") }
}

fn imports(tree: &UseTree, mut path: Vec<String>, item: usize, found: &mut Vec<Import>) {
    let import = |name: String, path| Import { name, path, item };
    match tree {
        UseTree::Path(part) => {
            path.push(part.ident.to_string());
            imports(&part.tree, path, item, found);
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| imports(tree, path.clone(), item, found)),
        UseTree::Glob(_) => found.push(import("*".to_owned(), path)),
        UseTree::Name(leaf) if leaf.ident == "self" => {
            found.push(import(path.last().cloned().unwrap_or_default(), path));
        }
        UseTree::Name(leaf) => {
            found.push(import(leaf.ident.to_string(), [path, vec![leaf.ident.to_string()]].concat()));
        }
        UseTree::Rename(leaf) => {
            found.push(import(leaf.rename.to_string(), [path, vec![leaf.ident.to_string()]].concat()));
        }
    }
}

/// A clone of a piece of source: `syn` is built without its own.
pub(crate) fn copy<T: syn::parse::Parse + quote::ToTokens>(piece: &T) -> T {
    syn::parse2(piece.to_token_stream()).expect("what was parsed once")
}

/// The name of what an item defines, save modules, imports and implementations.
pub(crate) fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn arguments(attribute: &Attribute, name: &str) -> String {
    match &attribute.meta {
        syn::Meta::List(list) if attribute.path().is_ident(name) => list.tokens.to_string(),
        _ => String::new(),
    }
}

fn is_test(attribute: &Attribute) -> bool {
    let condition = arguments(attribute, "cfg");
    condition == "test" || condition.starts_with("all (test")
}

pub(crate) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| arguments(attribute, "doc") == "hidden")
}

pub(crate) fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// The names in `#[derive(…)]`.
pub(crate) fn derives(attributes: &[Attribute]) -> String {
    let lists: Vec<_> = attributes
        .iter()
        .map(|attribute| arguments(attribute, "derive"))
        .filter(|list| !list.is_empty())
        .collect();
    lists.join(", ").replace(" ,", ",").replace(" :: ", "::").trim_end_matches(',').to_owned()
}
