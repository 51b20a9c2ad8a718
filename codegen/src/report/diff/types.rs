//! Compares types and errors that operations share.

use super::{
    Comparison, Documented, Kind, Site,
    members::Members,
    traits::{self, Trait},
    without_raw_prefix,
};
use crate::ir::{EnumVariant, Enumeration, ErrorType, Path, Structure};
use crate::type_graph::TypeNode;
use crate::type_printer::path_text;

impl Comparison<'_> {
    /// Compares the types of both crates.
    pub(super) fn types(&mut self) {
        let old: Vec<_> = self.old.types.iter().map(|(path, node)| (path.clone(), *node)).collect();
        for (path, node) in &old {
            let renamed = self.renames.types.get(path).cloned();
            let new_path = renamed.as_ref().unwrap_or(path);
            let Some(new) = self.new.types.get(new_path).copied() else {
                let site = self.site(Some(path), None);
                self.push(&site, Kind::TypeRemoved, path_text(path))
                    .with_values(node.kind_name().to_owned(), None)
                    .with_wire_name(node.wire_name());
                continue;
            };
            let site = self.site(Some(path), Some(new_path));
            if renamed.is_some() {
                self.push(&site, Kind::TypeRenamed, path_text(new_path))
                    .with_values(path_text(path), path_text(new_path))
                    .with_wire_name(new.wire_name());
            }
            self.pair(&site, (path, *node), (new_path, new));
        }
        let renamed_to: Vec<&Path> = self.renames.types.values().collect();
        let is_new = |path: &&Path| !self.old.types.contains_key(path) && !renamed_to.contains(path);
        let added: Vec<_> = self.new.types.iter().filter(|(path, _)| is_new(path)).collect();
        let added: Vec<_> = added.into_iter().map(|(path, node)| (path.clone(), *node)).collect();
        for (path, node) in added {
            let site = self.site(None, Some(&path));
            self.push(&site, Kind::TypeAdded, path_text(&path))
                .with_values(None, node.kind_name().to_owned())
                .with_wire_name(node.wire_name());
        }
    }

    /// Compares an old type with its new form.
    fn pair(
        &mut self,
        site: &Site,
        (old_path, old): (&Path, TypeNode<'_>),
        (new_path, new): (&Path, TypeNode<'_>),
    ) {
        let item = path_text(new_path);
        let owner = (old_path.name.as_str(), new_path.name.as_str());
        match (old, new) {
            (TypeNode::Structure(old), TypeNode::Structure(new)) => self.structure(site, &item, old, new),
            (TypeNode::Error(old), TypeNode::Error(new)) => self.error(site, &item, old, new),
            (TypeNode::Enumeration(old), TypeNode::Enumeration(new)) => {
                self.enumeration(site, owner.1, old, new);
            }
            (TypeNode::Union(old), TypeNode::Union(new)) => {
                let members = Members { owner, old: &old.variants, new: &new.variants, variants: true };
                self.members(site, &members);
                self.unknown(site, owner.1, &old.unknown, &new.unknown);
                self.shape(site, &item, (&old.name, &old.wire_name), (&new.name, &new.wire_name));
            }
            (old, new) => {
                let (from, to) = (old.kind_name().to_owned(), new.kind_name().to_owned());
                self.push(site, Kind::TypeReplaced, &item)
                    .with_values(from, to)
                    .with_wire_name(new.wire_name());
                return;
            }
        }
        self.documentation(site, &item, documented(old), documented(new));
    }

    /// Compares a structure, except its documentation.
    pub(super) fn structure(&mut self, site: &Site, item: &str, old: &Structure, new: &Structure) {
        let owner = (old.name.as_str(), new.name.as_str());
        self.members(site, &Members { owner, old: &old.members, new: &new.members, variants: false });
        // A generated request or response without members has no shape.
        let is_generated = |one: &Structure| one.members.is_empty() && one.wire_name == one.name;
        if !is_generated(old) && !is_generated(new) || old.members.len() == new.members.len() {
            self.shape(site, item, (&old.name, &old.wire_name), (&new.name, &new.wire_name));
        }
        match (old.streaming, new.streaming) {
            (false, true) => drop(self.push(site, Kind::CloneLost, item)),
            (true, false) => drop(self.push(site, Kind::CloneGained, item)),
            _ => {}
        }
    }

    /// Compares the names in the model of a type that was not renamed in Rust.
    fn shape(&mut self, site: &Site, item: &str, old: (&str, &str), new: (&str, &str)) {
        if old.0 == new.0 {
            self.compare_text(site, Kind::ShapeRenamed, item, old.1, new.1);
        }
    }

    fn error(&mut self, site: &Site, item: &str, old: &ErrorType, new: &ErrorType) {
        self.structure(site, item, &old.structure, &new.structure);
        self.compare_text(site, Kind::ErrorCodeChanged, item, &old.code, &new.code);
        for (name, from, to) in traits::differences(traits::error(&old.traits), traits::error(&new.traits)) {
            let kind = if name == Trait::Status { Kind::ErrorStatusChanged } else { Kind::ErrorTraitChanged };
            self.push(site, kind, item).with_values(from, to);
        }
    }

    fn enumeration(&mut self, site: &Site, owner: &str, old: &Enumeration, new: &Enumeration) {
        let item = |name: &str| format!("{owner}::{}", without_raw_prefix(name));
        for variant in &new.variants {
            if let Some(before) = old.variants.iter().find(|before| before.name == variant.name) {
                let (from, to) = (&before.text, &variant.text);
                self.compare_text(site, Kind::ValueTextChanged, &item(&variant.name), from, to);
                self.documentation(
                    site,
                    &item(&variant.name),
                    documented_variant(before),
                    documented_variant(variant),
                );
                continue;
            }
            self.push(site, Kind::ValueAdded, item(&variant.name)).with_wire_name(&variant.text);
        }
        for variant in &old.variants {
            if !new.variants.iter().any(|other| other.name == variant.name) {
                self.push(site, Kind::ValueRemoved, item(&variant.name)).with_wire_name(&variant.text);
            }
        }
        self.unknown(site, owner, &old.unknown, &new.unknown);
        self.value_order(site, owner, old, new);
    }

    /// Compares the order of the variants that both sides have.
    fn value_order(&mut self, site: &Site, owner: &str, old: &Enumeration, new: &Enumeration) {
        let common = |of: &Enumeration, other: &Enumeration| -> Vec<String> {
            let names = of.variants.iter().map(|variant| &variant.name);
            names
                .filter(|name| other.variants.iter().any(|variant| variant.name == **name))
                .cloned()
                .collect()
        };
        let (from, to) = (common(old, new), common(new, old));
        if from != to {
            let first = from.iter().zip(&to).find(|(from, to)| from != to);
            let (from, to) = first
                .map(|(from, to)| (without_raw_prefix(from), without_raw_prefix(to)))
                .unwrap_or_default();
            self.push(site, Kind::ValuesReordered, owner)
                .with_values(format!("… {from} …"), format!("… {to} …"));
        }
    }

    /// Compares the name of the variant for unknown values.
    fn unknown(&mut self, site: &Site, owner: &str, old: &str, new: &str) {
        self.compare_text(site, Kind::UnknownRenamed, &format!("{owner}::{new}"), old, new);
    }
}

fn documented_variant(variant: &EnumVariant) -> Documented<'_> {
    Documented { name: &variant.text, docs: &variant.docs, deprecated: None }
}

fn documented(node: TypeNode<'_>) -> Documented<'_> {
    Documented { name: node.wire_name(), docs: node.docs(), deprecated: node.deprecated() }
}
