//! `overrides.json`.

use crate::diagnostic::Diagnostics;
use crate::json::Json;
use crate::model::Pointer;
use crate::overrides::{
    Ignorable, MemberOverride, OperationOverride, Overrides, ShapeOverride, ValueOverride,
};
use crate::read::file;
use crate::read::object::Object;
use crate::source::Source;
use indexmap::IndexMap;
use std::path::Path;

/// Reads a file of overrides, which must be there; its path is relative to `root`. Whether each of them fits the model is found in lowering.
///
/// What is wrong is added to `diagnostics`; `None` where nothing could be read.
pub fn overrides(root: &Path, file: &Path, diagnostics: &mut Diagnostics) -> Option<Overrides> {
    let (source, json) = file::parse(root, file, diagnostics)?;
    whole(source, json, diagnostics)
}

/// Reads overrides that are not in a file; `name` is what messages call it.
pub(crate) fn overrides_in(name: &Path, text: &str, diagnostics: &mut Diagnostics) -> Option<Overrides> {
    let (source, json) = file::parse_text(name, text, diagnostics)?;
    whole(source, json, diagnostics)
}

/// What is told where nothing else is said.
const ONLY_A_REASON: &str = "this override changes nothing: there is only a reason";

fn whole(mut source: Source, json: Json, diagnostics: &mut Diagnostics) -> Option<Overrides> {
    let overrides = document(&mut source, json);
    source.finish(diagnostics);
    overrides
}

fn document(source: &mut Source, json: Json) -> Option<Overrides> {
    let mut object = Object::new(source, Pointer::ROOT, json)?;
    // Where editors find the JSON schema of the file.
    object.optional::<String>(source, "$schema");
    if object.only_has_key("reason") {
        source.report(&object.at.key("reason"), ONLY_A_REASON, "remove it, or say what it is the reason of");
    }
    let overrides = Overrides {
        documentation: documentation(source, &mut object),
        reason: reason(source, &mut object),
        customizations: customizations(source, &mut object),
        without_builtin: without_builtin(source, &mut object),
        operations: each(source, &mut object, "operations", operation),
        shapes: each(source, &mut object, "shapes", shape),
        waiters: each(source, &mut object, "waiters", ignorable),
        paginators: each(source, &mut object, "paginators", ignorable),
    };
    object.finish(source);
    Some(overrides)
}

/// Reads the objects at a key, each under a name, each with its own known keys.
fn each<T>(
    source: &mut Source,
    object: &mut Object,
    key: &'static str,
    read: fn(&mut Source, &mut Object) -> T,
) -> IndexMap<String, T> {
    let Some(group) = object.optional_object(source, key).and_then(|group| non_empty(source, group)) else {
        return IndexMap::new();
    };
    group
        .into_entries()
        .filter_map(|(at, name, json)| {
            let mut entry = Object::new(source, at, json).and_then(|entry| non_empty(source, entry))?;
            let value = read(source, &mut entry);
            entry.finish(source);
            Some((name, value))
        })
        .collect()
}

/// The object, unless it says nothing, which is reported: each override has an effect.
fn non_empty(source: &mut Source, object: Object) -> Option<Object> {
    if object.is_empty() {
        source.report(&object.at, "this override changes nothing: it is empty", "remove it");
        return None;
    }
    if object.only_has_key("reason") {
        source.report(&object.at, ONLY_A_REASON, "remove it, or say what it is the reason of");
        return None;
    }
    Some(object)
}

/// Takes `documentation`, which is not empty.
fn documentation(source: &mut Source, object: &mut Object) -> Option<String> {
    prose(source, object, "documentation")
}

/// Takes `reason`, which is not empty.
fn reason(source: &mut Source, object: &mut Object) -> Option<String> {
    prose(source, object, "reason")
}

fn prose(source: &mut Source, object: &mut Object, key: &'static str) -> Option<String> {
    let text: String = object.optional(source, key)?;
    if text.trim().is_empty() {
        source.report(
            &object.at.key(key),
            format!("this {key} is empty"),
            "write some Markdown, or remove it",
        );
        return None;
    }
    Some(text)
}

/// Takes `customizations`, which names something.
fn customizations(source: &mut Source, object: &mut Object) -> Vec<String> {
    if object.has_empty_list("customizations") {
        let message = "this override changes nothing: it names no customization";
        source.report(&object.at.key("customizations"), message, "remove it");
    }
    object.strings(source, "customizations")
}

fn operation(source: &mut Source, object: &mut Object) -> OperationOverride {
    OperationOverride {
        at: object.at.clone(),
        rename: rename(source, object),
        documentation: documentation(source, object),
        reason: reason(source, object),
        customizations: customizations(source, object),
        ignore: ignore(source, object),
    }
}

fn shape(source: &mut Source, object: &mut Object) -> ShapeOverride {
    ShapeOverride {
        at: object.at.clone(),
        rename: rename(source, object),
        documentation: documentation(source, object),
        replace: object.optional(source, "replace"),
        ignore: ignore(source, object),
        members: each(source, object, "members", member),
        values: each(source, object, "values", variant),
    }
}

fn member(source: &mut Source, object: &mut Object) -> MemberOverride {
    MemberOverride {
        at: object.at.clone(),
        rename: rename(source, object),
        documentation: documentation(source, object),
        reason: reason(source, object),
        required: object.optional(source, "required"),
        retype: object.optional(source, "type"),
        ignore: ignore(source, object),
    }
}

fn variant(source: &mut Source, object: &mut Object) -> ValueOverride {
    ValueOverride {
        at: object.at.clone(),
        rename: rename(source, object),
        documentation: documentation(source, object),
    }
}

fn ignorable(source: &mut Source, object: &mut Object) -> Ignorable {
    Ignorable { at: object.at.clone(), ignore: ignore(source, object) }
}

/// Takes `builtin`, which is only there to be false.
fn without_builtin(source: &mut Source, object: &mut Object) -> bool {
    let builtin = object.optional(source, "builtin");
    if builtin == Some(true) {
        let message = "this override changes nothing: true is what holds without it";
        source.report(&object.at.key("builtin"), message, "remove it");
    }
    builtin == Some(false)
}

/// Takes `ignore`, which is only there to be true.
fn ignore(source: &mut Source, object: &mut Object) -> bool {
    let ignore = object.optional(source, "ignore");
    if ignore == Some(false) {
        let message = "this override changes nothing: false is what holds without it";
        source.report(&object.at.key("ignore"), message, "remove it");
    }
    ignore.unwrap_or_default()
}

/// Takes `rename`, a name of the generated code.
fn rename(source: &mut Source, object: &mut Object) -> Option<String> {
    let name: String = object.optional(source, "rename")?;
    let identifier = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !identifier {
        source.report(
            &object.at.key("rename"),
            format!("`{name}` cannot be a name in Rust"),
            "a name begins with a letter, and goes on with letters, digits and `_`",
        );
        return None;
    }
    Some(name)
}
