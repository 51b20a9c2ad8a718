//! Reads `overrides.json`.

use crate::diagnostic::Diagnostics;
use crate::json::Json;
use crate::model::Pointer;
use crate::overrides::{
    IgnoreOverride, MemberOverride, OperationOverride, Overrides, ShapeOverride, ValueOverride,
};
use crate::read::file;
use crate::read::object::{self, Object};
use crate::source::Source;
use indexmap::IndexMap;
use std::path::Path;

/// The message about an override that only has a reason.
const ONLY_A_REASON: &str = "this override has no effect: it only has a reason";
/// The help for it.
const REMOVE_OR_EXPLAIN: &str = "remove it, or add what it is the reason of";

/// Reads a file of overrides; its path is relative to `root`. Whether they fit the model is checked in `overrides::check`.
///
/// Errors are added to `diagnostics`; `None` if nothing could be read.
pub fn read_file(root: &Path, file: &Path, diagnostics: &mut Diagnostics) -> Option<Overrides> {
    let (mut source, json) = file::parse(root, file, diagnostics)?;
    let overrides =
        Object::new(&mut source, Pointer::ROOT, json).map(|object| overrides(&mut source, object));
    source.finish(diagnostics);
    overrides
}

/// Reads built-in overrides with the identifier of their service. Messages call the file `name`.
pub(super) fn built_in(
    name: &Path,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Overrides)> {
    let (mut source, json) = file::parse_text(name, text, diagnostics)?;
    let read = Object::new(&mut source, Pointer::ROOT, json).and_then(|mut object| {
        let service = object.required(&mut source, "serviceId")?;
        Some((service, overrides(&mut source, object)))
    });
    source.finish(diagnostics);
    read
}

/// Reads the table of the members that are secret although their models do not say so: by the identifier of the service, the
/// structures and the members.
pub(super) fn sensitive_members(
    name: &Path,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Vec<(String, String)>)> {
    let Some((mut source, json)) = file::parse_text(name, text, diagnostics) else { return Vec::new() };
    let services = Object::new(&mut source, Pointer::ROOT, json).and_then(|mut table| {
        let reasons = table.required_object(&mut source, "reasons")?;
        let reasons: Vec<String> = reasons.into_entries().map(|(_, reason, _)| reason).collect();
        let services = table.required_object(&mut source, "services")?;
        let services = objects(&mut source, services);
        let read = |(service, groups)| (service, sensitive_groups(&mut source, &reasons, groups));
        let services = services.into_iter().map(read).collect();
        table.finish(&mut source);
        Some(services)
    });
    source.finish(diagnostics);
    services.unwrap_or_default()
}

/// The structures and members of one service, which are grouped by reason.
fn sensitive_groups(source: &mut Source, reasons: &[String], groups: Object) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (reason, shapes) in objects(source, groups) {
        if !reasons.contains(&reason) {
            source.report(&shapes.at, format!("there is no reason `{reason}`"), "add it to \"reasons\"");
        }
        for (at, shape, json) in shapes.into_entries() {
            for member in object::value::<Vec<Json>>(source, &at, json).unwrap_or_default() {
                found.extend(object::value(source, &at, member).map(|member| (shape.clone(), member)));
            }
        }
    }
    found
}

/// Reads the table of the structures that are unions although their models do not say so: by the identifier of the service, the
/// structures and the reasons. Those that are undecided are only checked for their form.
pub(super) fn unions(
    name: &Path,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Vec<(String, String)>)> {
    let Some((mut source, json)) = file::parse_text(name, text, diagnostics) else { return Vec::new() };
    let services = Object::new(&mut source, Pointer::ROOT, json).and_then(|mut table| {
        let unions = table.required_object(&mut source, "unions")?;
        let undecided = table.required_object(&mut source, "undecided")?;
        reasons(&mut source, undecided);
        table.finish(&mut source);
        Some(reasons(&mut source, unions))
    });
    source.finish(diagnostics);
    services.unwrap_or_default()
}

/// The structures and reasons of each service.
fn reasons(source: &mut Source, services: Object) -> Vec<(String, Vec<(String, String)>)> {
    let services = objects(source, services);
    let read = |(service, shapes): (String, Object)| {
        let reason = |(at, shape, json)| Some((shape, object::value::<String>(source, &at, json)?));
        (service, shapes.into_entries().filter_map(reason).collect())
    };
    services.into_iter().map(read).collect()
}

fn objects(source: &mut Source, object: Object) -> Vec<(String, Object)> {
    let entry = |(at, name, json)| Object::new(source, at, json).map(|entry| (name, entry));
    object.into_entries().filter_map(entry).collect()
}

fn overrides(source: &mut Source, mut object: Object) -> Overrides {
    // Where editors find the JSON schema.
    object.optional::<String>(source, "$schema");
    if object.only_has_key("reason") {
        source.report(&object.at.key("reason"), ONLY_A_REASON, REMOVE_OR_EXPLAIN);
    }
    let overrides = Overrides {
        documentation: markdown(source, &mut object, "documentation"),
        reason: markdown(source, &mut object, "reason"),
        customizations: customizations(source, &mut object),
        without_built_in: flag(source, &mut object, "builtin", false),
        operations: group(source, &mut object, "operations", operation),
        shapes: group(source, &mut object, "shapes", shape),
        waiters: group(source, &mut object, "waiters", ignorable),
        paginators: group(source, &mut object, "paginators", ignorable),
    };
    object.finish(source);
    overrides
}

/// Reads the overrides by name at a key.
fn group<T>(
    source: &mut Source,
    object: &mut Object,
    key: &'static str,
    read: fn(&mut Source, &mut Object) -> T,
) -> IndexMap<String, T> {
    let Some(group) = object.optional_object(source, key).and_then(|group| non_empty(source, group)) else {
        return IndexMap::new();
    };
    let entry = |(at, name, json): (Pointer, String, Json)| {
        let mut entry = Object::new(source, at, json).and_then(|entry| non_empty(source, entry))?;
        let value = read(source, &mut entry);
        entry.finish(source);
        Some((name, value))
    };
    group.into_entries().filter_map(entry).collect()
}

/// The object, unless it overrides nothing, which is reported.
fn non_empty(source: &mut Source, object: Object) -> Option<Object> {
    if object.is_empty() {
        source.report(&object.at, "this override has no effect: it is empty", "remove it");
        return None;
    }
    if object.only_has_key("reason") {
        source.report(&object.at, ONLY_A_REASON, REMOVE_OR_EXPLAIN);
        return None;
    }
    Some(object)
}

/// Takes Markdown, which must not be empty.
fn markdown(source: &mut Source, object: &mut Object, key: &'static str) -> Option<String> {
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

fn customizations(source: &mut Source, object: &mut Object) -> Vec<String> {
    if object.has_empty_list("customizations") {
        let message = "this override has no effect: it lists no customization";
        source.report(&object.at.key("customizations"), message, "remove it");
    }
    object.strings(source, "customizations")
}

fn operation(source: &mut Source, object: &mut Object) -> OperationOverride {
    OperationOverride {
        at: object.at.clone(),
        rename: rename(source, object),
        documentation: markdown(source, object, "documentation"),
        reason: markdown(source, object, "reason"),
        customizations: customizations(source, object),
        read_timeout: object.optional(source, "readTimeout"),
        ignore: flag(source, object, "ignore", true),
    }
}

fn shape(source: &mut Source, object: &mut Object) -> ShapeOverride {
    ShapeOverride {
        at: object.at.clone(),
        rename: rename(source, object),
        documentation: markdown(source, object, "documentation"),
        reason: markdown(source, object, "reason"),
        replace: object.optional(source, "replace"),
        sensitive: object.optional(source, "sensitive"),
        union: object.optional(source, "union"),
        ignore: flag(source, object, "ignore", true),
        members: group(source, object, "members", member),
        values: group(source, object, "values", value),
    }
}

fn member(source: &mut Source, object: &mut Object) -> MemberOverride {
    MemberOverride {
        at: object.at.clone(),
        rename: rename(source, object),
        documentation: markdown(source, object, "documentation"),
        reason: markdown(source, object, "reason"),
        required: object.optional(source, "required"),
        value_type: object.optional(source, "type"),
        sensitive: object.optional(source, "sensitive"),
        ignore: flag(source, object, "ignore", true),
    }
}

fn value(source: &mut Source, object: &mut Object) -> ValueOverride {
    ValueOverride {
        at: object.at.clone(),
        rename: rename(source, object),
        documentation: markdown(source, object, "documentation"),
    }
}

fn ignorable(source: &mut Source, object: &mut Object) -> IgnoreOverride {
    IgnoreOverride { at: object.at.clone(), ignore: flag(source, object, "ignore", true) }
}

/// Whether a key has the one value that has an effect; the other one, the default, is reported.
fn flag(source: &mut Source, object: &mut Object, key: &'static str, effective: bool) -> bool {
    let value = object.optional(source, key);
    if value == Some(!effective) {
        let message = format!("this override has no effect: {} is the default", !effective);
        source.report(&object.at.key(key), message, "remove it");
    }
    value == Some(effective)
}

/// Takes `rename`, an identifier.
fn rename(source: &mut Source, object: &mut Object) -> Option<String> {
    let name: String = object.optional(source, "rename")?;
    let is_identifier = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_identifier {
        source.report(
            &object.at.key("rename"),
            format!("`{name}` is not a valid name in Rust"),
            "a name begins with a letter and continues with letters, digits and `_`",
        );
        return None;
    }
    Some(name)
}
