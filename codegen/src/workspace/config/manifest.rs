//! What the manifest beside `myrina.toml` says of packages.

use std::path::Path;
use toml_edit::{DocumentMut, InlineTable, Item, Value};

/// What a new `myrina.toml` begins with: where the manifest takes the runtime from, generated crates take it from, too.
pub fn beginning(root: &Path) -> String {
    let preface = "# What is generated: one entry for each service. `myrina` reads this.\n";
    match dependency(root, "myrina").and_then(|found| runtime(&found)) {
        Some(runtime) => format!("{preface}\n[crate]\n# As Cargo.toml has it.\nruntime = {runtime}\n"),
        None => preface.to_owned(),
    }
}

/// Whether the manifest names a package as a dependency, of the package or the workspace. `false` where there is no manifest.
pub fn depends(root: &Path, package: &str) -> bool {
    dependency(root, package).is_some()
}

fn dependency(root: &Path, package: &str) -> Option<Item> {
    let text = std::fs::read_to_string(root.join("Cargo.toml")).ok()?;
    let manifest: DocumentMut = text.parse().ok()?;
    let of_workspace = || manifest.get("workspace")?.get("dependencies")?.get(package);
    let own = manifest.get("dependencies").and_then(|dependencies| dependencies.get(package));
    // `{ workspace = true }` says nothing by itself.
    of_workspace().or(own).cloned()
}

/// The same in the words of `myrina.toml`, which knows versions, paths and repositories.
fn runtime(dependency: &Item) -> Option<Value> {
    let part = |key: &str| dependency.get(key).and_then(Item::as_str);
    let keys: &[&str] = match (part("path"), part("git")) {
        (Some(_), _) => &["path"],
        (None, Some(_)) => &["git", "branch", "tag", "rev"],
        (None, None) => return dependency.as_str().or_else(|| part("version")).map(Value::from),
    };
    let table: InlineTable = keys.iter().filter_map(|key| Some((*key, part(key)?))).collect();
    Some(Value::InlineTable(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_is_taken_from_where_the_manifest_takes_it() {
        let said = |manifest: &str| {
            let manifest: DocumentMut = manifest.parse().unwrap();
            runtime(&manifest["myrina"]).map(|value| value.to_string())
        };
        for (manifest, runtime) in [
            ("myrina = \"0.2\"", Some("\"0.2\"")),
            ("myrina = { version = \"0.2\", features = [\"xml\"] }", Some("\"0.2\"")),
            ("myrina = { version = \"0.2\", path = \"../m\" }", Some("{ path = \"../m\" }")),
            ("[myrina]\ngit = \"https://m\"\ntag = \"v1\"", Some("{ git = \"https://m\", tag = \"v1\" }")),
            ("myrina = { workspace = true }", None),
        ] {
            assert_eq!(said(manifest).as_deref(), runtime, "{manifest}");
        }
    }
}
