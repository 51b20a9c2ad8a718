//! The command: `myrina`, in this repository `cargo codegen`.

mod add;
mod diff;
mod generate;
mod import;
mod inspect;
mod update;

use crate::{diagnostic::Diagnostics, overrides, render};
use clap::{Parser, Subcommand};
use std::{
    io::{IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Generates Rust crates from AWS service models.
#[derive(Debug, Parser)]
#[command(name = "myrina", version, about, max_term_width = 100)]
struct Arguments {
    /// The folder that has `myrina.toml` in it; without it, the nearest above.
    #[arg(long, global = true)]
    root: Option<PathBuf>,
    #[command(flatten)]
    generate: generate::Arguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates what `myrina.toml` names: what is done without a command, too.
    Generate(generate::Arguments),
    /// Adds a service, or more operations of one: imports its model, names it in `myrina.toml`, generates its crate.
    Add(add::Arguments),
    /// Takes service models over from botocore, and does no more.
    Import(import::Arguments),
    /// Tells what a newer model changes for those who use the generated crate, and what version that asks for.
    Diff(diff::Arguments),
    /// Takes over newer models: imports them, tells what they change, generates, and raises the crates' versions by it.
    Update(update::Arguments),
    /// Shows what a service, an operation or a type becomes: names, types, wire, errors.
    Inspect(inspect::Arguments),
    /// Prints the JSON schema of `overrides.json`, for editors.
    Schema,
}

/// Runs the command that the process's arguments name.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.generate.is_any() && !matches!(arguments.command, None | Some(Command::Generate(_))) {
        return fail("--check, --dry-run and --json before a command are for `generate`");
    }
    if let Some(Command::Schema) = arguments.command {
        say(overrides::SCHEMA);
        return ExitCode::SUCCESS;
    }
    let root = match (arguments.root.map_or_else(find_root, Ok), &arguments.command) {
        // Models can be compared where nothing is configured, too.
        (root, Some(Command::Diff(own))) => return diff::run(root.as_deref().ok(), own),
        (Err(_), Some(Command::Inspect(own))) if own.is_elsewhere() => return inspect::run(None, own),
        (Ok(root), _) => root,
        // What is added to need not be there yet.
        (Err(_), Some(Command::Add(own))) => return add::run(&package(), own),
        (Err(message), _) => return fail(&message),
    };
    match arguments.command {
        None | Some(Command::Schema) => generate::run(&root, arguments.generate),
        // What stands before the command counts as what stands behind it.
        Some(Command::Generate(own)) => generate::run(&root, own.or(arguments.generate)),
        Some(Command::Add(arguments)) => add::run(&root, &arguments),
        Some(Command::Import(arguments)) => import::run(&root, &arguments),
        Some(Command::Diff(arguments)) => diff::run(Some(&root), &arguments),
        Some(Command::Update(arguments)) => update::run(&root, &arguments),
        Some(Command::Inspect(arguments)) => inspect::run(Some(&root), &arguments),
    }
}

/// The nearest folder, from the current one upwards, with a workspace file.
fn find_root() -> Result<PathBuf, String> {
    let here = std::env::current_dir().map_err(|error| format!("the current folder: {error}"))?;
    let has_file = |folder: &&Path| folder.join("myrina.toml").is_file();
    here.ancestors().find(has_file).map(Path::to_owned).ok_or_else(|| {
        "there is no myrina.toml here or in any folder above; it names the services to generate, such as\n\n    \
         [[service]]\n    name = \"lambda\"\n\n`myrina add` makes one"
            .to_owned()
    })
}

/// The nearest folder, from the current one upwards, with a manifest; or else the current one.
fn package() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let has_file = |folder: &&Path| folder.join("Cargo.toml").is_file();
    here.ancestors().find(has_file).map_or_else(|| here.clone(), Path::to_owned)
}

/// Tells why nothing was done; what was found in files says already that it is an error.
fn fail(message: &str) -> ExitCode {
    let message = message.strip_prefix("error: ").unwrap_or(message);
    warn(&format!("error: {message}\n"));
    ExitCode::FAILURE
}

/// Prints a text; a reader that has seen enough, such as `head`, may leave.
fn say(text: &str) {
    std::io::stdout().write_all(text.as_bytes()).ok();
}

/// Prints to where errors go, likewise.
fn warn(text: &str) {
    std::io::stderr().write_all(text.as_bytes()).ok();
}

/// Tells all that is wrong with the input.
fn report(root: &Path, diagnostics: &Diagnostics) -> ExitCode {
    warn(&render::render(diagnostics, root, std::io::stderr().is_terminal()));
    ExitCode::FAILURE
}
