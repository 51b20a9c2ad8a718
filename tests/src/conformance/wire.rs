//! The command `wire`: generates any service of a catalogue and runs the driver, for comparison with other implementations.

use super::{BoxError, Program, generate};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// Generates and compiles the newest version of the service `name` in the catalogue `models`, and answers JSON lines from
/// standard input until there are no more. What is under way is reported on standard error.
pub(super) fn run(models: &Path, name: &str) -> Result<ExitCode, BoxError> {
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
pub(super) fn newest(models: &Path, name: &str) -> Result<PathBuf, BoxError> {
    // By the catalogue's own names: another path would name a folder outside of it.
    if !entries(models)?.iter().any(|entry| entry.file_name().is_some_and(|known| known == name)) {
        return Err(format!("{}: there is no service {name:?}", models.display()).into());
    }
    let has_model = |version: &PathBuf| {
        ["json", "json.gz"].iter().any(|ending| version.join(format!("service-2.{ending}")).is_file())
    };
    let folder = models.join(name);
    let versions = entries(&folder)?.into_iter().filter(has_model);
    versions.max().ok_or_else(|| format!("{}: no folder in it has a service-2.json", folder.display()).into())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, BoxError> {
    let message = |error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(message)?;
    entries.map(|entry| Ok(entry.map_err(message)?.path())).collect()
}
