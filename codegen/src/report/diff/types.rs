//! Types and errors that operations share.

use super::{
    Comparison, Kind, Spot, Words,
    members::Members,
    plain,
    traits::{self, Trait},
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
                let spot = self.spot(Some(path), None);
                self.push(&spot, Kind::TypeRemoved, path_text(path))
                    .from_to(node.kind_name().to_owned(), None)
                    .with_wire_name(node.wire_name());
                continue;
            };
            let spot = self.spot(Some(path), Some(new_path));
            if renamed.is_some() {
                self.push(&spot, Kind::TypeRenamed, path_text(new_path))
                    .from_to(path_text(path), path_text(new_path))
                    .with_wire_name(new.wire_name());
            }
            self.pair(&spot, (path, *node), (new_path, new));
        }
        let came_to: Vec<&Path> = self.renames.types.values().collect();
        let is_new = |path: &&Path| !self.old.types.contains_key(path) && !came_to.contains(path);
        let added: Vec<_> = self.new.types.iter().filter(|(path, _)| is_new(path)).collect();
        let added: Vec<_> = added.into_iter().map(|(path, node)| (path.clone(), *node)).collect();
        for (path, node) in added {
            let spot = self.spot(None, Some(&path));
            self.push(&spot, Kind::TypeAdded, path_text(&path))
                .from_to(None, node.kind_name().to_owned())
                .with_wire_name(node.wire_name());
        }
    }

    /// Compares a type with what it is now.
    fn pair(
        &mut self,
        spot: &Spot,
        (old_path, old): (&Path, TypeNode<'_>),
        (new_path, new): (&Path, TypeNode<'_>),
    ) {
        let item = path_text(new_path);
        let owner = (old_path.name.as_str(), new_path.name.as_str());
        match (old, new) {
            (TypeNode::Structure(old), TypeNode::Structure(new)) => self.structure(spot, &item, old, new),
            (TypeNode::Error(old), TypeNode::Error(new)) => self.error(spot, &item, old, new),
            (TypeNode::Enumeration(old), TypeNode::Enumeration(new)) => {
                self.enumeration(spot, owner.1, old, new)
            }
            (TypeNode::Union(old), TypeNode::Union(new)) => {
                let members = Members { owner, old: &old.variants, new: &new.variants, cases: true };
                self.members(spot, &members);
                self.unknown(spot, owner.1, &old.unknown, &new.unknown);
                self.shape(spot, &item, (&old.name, &old.wire_name), (&new.name, &new.wire_name));
            }
            (old, new) => {
                let (from, to) = (old.kind_name().to_owned(), new.kind_name().to_owned());
                self.push(spot, Kind::TypeReplaced, &item).from_to(from, to).with_wire_name(new.wire_name());
                return;
            }
        }
        self.words(spot, &item, words(old), words(new));
    }

    /// Compares all of a structure but what is said of it.
    pub(super) fn structure(&mut self, spot: &Spot, item: &str, old: &Structure, new: &Structure) {
        let owner = (old.name.as_str(), new.name.as_str());
        self.members(spot, &Members { owner, old: &old.members, new: &new.members, cases: false });
        // The request or response of an operation that had none, or has none any more, has no shape: its members tell.
        let is_made_up = |one: &Structure| one.members.is_empty() && one.wire_name == one.name;
        if !is_made_up(old) && !is_made_up(new) || old.members.len() == new.members.len() {
            self.shape(spot, item, (&old.name, &old.wire_name), (&new.name, &new.wire_name));
        }
        match (old.streaming, new.streaming) {
            (false, true) => drop(self.push(spot, Kind::CloneLost, item)),
            (true, false) => drop(self.push(spot, Kind::CloneGained, item)),
            _ => {}
        }
    }

    /// Compares what the model calls a type that has the same name in Rust; of one that was renamed it is told already.
    fn shape(&mut self, spot: &Spot, item: &str, old: (&str, &str), new: (&str, &str)) {
        if old.0 == new.0 {
            self.text(spot, Kind::ShapeRenamed, item, old.1, new.1);
        }
    }

    fn error(&mut self, spot: &Spot, item: &str, old: &ErrorType, new: &ErrorType) {
        self.structure(spot, item, &old.structure, &new.structure);
        self.text(spot, Kind::ErrorCodeChanged, item, &old.code, &new.code);
        for (name, from, to) in traits::differences(traits::error(&old.traits), traits::error(&new.traits)) {
            let kind = if name == Trait::Status { Kind::ErrorStatusChanged } else { Kind::ErrorTraitChanged };
            self.push(spot, kind, item).from_to(from, to);
        }
    }

    fn enumeration(&mut self, spot: &Spot, owner: &str, old: &Enumeration, new: &Enumeration) {
        let item = |name: &str| format!("{owner}::{}", plain(name));
        for variant in &new.variants {
            if let Some(before) = old.variants.iter().find(|before| before.name == variant.name) {
                let (from, to) = (&before.text, &variant.text);
                self.text(spot, Kind::ValueTextChanged, &item(&variant.name), from, to);
                self.words(spot, &item(&variant.name), value_words(before), value_words(variant));
                continue;
            }
            self.push(spot, Kind::ValueAdded, item(&variant.name)).with_wire_name(&variant.text);
        }
        for variant in &old.variants {
            if !new.variants.iter().any(|other| other.name == variant.name) {
                self.push(spot, Kind::ValueRemoved, item(&variant.name)).with_wire_name(&variant.text);
            }
        }
        self.unknown(spot, owner, &old.unknown, &new.unknown);
        self.value_order(spot, owner, old, new);
    }

    /// The variants that are on both sides stand in one order.
    fn value_order(&mut self, spot: &Spot, owner: &str, old: &Enumeration, new: &Enumeration) {
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
            let (from, to) = first.map(|(from, to)| (plain(from), plain(to))).unwrap_or_default();
            self.push(spot, Kind::ValuesReordered, owner).from_to(format!("… {from} …"), format!("… {to} …"));
        }
    }

    /// The variant or case of what the model does not know.
    fn unknown(&mut self, spot: &Spot, owner: &str, old: &str, new: &str) {
        self.text(spot, Kind::UnknownRenamed, &format!("{owner}::{new}"), old, new);
    }
}

fn value_words(variant: &EnumVariant) -> Words<'_> {
    Words { name: &variant.text, docs: &variant.docs, deprecated: None }
}

fn words(node: TypeNode<'_>) -> Words<'_> {
    Words { name: node.wire_name(), docs: node.docs(), deprecated: node.deprecated() }
}
