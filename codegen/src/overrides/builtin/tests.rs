use super::FILES;
use crate::{
    diagnostic::Diagnostics,
    model::{Metadata, Model},
    overrides::builtin,
    overrides::customizations::{self, NAMED},
    overrides::{self, Overrides, type_override::TypeOverride},
};
use std::{collections::BTreeSet, path::Path};

fn all() -> Vec<(&'static str, Overrides)> {
    let read = |(_, name, text): &(&str, &'static str, &str)| {
        let mut diagnostics = Diagnostics::new();
        let overrides = overrides::read::overrides_in(Path::new(name), text, &mut diagnostics).unwrap();
        assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}");
        (*name, overrides)
    };
    FILES.iter().map(read).collect()
}

#[test]
fn each_entry_has_a_reason_and_each_name_a_meaning() {
    let mut used = BTreeSet::new();
    let said = |reason: Option<&String>, what: &str| {
        assert!(reason.is_some_and(|reason| reason.ends_with('.')), "{what} has no reason");
    };
    for (file, overrides) in all() {
        let mut names = overrides.customizations.clone();
        if !names.is_empty() {
            said(overrides.reason.as_ref(), file);
        }
        for (name, over) in &overrides.operations {
            said(over.reason.as_ref(), name);
            names.extend(over.customizations.clone());
        }
        for (name, over) in &overrides.shapes {
            for (member, over) in &over.members {
                said(over.reason.as_ref(), &format!("{name}.{member}"));
                let known = |retype: &String| TypeOverride::names().any(|name| name == retype);
                assert!(over.retype.as_ref().is_none_or(known), "{name}.{member}: {over:?}");
            }
        }
        for name in names {
            assert_eq!(customizations::problem(&name), None);
            used.insert(name);
        }
    }
    // What nothing uses is there for nobody.
    let unused: Vec<_> = NAMED.iter().filter(|known| !used.contains(known.name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn a_service_is_known_by_its_identifier() {
    let model = |id: &str| {
        let metadata = Metadata { service_id: Some(id.to_owned()), ..Metadata::default() };
        Model { metadata, ..Model::default() }
    };
    assert!(builtin::of(&model("Glacier")).is_some_and(|known| known.customizations.len() == 2));
    assert!(builtin::of(&model("Lambda")).is_none());
    assert!(builtin::of(&Model::default()).is_none());
}
