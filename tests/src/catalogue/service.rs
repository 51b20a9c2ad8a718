//! One service: its crate, its figures, and the record that says a later run that it is finished.

use super::digest::{self, Digest};
use crate::BoxError;
use myrina_codegen::{
    diagnostic::Diagnostics,
    files::Plan,
    generate::Generated,
    render,
    workspace::{Workspace, config::ServiceConfig},
};
use serde_json::{Value, json};
use std::{
    env, fs,
    path::PathBuf,
    time::{Duration, Instant},
};

/// What a crate came out as.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    /// The number of operations.
    pub(super) operations: u64,
    /// The number of types: requests, responses, errors and the rest.
    pub(super) shapes: u64,
    /// The lines of all files.
    pub(super) lines: u64,
    /// The bytes of all files.
    pub(super) bytes: u64,
    /// How long it took, from reading the model to the last written file.
    pub(super) time: Duration,
    /// The sum of all files.
    pub(super) digest: String,
    /// It was there already.
    pub(super) resumed: bool,
}

/// A crate, or why there is none.
pub(super) type Outcome = Result<Made, String>;

/// Makes crates.
pub(super) struct Maker<'a> {
    workspace: &'a Workspace,
    /// The sum of the generator.
    generator: String,
    /// What an earlier run made counts.
    resume: bool,
}

impl<'a> Maker<'a> {
    /// Fails if the generator, this program, cannot be read.
    pub(super) fn new(workspace: &'a Workspace, resume: bool) -> Result<Self, BoxError> {
        let mut digest = Digest::default();
        digest.add("generator", &fs::read(env::current_exe()?)?);
        fs::create_dir_all(workspace.root.join("made"))?;
        Ok(Self { workspace, generator: digest.finish(), resume })
    }

    /// Makes the crate of a service, unless it is there.
    pub(super) fn make(&self, service: &ServiceConfig) -> Outcome {
        let key = self.key(service).map_err(|error| error.to_string())?;
        if self.resume
            && let Some(made) = self.earlier(&key, service)
        {
            return Ok(made);
        }
        let made = self.generate(service)?;
        self.record(&key, service, &made).map_err(|error| error.to_string())?;
        Ok(made)
    }

    fn generate(&self, service: &ServiceConfig) -> Outcome {
        let started = Instant::now();
        let mut diagnostics = Diagnostics::new();
        let generated = self.workspace.generate(service, &mut diagnostics);
        let Some(Generated { operations, types, files }) = generated else {
            return Err(render::render(&diagnostics, &self.workspace.root, false));
        };
        let plan = Plan::new(&self.workspace.root.join(&service.output), &files);
        plan.and_then(|plan| plan.apply()).map_err(|error| error.to_string())?;
        let time = started.elapsed();
        let mut digest = Digest::default();
        files.iter().for_each(|(path, text)| digest.add(path, text.as_bytes()));
        Ok(Made {
            operations: operations as u64,
            shapes: types as u64,
            lines: files.iter().map(|(_, text)| text.lines().count() as u64).sum(),
            bytes: files.iter().map(|(_, text)| text.len() as u64).sum(),
            time,
            digest: digest.finish(),
            resumed: false,
        })
    }

    /// The sum of all that the crate is a function of.
    fn key(&self, service: &ServiceConfig) -> Result<String, BoxError> {
        let folder = self.workspace.model_folder(service, &mut Diagnostics::new());
        let folder = folder.map(|folder| folder.path).unwrap_or_default();
        let mut digest = Digest::default();
        digest.add("generator", self.generator.as_bytes());
        digest.add("options", format!("{:?}", service.options(&folder)).as_bytes());
        digest.add("model", digest::of_folder(&self.workspace.root.join(&folder))?.as_bytes());
        Ok(digest.finish())
    }

    fn record_file(&self, service: &ServiceConfig) -> PathBuf {
        self.workspace.root.join("made").join(format!("{}.json", service.name))
    }

    /// What an earlier run made of the same, if it is still so on the disk.
    fn earlier(&self, key: &str, service: &ServiceConfig) -> Option<Made> {
        let record: Value = serde_json::from_slice(&fs::read(self.record_file(service)).ok()?).ok()?;
        let number = |name: &str| record.get(name).and_then(Value::as_u64);
        let made = Made {
            operations: number("operations")?,
            shapes: number("shapes")?,
            lines: number("lines")?,
            bytes: number("bytes")?,
            time: Duration::from_secs_f64(record.get("seconds")?.as_f64()?),
            digest: record.get("digest")?.as_str()?.to_owned(),
            resumed: true,
        };
        let same = record.get("key")?.as_str()? == key
            && digest::of_folder(&self.workspace.root.join(&service.output))
                .is_ok_and(|sum| sum == made.digest);
        same.then_some(made)
    }

    fn record(&self, key: &str, service: &ServiceConfig, made: &Made) -> std::io::Result<()> {
        let record = json!({
            "key": key,
            "operations": made.operations,
            "shapes": made.shapes,
            "lines": made.lines,
            "bytes": made.bytes,
            "seconds": made.time.as_secs_f64(),
            "digest": made.digest,
        });
        fs::write(self.record_file(service), record.to_string())
    }
}
