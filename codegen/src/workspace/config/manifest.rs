//! The `Cargo.toml` beside `myrina.toml`.

use std::path::Path;
use toml_edit::{DocumentMut, InlineTable, Item, Value};

/// The first lines of a new `myrina.toml`. Generated crates get the runtime from where `Cargo.toml` gets it.
pub fn initial_config(root: &Path) -> String {
    let preface = "# The services to generate, one entry for each. `myrina` reads this file.\n";
    match dependency(root, "myrina").and_then(|found| runtime(&found)) {
        Some(runtime) => format!("{preface}\n[crate]\n# The same as in Cargo.toml.\nruntime = {runtime}\n"),
        None => preface.to_owned(),
    }
}

/// Whether `Cargo.toml` has a package among the dependencies of its package or workspace. `false` if there is no `Cargo.toml`.
pub fn has_dependency(root: &Path, package: &str) -> bool {
    dependency(root, package).is_some()
}

/// The version of a package that `Cargo.toml` requires, if it requires one.
pub fn required_version(root: &Path, package: &str) -> Option<String> {
    let dependency = dependency(root, package)?;
    dependency.as_str().or_else(|| dependency.get("version")?.as_str()).map(str::to_owned)
}

fn dependency(root: &Path, package: &str) -> Option<Item> {
    let text = std::fs::read_to_string(root.join("Cargo.toml")).ok()?;
    let manifest: DocumentMut = text.parse().ok()?;
    let of_workspace = || manifest.get("workspace")?.get("dependencies")?.get(package);
    let own = manifest.get("dependencies").and_then(|dependencies| dependencies.get(package));
    // `{ workspace = true }` has no version itself.
    of_workspace().or(own).cloned()
}

/// The dependency as `myrina.toml` writes it: a version, a path or a repository.
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
    fn the_runtime_is_that_of_the_manifest() {
        let converted = |manifest: &str| {
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
            assert_eq!(converted(manifest).as_deref(), runtime, "{manifest}");
        }
    }
}
