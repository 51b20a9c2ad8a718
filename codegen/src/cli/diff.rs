//! `diff`: what a newer model changes for users.

use crate::{
    config::{self, Config},
    diagnostic::Diagnostics,
    diff::{self, Origin, Report, Wanted},
    read::nearest,
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
    /// Exit with 1 where anything is a compile break.
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
    match compare(root.unwrap_or(Path::new("")), config.as_ref(), arguments) {
        Ok(reports) => {
            print!("{}", told(&reports, arguments.format));
            let major = reports.iter().any(|report| report.verdict() == Some(diff::Verdict::Major));
            if arguments.exit_code && major { ExitCode::from(1) } else { ExitCode::SUCCESS }
        }
        Err(message) => super::fail(&message),
    }
}

/// Reports in one of the formats.
pub(super) fn told(reports: &[Report], format: Format) -> String {
    let colour = std::io::stdout().is_terminal();
    let each = |one: &dyn Fn(&Report) -> String| reports.iter().map(one).collect::<Vec<_>>().join("\n");
    match format {
        Format::Terminal => each(&|report| diff::terminal(report, colour)),
        Format::Markdown => each(&diff::markdown),
        Format::Json => format!("{:#}\n", diff::json(reports)),
    }
}

fn compare(root: &Path, config: Option<&Config>, arguments: &Arguments) -> Result<Vec<Report>, String> {
    let (old, new) = (Origin::open(&arguments.old)?, Origin::open(&arguments.new)?);
    let configured = |name: &str| config?.services.iter().find(|service| service.name == name);
    let mut reports = Vec::new();
    let mut failures = Vec::new();
    for name in services(config, arguments, &old, &new)? {
        let wanted = match configured(&name) {
            Some(service) => Wanted::configured(root, service),
            None => Wanted::plain(root, &name),
        };
        match (old.side(&wanted), new.side(&wanted)) {
            (Ok(old), Ok(new)) => reports.push(diff::compare(&name, &old, &new)),
            (old, new) => failures.extend([old.err(), new.err()].into_iter().flatten()),
        }
    }
    if failures.is_empty() { Ok(reports) } else { Err(failures.join("\n")) }
}

/// The services to compare: the named ones, or else those that are configured and on both sides.
fn services(
    config: Option<&Config>,
    arguments: &Arguments,
    old: &Origin,
    new: &Origin,
) -> Result<Vec<String>, String> {
    let lists: Vec<&[String]> = [old, new].iter().filter_map(|origin| origin.services()).collect();
    let on_both = |name: &str| lists.iter().all(|list| list.iter().any(|there| there == name));
    if !arguments.service.is_empty() {
        for name in &arguments.service {
            for origin in [old, new] {
                there(origin, name)?;
            }
        }
        return Ok(arguments.service.clone());
    }
    let single = old.service().or_else(|| new.service());
    let all = || lists.iter().flat_map(|list| list.iter().cloned()).collect::<BTreeSet<_>>();
    let names: Vec<String> = match (single, config) {
        (Some(name), _) => vec![name],
        (None, _) if arguments.all => all().into_iter().filter(|name| on_both(name)).collect(),
        (None, Some(config)) => {
            let names = config.services.iter().map(|service| service.name.clone());
            names.filter(|name| on_both(name)).collect()
        }
        (None, None) => Vec::new(),
    };
    if names.is_empty() {
        return Err("no service of myrina.toml is on both sides: name one with --service, or all with --all"
            .to_owned());
    }
    Ok(names)
}

fn there(origin: &Origin, name: &str) -> Result<(), String> {
    let Some(services) = origin.services() else { return Ok(()) };
    if services.iter().any(|there| there == name) {
        return Ok(());
    }
    let remedy = nearest(name, services.iter().map(String::as_str))
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default();
    Err(format!("{} has no service `{name}`{remedy}", origin.label()))
}
