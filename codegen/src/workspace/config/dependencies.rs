//! `[service.dependencies]`: packages whose types overrides put in the place of shapes.

use super::table::{Source, Table};
use std::path::Path;
use toml_edit::{InlineTable, Value};

/// What each may be.
const DEPENDENCY: &str = "write it as in Cargo.toml: a version such as `\"1.2\"`, or `{ path = \"money\" }`";

/// The packages, each with what the manifest says of it.
pub(super) fn read(source: &mut Source<'_>, table: Table<'_>, output: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, at, item) in table.into_items() {
        let value = match item.clone().into_value() {
            Ok(value @ Value::String(_)) => value,
            Ok(Value::InlineTable(table)) if !table.is_empty() => Value::InlineTable(moved(table, output)),
            _ => {
                let message = format!("`{name}` is {}, and no dependency", item.type_name());
                source.report(&at, message, DEPENDENCY);
                continue;
            }
        };
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
            let help = "such a name has letters, digits, `-` and `_`";
            source.report(&at, format!("`{name}` cannot be the name of a package"), help);
            continue;
        }
        if name == "myrina" {
            source.report(
                &at,
                "`myrina` is a dependency of every crate",
                "say of which one with `runtime` in `[crate]`",
            );
            continue;
        }
        found.push((name, value.decorated("", "").to_string()));
    }
    found.sort();
    found
}

/// A path is relative to the workspace file here, and to the crate in its manifest.
fn moved(mut table: InlineTable, output: &Path) -> InlineTable {
    if let Some(path) = table.get_mut("path")
        && let Some(text) = path.as_str().filter(|text| Path::new(text).is_relative())
    {
        *path = seen_from(output, text).into();
    }
    table.fmt();
    table
}

/// A path that is relative to the workspace file, as seen from `output`.
pub(super) fn seen_from(output: &Path, path: &str) -> String {
    let up = "../".repeat(output.components().count());
    format!("{up}{}", path.trim_start_matches("./"))
}
