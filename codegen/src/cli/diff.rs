//! `diff`: shows how a newer model affects users.

use crate::{
    error::Error,
    parallel,
    report::{
        diff::{self, Report, SemverLevel},
        json, print,
    },
    workspace::{
        Workspace,
        model_source::{ModelSource, snapshot_options},
    },
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
#[command(after_long_help = diff::policy_text())]
pub(super) struct Arguments {
    /// The old models: a botocore wheel, a folder with its data, a folder `models`, or the folder of one model.
    old: PathBuf,
    /// The new models, likewise.
    new: PathBuf,
    /// Only this service; may be repeated. By default, the services of `myrina.toml`. Its overrides and operations apply to both
    /// sides.
    #[arg(long)]
    service: Vec<String>,
    /// All services of either side.
    #[arg(long, conflicts_with = "service")]
    all: bool,
    #[command(flatten)]
    format: FormatArguments,
    /// Exit with status 3 if any change is a compile break.
    #[arg(long)]
    exit_code: bool,
}

/// The options that choose the format of reports.
#[derive(Clone, Copy, Debug, clap::Args)]
#[group(skip)]
pub(super) struct FormatArguments {
    /// The format of the changes.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Print the changes as JSON and nothing else, as `--format json` does.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl FormatArguments {
    pub(super) fn get(self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// The format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Text, with colors on a terminal.
    Terminal,
    /// Markdown, for a changelog.
    Markdown,
    /// JSON, with all details.
    Json,
}

/// The exit status for a compile break; 1 and 2 are errors.
const BREAKING: u8 = 3;

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<ExitCode, Error> {
    let workspace = root.map(Workspace::open).transpose()?;
    let Comparisons { reports, notes, errors } = compare(workspace.as_ref(), arguments)?;
    let format = arguments.format.get();
    if arguments.all && format != Format::Json {
        let changed: Vec<Report> = reports
            .iter()
            .filter(|report| report.level().is_some() || !report.problems.is_empty())
            .cloned()
            .collect();
        super::print(&print::overview(&reports, format == Format::Markdown));
        super::print(&format_reports(&changed, &notes, format));
    } else {
        super::print(&format_reports(&reports, &notes, format));
    }
    for note in &notes {
        super::eprint(&format!("note: {note}\n"));
    }
    if !errors.is_empty() {
        return Err(Error::all(errors));
    }
    let is_major = reports.iter().any(|report| report.level() == Some(SemverLevel::Major));
    Ok(if arguments.exit_code && is_major { ExitCode::from(BREAKING) } else { ExitCode::SUCCESS })
}

/// Reports in one of the formats. Only JSON has the notes in it.
pub(super) fn format_reports(reports: &[Report], notes: &[String], format: Format) -> String {
    let color = super::colors(&std::io::stdout());
    let each = |one: &dyn Fn(&Report) -> String| reports.iter().map(one).collect::<Vec<_>>().join("\n");
    match format {
        Format::Terminal => each(&|report| print::terminal(report, color)),
        Format::Markdown => each(&print::markdown),
        Format::Json => format!("{:#}\n", json::json(reports, notes)),
    }
}

/// The comparisons of several services.
struct Comparisons {
    reports: Vec<Report>,
    /// The services that were not compared, and why.
    notes: Vec<String>,
    /// The errors of models that could not be compared.
    errors: Vec<Error>,
}

fn compare(workspace: Option<&Workspace>, arguments: &Arguments) -> Result<Comparisons, Error> {
    let (old, new) = (ModelSource::open(&arguments.old)?, ModelSource::open(&arguments.new)?);
    let (mut reports, mut errors) = (Vec::new(), Vec::new());
    let (names, notes) = services(workspace, arguments, &old, &new)?;
    let one = |name: &String| {
        let mut options = snapshot_options(workspace, name);
        options.pruned = match old.pruned(&options) {
            Ok(None) => new.pruned(&options).map_err(|error| vec![error])?,
            pruned => pruned.map_err(|error| vec![error])?,
        };
        match (old.snapshot(&options), new.snapshot(&options)) {
            (Ok(old), Ok(new)) => Ok(diff::compare(name, &old, &new)),
            (old, new) => Err([old.err(), new.err()].into_iter().flatten().collect::<Vec<_>>()),
        }
    };
    for compared in parallel::map(&names, parallel::threads(), |_| 0, one) {
        match compared {
            Ok(report) => reports.push(report),
            Err(found) => errors.extend(found),
        }
    }
    Ok(Comparisons { reports, notes, errors })
}

/// The services to compare, and notes on those that only one side has: the services of the arguments, or the single model's, or those
/// of the workspace.
fn services(
    workspace: Option<&Workspace>,
    arguments: &Arguments,
    old: &ModelSource,
    new: &ModelSource,
) -> Result<(Vec<String>, Vec<String>), Error> {
    if !arguments.service.is_empty() {
        let resolve = |name: &String| new.require_service(&old.require_service(name)?);
        let mut names = arguments.service.iter().map(resolve).collect::<Result<Vec<String>, Error>>()?;
        names.dedup();
        return Ok((names, Vec::new()));
    }
    if let Some(name) = old.service().or_else(|| new.service()) {
        old.require_service(&name)?;
        new.require_service(&name)?;
        let other = new.service().filter(|other| *other != name);
        let note = other
            .map(|other| format!("{} is a model of `{name}`, {} one of `{other}`", old.label(), new.label()));
        return Ok((vec![name], note.into_iter().collect()));
    }
    let all = || [old, new].into_iter().filter_map(ModelSource::services).flatten().map(str::to_owned);
    let candidates: BTreeSet<String> = match workspace {
        _ if arguments.all => all().collect(),
        Some(workspace) => workspace.config.services.iter().map(|service| service.name.clone()).collect(),
        None => BTreeSet::new(),
    };
    let (mut names, mut notes) = (Vec::new(), Vec::new());
    for name in candidates {
        match (has(old, &name), has(new, &name)) {
            (true, true) => names.push(name),
            (true, false) => notes.push(format!("{} no longer has the service `{name}`", new.label())),
            (false, true) => notes.push(format!("{} has the new service `{name}`", new.label())),
            (false, false) => notes.push(format!("neither side has the service `{name}`")),
        }
    }
    if names.is_empty() && notes.is_empty() {
        let message = "there is no myrina.toml with services: give one with --service, or all with --all";
        return Err(Error::Usage(message.to_owned()));
    }
    Ok((names, notes))
}

/// Whether the source has a service, by its folder.
fn has(source: &ModelSource, name: &str) -> bool {
    source.services().is_none_or(|services| services.contains(&name))
}
