//! `diff`: what a newer model changes for users.

use crate::{
    diagnostic::Diagnostics,
    did_you_mean::closest,
    parallel,
    report::diff::{self, Origin, Report, Wanted},
    workspace::config::{self, Config},
};
use std::{
    collections::BTreeSet,
    io::IsTerminal as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
#[command(after_long_help = diff::policy_text())]
pub(super) struct Arguments {
    /// What was: a botocore wheel, a folder with its data, a folder `models`, or the folder of one model.
    old: PathBuf,
    /// What is now, likewise.
    new: PathBuf,
    /// Only this service; may stand several times. Without it, those that `myrina.toml` names. Its overrides and operations
    /// apply to both sides.
    #[arg(long)]
    service: Vec<String>,
    /// All services that are on either side.
    #[arg(long, conflicts_with = "service")]
    all: bool,
    /// How it is told.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Exit with 3 where anything is a compile break.
    #[arg(long)]
    exit_code: bool,
}

/// How reports are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Text, with colours where it is shown.
    Terminal,
    /// Markdown, for a changelog.
    Markdown,
    /// JSON, with all that there is.
    Json,
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> ExitCode {
    let mut diagnostics = Diagnostics::new();
    let config = root.and_then(|root| config::read(root, &mut diagnostics));
    if let Some(root) = root.filter(|_| !diagnostics.is_empty()) {
        return super::report(root, &diagnostics);
    }
    let compared = match compare(root.unwrap_or(Path::new("")), config.as_ref(), arguments) {
        Ok(compared) => compared,
        Err(message) => return super::fail(&message),
    };
    super::say(&told(&compared.reports, &compared.notes, arguments.format));
    for note in &compared.notes {
        super::warn(&format!("note: {note}\n"));
    }
    if !compared.failures.is_empty() {
        return super::fail(&compared.failures.join("\n"));
    }
    let major = compared.reports.iter().any(|report| report.verdict() == Some(diff::Verdict::Major));
    if arguments.exit_code && major { ExitCode::from(BREAKING) } else { ExitCode::SUCCESS }
}

/// The exit status that says that something breaks; 1 and 2 say that the command failed.
const BREAKING: u8 = 3;

/// What came of comparing several services.
struct Compared {
    reports: Vec<Report>,
    /// What was left aside, and why.
    notes: Vec<String>,
    /// What is wrong with models that could not be compared.
    failures: Vec<String>,
}

/// Reports in one of the formats; the notes are in those that programs read.
pub(super) fn told(reports: &[Report], notes: &[String], format: Format) -> String {
    let colour = std::io::stdout().is_terminal();
    let each = |one: &dyn Fn(&Report) -> String| reports.iter().map(one).collect::<Vec<_>>().join("\n");
    match format {
        Format::Terminal => each(&|report| diff::terminal(report, colour)),
        Format::Markdown => each(&diff::markdown),
        Format::Json => format!("{:#}\n", diff::json(reports, notes)),
    }
}

fn compare(root: &Path, config: Option<&Config>, arguments: &Arguments) -> Result<Compared, String> {
    let (old, new) = (Origin::open(&arguments.old)?, Origin::open(&arguments.new)?);
    let configured = |name: &str| config?.services.iter().find(|service| service.name == name);
    let (mut reports, mut failures) = (Vec::new(), Vec::new());
    let (names, notes) = services(config, arguments, &old, &new)?;
    let one = |name: &String| {
        let mut wanted = match configured(name) {
            Some(service) => Wanted::configured(root, service),
            None => Wanted::plain(root, name),
        };
        wanted.pruned = old.pruned(&wanted).or_else(|| new.pruned(&wanted));
        match (old.side(&wanted), new.side(&wanted)) {
            (Ok(old), Ok(new)) => Ok(diff::compare(name, &old, &new)),
            (old, new) => Err([old.err(), new.err()].into_iter().flatten().collect::<Vec<_>>()),
        }
    };
    for compared in parallel::map(&names, parallel::threads(), |_| 0, one) {
        match compared {
            Ok(report) => reports.push(report),
            Err(reasons) => failures.extend(reasons),
        }
    }
    Ok(Compared { reports, notes, failures })
}

/// The services to compare: the named ones, or else those that are meant and on both sides; and what is on one side alone.
fn services(
    config: Option<&Config>,
    arguments: &Arguments,
    old: &Origin,
    new: &Origin,
) -> Result<(Vec<String>, Vec<String>), String> {
    if !arguments.service.is_empty() {
        for name in &arguments.service {
            there(old, name)?;
            there(new, name)?;
        }
        return Ok((arguments.service.clone(), Vec::new()));
    }
    if let Some(name) = old.service().or_else(|| new.service()) {
        there(old, &name)?;
        there(new, &name)?;
        let other = new.service().filter(|other| *other != name);
        let note = other
            .map(|other| format!("{} is a model of `{name}`, {} one of `{other}`", old.label(), new.label()));
        return Ok((vec![name], note.into_iter().collect()));
    }
    let all = || [old, new].into_iter().filter_map(Origin::services).flatten().cloned();
    let meant: BTreeSet<String> = match config {
        _ if arguments.all => all().collect(),
        Some(config) => config.services.iter().map(|service| service.name.clone()).collect(),
        None => BTreeSet::new(),
    };
    let (mut names, mut notes) = (Vec::new(), Vec::new());
    for name in meant {
        match (there(old, &name), there(new, &name)) {
            (Ok(()), Ok(())) => names.push(name),
            (Ok(()), Err(_)) => notes.push(format!("{} has no service `{name}` any more", new.label())),
            (Err(_), Ok(())) => notes.push(format!("{} has the new service `{name}`", new.label())),
            (Err(_), Err(_)) => notes.push(format!("neither side has the service `{name}`")),
        }
    }
    if names.is_empty() && notes.is_empty() {
        return Err(
            "there is no myrina.toml that names services: name one with --service, or all with --all"
                .to_owned(),
        );
    }
    Ok((names, notes))
}

fn there(origin: &Origin, name: &str) -> Result<(), String> {
    let Some(services) = origin.services() else { return Ok(()) };
    if services.iter().any(|there| there == name) {
        return Ok(());
    }
    let help = closest(name, services.iter().map(String::as_str))
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default();
    Err(format!("{} has no service `{name}`{help}", origin.label()))
}
