//! The command line: `myrina`, in this repository `cargo codegen`.

mod add;
mod diff;
mod generate;
mod import;
mod inspect;
mod update;

use crate::{error::Error, overrides, workspace::config};
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
    /// The folder of `myrina.toml`; by default the nearest one, upwards from the current folder.
    #[arg(long, global = true)]
    root: Option<PathBuf>,
    #[command(flatten)]
    generate: generate::Arguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates the crates of `myrina.toml`. This is the default command.
    Generate(generate::Arguments),
    /// Adds a service, or more operations of one: imports its model, adds it to `myrina.toml`, generates its crate.
    Add(add::Arguments),
    /// Imports service models from botocore, without generating anything.
    Import(import::Arguments),
    /// Shows how a newer model affects users of the generated crate, and which version that requires.
    Diff(diff::Arguments),
    /// Imports newer models, shows what they change, generates the crates, and bumps their versions accordingly.
    Update(update::Arguments),
    /// Shows what is generated for a service, an operation or a type: names, types, bindings, errors.
    Inspect(inspect::Arguments),
    /// Prints the JSON schema of `overrides.json`, for editors.
    Schema,
}

/// Runs the command that the arguments of the process name.
pub fn main() -> ExitCode {
    run(Arguments::parse()).unwrap_or_else(|error| report(&error))
}

fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    let Arguments { root, generate, command } = arguments;
    if generate.is_any() && !matches!(command, None | Some(Command::Generate(_))) {
        return Err(Error::Usage(
            "--check, --dry-run and --json before a command are for `generate`".to_owned(),
        ));
    }
    let root = root.map_or_else(find_root, Ok);
    match command {
        None => generate::run(&root?, generate),
        // Options before the command count as options after it.
        Some(Command::Generate(own)) => generate::run(&root?, own.or(generate)),
        // The workspace need not exist yet.
        Some(Command::Add(own)) => add::run(&root.unwrap_or_else(|_| package()), own),
        Some(Command::Import(own)) => import::run(&root?, own),
        // Models can be compared without a workspace, too.
        Some(Command::Diff(own)) => diff::run(root.ok().as_deref(), &own),
        Some(Command::Update(own)) => update::run(&root?, &own),
        Some(Command::Inspect(own)) if own.has_explicit_source() => inspect::run(root.ok().as_deref(), &own),
        Some(Command::Inspect(own)) => inspect::run(Some(&root?), &own),
        Some(Command::Schema) => {
            print(overrides::SCHEMA);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The nearest folder, upwards from the current one, with a workspace file.
fn find_root() -> Result<PathBuf, Error> {
    let current = std::env::current_dir().map_err(Error::io("."))?;
    let has_file = |folder: &&Path| folder.join(config::FILE).is_file();
    current.ancestors().find(has_file).map(Path::to_owned).ok_or_else(|| {
        let message = "there is no myrina.toml in the current folder or any parent folder; it lists the services to generate, such as\n\n    \
         [[service]]\n    name = \"lambda\"\n\n`myrina add` creates it";
        Error::Usage(message.to_owned())
    })
}

/// The nearest folder, upwards from the current one, with a `Cargo.toml`; or else the current one.
fn package() -> PathBuf {
    let current = std::env::current_dir().unwrap_or_default();
    let has_file = |folder: &&Path| folder.join("Cargo.toml").is_file();
    current.ancestors().find(has_file).map_or_else(|| current.clone(), Path::to_owned)
}

/// Prints text. It is no error if the reader, such as `head`, closes the pipe early.
fn print(text: &str) {
    std::io::stdout().write_all(text.as_bytes()).ok();
}

/// Prints text to the standard error, likewise.
fn eprint(text: &str) {
    std::io::stderr().write_all(text.as_bytes()).ok();
}

/// Prints an error.
fn report(error: &Error) -> ExitCode {
    eprint(&error.render(std::io::stderr().is_terminal()));
    ExitCode::FAILURE
}
