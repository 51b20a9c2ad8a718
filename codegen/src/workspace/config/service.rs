//! Reads `[crate]` and each `[[service]]`.

use super::table::{Source, Spanned, Table, article};
use super::{COMMAND, ServiceConfig};
use crate::ir::Runtime;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use toml_edit::{InlineTable, Value};

/// `[crate]`: the defaults of all services.
#[derive(Debug)]
pub(super) struct Defaults {
    runtime: Runtime,
    version: String,
    command: String,
}

/// The default version of a generated crate.
const VERSION: &str = "0.1.0";

/// How to write the runtime.
const RUNTIME: &str = "write `\"workspace\"`, a version such as `\"0.1\"`, `{ path = \"runtime\" }`, or `{ git = \"https://…\" }`";

/// Reads `[crate]`.
pub(super) fn defaults(source: &mut Source<'_>, document: &mut Table<'_>) -> Defaults {
    let own = Runtime::Version(env!("CARGO_PKG_VERSION").to_owned());
    let Some(mut table) = document.table(source, "crate") else {
        return Defaults { runtime: own, version: VERSION.to_owned(), command: COMMAND.to_owned() };
    };
    let runtime = runtime(source, &mut table).unwrap_or(own);
    let version = crate_version(source, &mut table, "version").unwrap_or_else(|| VERSION.to_owned());
    let command = command(source, &mut table).unwrap_or_else(|| COMMAND.to_owned());
    table.finish(source);
    Defaults { runtime, version, command }
}

/// Reads the command that runs the generator. It is printed in comments and messages.
fn command(source: &mut Source<'_>, table: &mut Table<'_>) -> Option<String> {
    let command = table.string(source, "command")?;
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'`' || byte == b' ';
    if command.value.is_empty() || !command.value.bytes().all(plain) || command.value.contains("--") {
        let message = format!("`{}` cannot be a command", command.value.escape_debug());
        source.report(&command.at, message, "write what runs the generator, such as `\"cargo codegen\"`");
    }
    Some(command.value)
}

/// Reads the version of a package.
fn crate_version(source: &mut Source<'_>, table: &mut Table<'_>, key: &'static str) -> Option<String> {
    let version = table.string(source, key)?;
    if semver::Version::parse(&version.value).is_err() {
        source.report(
            &version.at,
            format!("`{}` cannot be the version of a package", version.value),
            "write a semantic version, such as `\"0.1.0\"` or `\"0.1.0-beta.1\"`",
        );
    }
    Some(version.value)
}

fn runtime(source: &mut Source<'_>, table: &mut Table<'_>) -> Option<Runtime> {
    if !table.has("runtime") {
        table.item("runtime");
        return None;
    }
    let at = table.span("runtime");
    let item = table.item("runtime")?;
    if let Some(text) = item.as_str() {
        if text == "workspace" {
            return Some(Runtime::Workspace);
        }
        let requirement = text.trim_start_matches(['^', '~', '=', '<', '>', ' ']);
        if !requirement.starts_with(|first: char| first.is_ascii_digit()) {
            source.report(&at, format!("`{text}` is not a version of the runtime"), RUNTIME);
        }
        return Some(Runtime::Version(text.to_owned()));
    }
    let Some(inner) = item.as_table_like() else {
        source.report(
            &at,
            format!("`runtime` is {}, not a string or a table", article(item.type_name())),
            RUNTIME,
        );
        return None;
    };
    let mut inner = Table::new(inner, at);
    let found = if inner.has("git") { repository(source, &mut inner) } else { path(source, &mut inner) };
    inner.finish(source);
    found
}

fn path(source: &mut Source<'_>, table: &mut Table<'_>) -> Option<Runtime> {
    let path = table.string(source, "path");
    if path.is_none() && !table.has("path") {
        source.report(
            &table.at,
            "`runtime` has neither `path` nor `git`",
            "write `{ path = \"runtime\" }`, relative to this file, or `{ git = \"https://…\" }`",
        );
    }
    Some(Runtime::Path(path?.value))
}

fn repository(source: &mut Source<'_>, table: &mut Table<'_>) -> Option<Runtime> {
    let keys = ["git", "branch", "tag", "rev"].into_iter().filter_map(|key| {
        let text = table.string(source, key)?.value;
        Some(format!("{key} = {}", toml_edit::Value::from(text)))
    });
    let keys: Vec<String> = keys.collect();
    (!keys.is_empty()).then(|| Runtime::Git(keys.join(", ")))
}

/// The packages and folders of the services so far.
#[derive(Debug, Default)]
pub(super) struct UsedNames {
    crates: BTreeMap<String, String>,
    outputs: Vec<(PathBuf, String)>,
}

/// Reads one `[[service]]`. `None` with a report if it has no valid name.
pub(super) fn service(
    root: &Path,
    source: &mut Source<'_>,
    mut table: Table<'_>,
    defaults: &Defaults,
    used: &mut UsedNames,
) -> Option<ServiceConfig> {
    let name = table.string(source, "name");
    if name.is_none() && !table.has("name") {
        let help = "add it, such as `name = \"lambda\"`: the folder of the service in models/";
        source.report(&table.at, "this service has no `name`", help);
    }
    let version = table.string(source, "version").map(|version| version.value);
    let crate_name = table.string(source, "crate");
    let crate_version = crate_version(source, &mut table, "crate_version");
    let models = table.string(source, "models");
    let output = table.string(source, "output");
    let overrides = table.string(source, "overrides");
    let operations = table.strings(source, "operations");
    let protocol = table.string(source, "protocol").map(|protocol| protocol.value);
    let dependencies = table.table(source, "dependencies");
    let module = table.string(source, "module");
    if let Some(module) = &module {
        for key in
            ["crate", "crate_version", "output", "dependencies"].into_iter().filter(|key| table.has(key))
        {
            let message =
                format!("`{key}` is that of a crate, but this service is a module of one that is there");
            source.report(&module.at, message, format!("remove `{key}` or `module`"));
        }
    }
    table.finish(source);

    let name = name.filter(|name| check_name(source, name))?;
    let default = |folder: &str| Spanned { at: name.at.clone(), value: format!("{folder}/{}", name.value) };
    let crate_name = crate_name.unwrap_or_else(|| Spanned {
        at: name.at.clone(),
        value: format!("myrina-{}", name.value.replace('.', "-")),
    });
    check_package(source, &crate_name, &name.value, used);
    let models = within_root(source, &models.unwrap_or_else(|| default("models")))?;
    let is_module = module.is_some();
    let output = module.or(output).unwrap_or_else(|| default("generated"));
    let output = within_root(source, &output)
        .filter(|path| ensure_unused(source, &output.at, path, &models, &name.value, used))?;
    if let Some(Spanned { at, .. }) = operations.as_ref().filter(|operations| operations.value.is_empty()) {
        source.report(
            at,
            "`operations` is empty",
            "list the operations to generate, or remove the key to generate all",
        );
    }
    Some(ServiceConfig {
        at: source.location(&name.at),
        version,
        crate_name: crate_name.value,
        crate_version: crate_version.unwrap_or_else(|| defaults.version.clone()),
        command: defaults.command.clone(),
        runtime: rebase_runtime(&defaults.runtime, &output),
        dependencies: dependencies
            .map(|table| self::dependencies(source, table, &output))
            .unwrap_or_default(),
        overrides: overrides_file(root, source, overrides, &models),
        models,
        output,
        module: is_module,
        operations: operations.map(|operations| operations.value),
        protocol,
        name: name.value,
    })
}

/// Whether a service's name is that of a folder. If not, that is reported.
fn check_name(source: &mut Source<'_>, name: &Spanned<String>) -> bool {
    let is_valid = crate::workspace::import::is_folder_name(&name.value);
    if !is_valid {
        let message = format!("`{}` cannot be the name of a service", name.value);
        source.report(
            &name.at,
            message,
            "the names are those of the folders in botocore/data, such as `lambda` or `acm-pca`",
        );
    }
    is_valid
}

/// Crates that every crate can use, or every generated one.
const RESERVED_CRATES: [&str; 6] = ["alloc", "core", "myrina", "proc_macro", "std", "test"];

fn check_package(source: &mut Source<'_>, name: &Spanned<String>, service: &str, used: &mut UsedNames) {
    let identifier = name.value.replace('-', "_");
    let letters = name.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if !letters || name.value.len() > 64 || syn::parse_str::<syn::Ident>(&identifier).is_err() {
        source.report(
            &name.at,
            format!("`{}` cannot be the name of a package", name.value),
            "use a letter and then letters, digits, `-` and `_`, at most 64 in all, and not a keyword of Rust",
        );
    } else if RESERVED_CRATES.contains(&&*identifier) {
        source.report(
            &name.at,
            format!("a package `{}` would hide the crate of that name from those that use it", name.value),
            "give it another name, such as `myrina-core`",
        );
    } else if let Some(other) = used.crates.insert(identifier, service.to_owned()) {
        let message = format!("the package `{}` is already that of `{other}`", name.value);
        source.report(&name.at, message, "give one of the two another name with `crate`");
    }
}

/// A path in the folder of the file. `None` with a report if it leads out of it.
fn within_root(source: &mut Source<'_>, path: &Spanned<String>) -> Option<PathBuf> {
    let normal = |step: Component<'_>| matches!(step, Component::Normal(_));
    let clean: PathBuf =
        Path::new(&path.value).components().filter(|step| *step != Component::CurDir).collect();
    let right =
        clean.components().all(normal) && clean.components().next().is_some() && !path.value.contains('\\');
    if !right {
        source.report(
            &path.at,
            format!("`{}` leads out of the folder of this file", path.value),
            "write a path relative to this file, without `..`, and with `/` between its parts",
        );
    }
    right.then_some(clean)
}

/// Whether an output folder overlaps with no other output and not with the models. If it does, that is reported.
fn ensure_unused(
    source: &mut Source<'_>,
    at: &Range<usize>,
    output: &Path,
    models: &Path,
    service: &str,
    used: &mut UsedNames,
) -> bool {
    let overlaps = |other: &Path| other.starts_with(output) || output.starts_with(other);
    let other = used
        .outputs
        .iter()
        .find(|(other, _)| overlaps(other))
        .map(|(_, other)| format!("the output of `{other}`"));
    let other = other.or_else(|| overlaps(models).then(|| "the models".to_owned()));
    if let Some(other) = &other {
        let message = format!("the output `{}` overlaps with {other}", output.display());
        source.report(at, message, "give each its own folder with `output`");
    }
    used.outputs.push((output.to_owned(), service.to_owned()));
    other.is_none()
}

/// The overrides of the entry, which must exist, or those beside the models, if they exist.
fn overrides_file(
    root: &Path,
    source: &mut Source<'_>,
    named: Option<Spanned<String>>,
    models: &Path,
) -> Option<PathBuf> {
    let Some(named) = named else {
        let beside = models.join("overrides.json");
        return root.join(&beside).is_file().then_some(beside);
    };
    let path = within_root(source, &named)?;
    if !root.join(&path).is_file() {
        let message = format!("there is no file `{}`", path.display());
        source.report(&named.at, message, "create it, correct the path, or remove the key");
        return None;
    }
    Some(path)
}

/// Makes the runtime's path relative to the generated crate; in the workspace file, it is relative to that file.
fn rebase_runtime(runtime: &Runtime, output: &Path) -> Runtime {
    match runtime {
        Runtime::Path(path) if Path::new(path).is_relative() => Runtime::Path(relative_to(output, path)),
        other => other.clone(),
    }
}

/// How to write a dependency.
const DEPENDENCY: &str = "write it as in Cargo.toml: a version such as `\"1.2\"`, or `{ path = \"money\" }`";

/// Reads `[service.dependencies]`: packages whose types overrides use instead of shapes. Returns names and TOML values.
fn dependencies(source: &mut Source<'_>, table: Table<'_>, output: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, at, item) in table.into_items() {
        let value = match item.clone().into_value() {
            Ok(value @ Value::String(_)) => value,
            Ok(Value::InlineTable(table)) if !table.is_empty() => Value::InlineTable(rebase(table, output)),
            _ => {
                let message = format!("`{name}` is {}, not a dependency", item.type_name());
                source.report(&at, message, DEPENDENCY);
                continue;
            }
        };
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
            let help = "use letters, digits, `-` and `_`";
            source.report(&at, format!("`{name}` cannot be the name of a package"), help);
            continue;
        }
        if name == "myrina" {
            source.report(
                &at,
                "`myrina` is a dependency of every crate",
                "configure it with `runtime` in `[crate]`",
            );
            continue;
        }
        found.push((name, value.decorated("", "").to_string()));
    }
    found.sort();
    found
}

/// Makes a path relative to the crate; in the workspace file, it is relative to that file.
fn rebase(mut table: InlineTable, output: &Path) -> InlineTable {
    if let Some(path) = table.get_mut("path")
        && let Some(text) = path.as_str().filter(|text| Path::new(text).is_relative())
    {
        *path = relative_to(output, text).into();
    }
    table.fmt();
    table
}

/// A path that is relative to the workspace file, made relative to `output`.
fn relative_to(output: &Path, path: &str) -> String {
    let up = "../".repeat(output.components().count());
    format!("{up}{}", path.trim_start_matches("./"))
}
