//! One `[[service]]`, and `[crate]`, which holds for all.

use super::table::{Source, Spanned, Table};
use super::{COMMAND, ServiceConfig, dependencies};
use crate::ir::Runtime;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

/// What `[crate]` says.
#[derive(Debug)]
pub(super) struct Common {
    runtime: Runtime,
    version: String,
    command: String,
}

/// The version of a generated crate that none is given for.
const VERSION: &str = "0.1.0";

/// What the runtime may be.
const RUNTIME: &str = "write `\"workspace\"`, a version such as `\"0.1\"`, `{ path = \"runtime\" }`, or `{ git = \"https://…\" }`";

/// Takes `[crate]`.
pub(super) fn common(source: &mut Source<'_>, document: &mut Table<'_>) -> Common {
    let own = Runtime::Version(env!("CARGO_PKG_VERSION").to_owned());
    let Some(mut table) = document.table(source, "crate") else {
        return Common { runtime: own, version: VERSION.to_owned(), command: COMMAND.to_owned() };
    };
    let runtime = runtime(source, &mut table).unwrap_or(own);
    let version = crate_version(source, &mut table, "version").unwrap_or_else(|| VERSION.to_owned());
    let command = command(source, &mut table).unwrap_or_else(|| COMMAND.to_owned());
    table.finish(source);
    Common { runtime, version, command }
}

/// Takes what people type to run the generator. It stands in a comment, and in messages.
fn command(source: &mut Source<'_>, table: &mut Table<'_>) -> Option<String> {
    let command = table.string(source, "command")?;
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'`' || byte == b' ';
    if command.value.is_empty() || !command.value.bytes().all(plain) || command.value.contains("--") {
        let message = format!("`{}` cannot be a command", command.value.escape_debug());
        source.report(&command.at, message, "write what runs the generator, such as `\"cargo codegen\"`");
    }
    Some(command.value)
}

/// Takes the version of a package.
fn crate_version(source: &mut Source<'_>, table: &mut Table<'_>, key: &'static str) -> Option<String> {
    let version = table.string(source, key)?;
    if !is_version(&version.value) {
        source.report(
            &version.at,
            format!("`{}` cannot be the version of a package", version.value),
            "write three numbers, such as `\"0.1.0\"`, and perhaps a `-` and the name of a pre-release",
        );
    }
    Some(version.value)
}

/// Whether cargo takes it for a version, as far as a look at it tells.
fn is_version(text: &str) -> bool {
    let (numbers, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
    numbers.split('.').count() == 3 && numbers.split('.').all(number) && rest.bytes().all(named)
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
            source.report(&at, format!("`{text}` is no version of the runtime"), RUNTIME);
        }
        return Some(Runtime::Version(text.to_owned()));
    }
    let Some(inner) = item.as_table_like() else {
        source.report(&at, format!("`runtime` is no string and no table but {}", item.type_name()), RUNTIME);
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
            "`runtime` has no `path` and no `git`",
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

/// Which packages and folders are already spoken for.
#[derive(Debug, Default)]
pub(super) struct Taken {
    crates: BTreeMap<String, String>,
    outputs: Vec<(PathBuf, String)>,
}

/// Reads one `[[service]]`. `None` with a report where it has no usable name.
pub(super) fn service(
    root: &Path,
    source: &mut Source<'_>,
    mut table: Table<'_>,
    common: &Common,
    taken: &mut Taken,
) -> Option<ServiceConfig> {
    let name = table.string(source, "name");
    if name.is_none() && !table.has("name") {
        let help = "add `name = \"lambda\"`, say: the folder of the service in models/";
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
    table.finish(source);

    let name = name.filter(|name| plain_name(source, name))?;
    let default = |folder: &str| Spanned { at: name.at.clone(), value: format!("{folder}/{}", name.value) };
    let crate_name = crate_name.unwrap_or_else(|| Spanned {
        at: name.at.clone(),
        value: format!("myrina-{}", name.value.replace('.', "-")),
    });
    package_name(source, &crate_name, &name.value, taken);
    let models = inside(source, &models.unwrap_or_else(|| default("models")))?;
    let output = output.unwrap_or_else(|| default("generated"));
    let output =
        inside(source, &output).filter(|path| free(source, &output.at, path, &models, &name.value, taken))?;
    if let Some(Spanned { at, .. }) = operations.as_ref().filter(|operations| operations.value.is_empty()) {
        source.report(
            at,
            "`operations` names none",
            "name the operations to generate, or leave the key out for all",
        );
    }
    Some(ServiceConfig {
        at: source.place(&name.at),
        version,
        crate_name: crate_name.value,
        crate_version: crate_version.unwrap_or_else(|| common.version.clone()),
        command: common.command.clone(),
        runtime: beside(&common.runtime, &output),
        dependencies: dependencies
            .map(|table| dependencies::read(source, table, &output))
            .unwrap_or_default(),
        overrides: overrides_file(root, source, overrides, &models),
        models,
        output,
        operations: operations.map(|operations| operations.value),
        protocol,
        name: name.value,
    })
}

/// A service's name is the name of a folder, and part of a package's.
fn plain_name(source: &mut Source<'_>, name: &Spanned<String>) -> bool {
    let plain = crate::workspace::import::is_folder_name(&name.value);
    if !plain {
        let message = format!("`{}` cannot be the name of a service", name.value);
        source.report(
            &name.at,
            message,
            "the names are those of the folders in botocore/data, such as `lambda` or `acm-pca`",
        );
    }
    plain
}

/// Crates that are there for every crate, or for every generated one.
const HIDING: [&str; 6] = ["alloc", "core", "myrina", "proc_macro", "std", "test"];

fn package_name(source: &mut Source<'_>, name: &Spanned<String>, service: &str, taken: &mut Taken) {
    let identifier = name.value.replace('-', "_");
    let letters = name.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if !letters || name.value.len() > 64 || syn::parse_str::<syn::Ident>(&identifier).is_err() {
        source.report(
            &name.at,
            format!("`{}` cannot be the name of a package", name.value),
            "such a name begins with a letter, goes on with letters, digits, `-` and `_`, has at most 64 of them, and is no word of Rust",
        );
    } else if HIDING.contains(&&*identifier) {
        source.report(
            &name.at,
            format!("a package `{}` would hide the crate of that name from those that use it", name.value),
            "give it another name, such as `myrina-core`",
        );
    } else if let Some(other) = taken.crates.insert(identifier, service.to_owned()) {
        let message = format!("the package `{}` is already that of `{other}`", name.value);
        source.report(&name.at, message, "give one of the two another name with `crate`");
    }
}

/// A path that stays below the folder of the file.
fn inside(source: &mut Source<'_>, path: &Spanned<String>) -> Option<PathBuf> {
    let normal = |step: Component<'_>| matches!(step, Component::Normal(_));
    let clean: PathBuf =
        Path::new(&path.value).components().filter(|step| *step != Component::CurDir).collect();
    let right =
        clean.components().all(normal) && clean.components().next().is_some() && !path.value.contains('\\');
    if !right {
        source.report(
            &path.at,
            format!("`{}` does not stay in the folder of this file", path.value),
            "write a path relative to this file, without `..`, and with `/` between its parts",
        );
    }
    right.then_some(clean)
}

/// Whether a folder may be generated: nothing that is not ours may lie in it.
fn free(
    source: &mut Source<'_>,
    at: &Range<usize>,
    output: &Path,
    models: &Path,
    service: &str,
    taken: &mut Taken,
) -> bool {
    let overlaps = |other: &Path| other.starts_with(output) || output.starts_with(other);
    let other = taken
        .outputs
        .iter()
        .find(|(other, _)| overlaps(other))
        .map(|(_, other)| format!("the output of `{other}`"));
    let other = other.or_else(|| overlaps(models).then(|| "the models".to_owned()));
    if let Some(other) = &other {
        let message = format!("the output `{}` and {other} lie in one another", output.display());
        source.report(at, message, "give each a folder of its own with `output`");
    }
    taken.outputs.push((output.to_owned(), service.to_owned()));
    other.is_none()
}

/// The overrides that are named, which must be there, or those beside the models, where they are.
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
    let path = inside(source, &named)?;
    if !root.join(&path).is_file() {
        let message = format!("there is no file `{}`", path.display());
        source.report(
            &named.at,
            message,
            "write the overrides there, correct the path, or leave the key out",
        );
        return None;
    }
    Some(path)
}

/// The runtime as seen from the generated crate: a path is relative to this file in the one, to the crate in the other.
fn beside(runtime: &Runtime, output: &Path) -> Runtime {
    match runtime {
        Runtime::Path(path) if Path::new(path).is_relative() => {
            Runtime::Path(dependencies::seen_from(output, path))
        }
        other => other.clone(),
    }
}
