//! Checks names, which become file names, module names and identifiers.

use crate::model::{Kind, Model, Pointer};
use crate::source::Source;

/// The longest name. The longest of the catalogue has 155 letters.
const MAX_NAME: usize = 255;

/// The longest name of an operation: with an `_` before every other letter and an ending it is that of a file still.
const MAX_OPERATION_NAME: usize = 160;

pub(super) fn check(model: &Model, source: &mut Source) {
    for (name, operation) in &model.operations {
        let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let right = letters && name.starts_with(|first: char| first.is_ascii_alphabetic());
        let rule = "the name of an operation begins with a letter and continues with letters and digits";
        validate_name(source, &operation.at, "operation", name, if right { Ok(()) } else { Err(rule) });
    }
    for (name, shape) in &model.shapes {
        validate_name(source, &shape.at, "shape", name, with_underscores(name));
        if let Kind::Structure(structure) = &shape.kind {
            for (name, member) in &structure.members {
                validate_name(source, &member.at, "member", name, with_underscores(name));
            }
        }
        values(source, &shape.at, &shape.traits.values);
    }
}

fn with_underscores(name: &str) -> Result<(), &'static str> {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let begins = name.trim_start_matches('_').starts_with(|first: char| first.is_ascii_alphabetic());
    if letters && begins {
        Ok(())
    } else {
        Err("such a name consists of letters, digits and `_`, and a letter comes before the first digit")
    }
}

fn validate_name(source: &mut Source, at: &Pointer, what: &str, name: &str, rule: Result<(), &str>) {
    let longest = if what == "operation" { MAX_OPERATION_NAME } else { MAX_NAME };
    if name.is_empty() {
        source.report(at, format!("the name of this {what} is empty"), format!("give the {what} a name"));
    } else if name.len() > longest {
        let start: String = name.chars().take(24).collect();
        source.report(
            at,
            format!("the name of this {what}, `{start}…`, has {} bytes", name.len()),
            format!("such a name has at most {longest}"),
        );
    } else if let Err(rule) = rule {
        let shown = name.escape_debug();
        source.report(at, format!("`{shown}` cannot be the name of {}", with_article(what)), rule);
    }
}

fn with_article(what: &str) -> String {
    let article = if what.starts_with('o') { "an" } else { "a" };
    format!("{article} {what}")
}

fn values(source: &mut Source, at: &Pointer, values: &[String]) {
    let mut seen = std::collections::BTreeSet::new();
    for (index, value) in values.iter().enumerate() {
        let at = || at.key("enum").index(index);
        if value.is_empty() {
            source.report(&at(), "this enum value is empty", "write the value, or remove it");
        } else if !seen.insert(value) {
            source.report(&at(), format!("the enum value `{value}` is a duplicate"), "remove one of the two");
        }
    }
}
