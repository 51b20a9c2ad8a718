//! The suite `wire`: any service of a model catalogue, to be compared with other implementations line by line.

use super::{Problem, Program, generate};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// Generates and compiles the newest version of the service `name` in the catalogue `models`, and answers JSON lines from
/// standard input until there are no more. What is under way is told on standard error.
pub(super) fn run(models: &Path, name: &str) -> Result<ExitCode, Problem> {
    let folder = newest(models, name)?;
    eprintln!("generating {}", folder.display());
    let module = generate(&folder, "service")?;
    eprintln!("compiling {} operations", module.requests.len());
    let path = Program::new(&format!("wire/{name}"))?.build(&[module])?;
    eprintln!("ready");
    let status = Command::new(path).status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The folder of the service's newest version: versions are dates, and sort as text.
pub(super) fn newest(models: &Path, name: &str) -> Result<PathBuf, Problem> {
    let folder = models.join(name);
    let versions = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let versions = versions.map(|version| Ok(version?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    let has_model = |version: &PathBuf| {
        ["json", "json.gz"].iter().any(|ending| version.join(format!("service-2.{ending}")).is_file())
    };
    versions
        .into_iter()
        .filter(has_model)
        .max()
        .ok_or_else(|| format!("{}: no folder in it has a service-2.json", folder.display()).into())
}
