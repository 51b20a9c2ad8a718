//! The command line: `myrina`, in this repository `cargo codegen`.

mod add;
mod diff;
mod generate;
mod import;
mod inspect;
mod list;
mod remove;
mod update;

use crate::{
    error::Error,
    overrides,
    workspace::{config, import::Documentation},
};
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use std::{
    io::{IsTerminal, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::OnceLock,
};

/// Generates Rust crates from AWS service models.
#[derive(Debug, Parser)]
#[command(name = "myrina", version, about, max_term_width = 100)]
struct Arguments {
    /// The folder of `myrina.toml`; by default the nearest one, upwards from the current folder.
    #[arg(long, global = true)]
    root: Option<PathBuf>,
    /// When to print colors.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
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
    /// Lists the services of `myrina.toml`, or with `--from` those that can be added, with versions and numbers of operations.
    List(list::Arguments),
    /// Removes a service: its generated crate, its imported model, and its entry in `myrina.toml`. Files of your own stay.
    Remove(remove::Arguments),
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
    main_as("myrina")
}

/// As [`main`], for a program that is started by another command, such as `cargo codegen`, which the help then names.
pub fn main_as(command: &'static str) -> ExitCode {
    let matches = Arguments::command().bin_name(command).try_get_matches();
    match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => run(arguments).unwrap_or_else(|error| report(&error)),
        Err(error) => {
            error.print().ok();
            let has_operations = std::env::args().any(|argument| argument == "--operations");
            if error.kind() == clap::error::ErrorKind::UnknownArgument && has_operations {
                eprint(COMMA);
            }
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

/// Whether a model's documentation is kept: the options of all commands that import one.
#[derive(Clone, Copy, Debug, clap::Args)]
#[group(skip)]
struct Docs {
    /// Keep the model's documentation, which becomes that of the crate: the default of `add`.
    #[arg(long, overrides_with = "without_docs")]
    with_docs: bool,
    /// Leave out the model's documentation: the default of `import`.
    #[arg(long)]
    without_docs: bool,
}

impl Docs {
    /// What is asked for, or else the default of the command.
    fn or(self, default: Documentation) -> Documentation {
        match self {
            Self { with_docs: true, .. } => Documentation::Keep,
            Self { without_docs: true, .. } => Documentation::Strip,
            _ => default,
        }
    }
}

/// How to write several operations.
const COMMA: &str = "note: several operations are separated by commas: `--operations Query,PutItem`\n";

/// When to print colors.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The option `--color`, which is set once.
static COLOR: OnceLock<Color> = OnceLock::new();

/// Whether a stream gets colors.
fn colors(stream: &impl IsTerminal) -> bool {
    match COLOR.get().copied().unwrap_or_default() {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let is_forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
                || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            stream.is_terminal() && !is_forbidden
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    let Arguments { root, color, generate, command } = arguments;
    COLOR.get_or_init(|| color);
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
        Some(Command::List(own)) if own.has_explicit_source() => list::run(root.ok().as_deref(), &own),
        Some(Command::List(own)) => list::run(Some(&root?), &own),
        Some(Command::Remove(own)) => remove::run(&root?, &own),
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
    eprint(&error.render(colors(&std::io::stderr())));
    ExitCode::FAILURE
}
