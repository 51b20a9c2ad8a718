//! Type-checks the generated crates with cargo, several at a time, and returns a verdict for each.

use super::{Arguments, Progress, workspace::Workspace};
use crate::BoxError;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read as _},
    num::NonZero,
    path::Path,
    process::{Command, Stdio},
    thread,
};

/// How many crates one call of cargo is given: one that ends before its time costs no more than these.
const BATCH: usize = 60;

/// Whether a crate passed, by service: nothing to say, or what the compiler said first.
pub(super) type Verdicts = BTreeMap<String, Result<(), String>>;

/// Checks the crates of these services, in this order. Fails if cargo cannot be started.
pub(super) fn check(
    workspace: &Workspace,
    services: &[String],
    arguments: &Arguments,
    threads: NonZero<usize>,
) -> Result<Verdicts, BoxError> {
    let progress = Progress::new("type-checking", services.len());
    let mut verdicts = Verdicts::new();
    for services in services.chunks(BATCH) {
        let packages = workspace.packages(services);
        let mut batch = Batch::new(workspace, &progress);
        let report = batch.run(cargo(workspace, arguments, threads).args(packages))?;
        for service in services {
            verdicts.insert(service.clone(), batch.verdict(service, &report));
        }
    }
    progress.finish();
    Ok(verdicts)
}

fn cargo(workspace: &Workspace, arguments: &Arguments, threads: NonZero<usize>) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["check", "--quiet", "--keep-going", "--message-format=json", "--jobs"])
        .arg(threads.to_string())
        .args(arguments.check_flags())
        .arg("--target-dir")
        .arg(workspace.root.join("build"))
        .current_dir(&workspace.root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    cargo
}

/// What one call of cargo says of its crates.
struct Batch<'a> {
    workspace: &'a Workspace,
    progress: &'a Progress,
    /// Those of which the library was checked.
    passed: Vec<String>,
    /// The first warning or error of each that has one.
    problems: BTreeMap<String, String>,
    /// Cargo failed, and of no crate.
    broken: bool,
}

impl<'a> Batch<'a> {
    fn new(workspace: &'a Workspace, progress: &'a Progress) -> Self {
        Self { workspace, progress, passed: Vec::new(), problems: BTreeMap::new(), broken: false }
    }

    /// Runs cargo to its end; what it writes to standard error is given back.
    fn run(&mut self, cargo: &mut Command) -> Result<String, BoxError> {
        let mut child = cargo.spawn()?;
        let (Some(out), Some(mut err)) = (child.stdout.take(), child.stderr.take()) else {
            return Err("cargo has no standard output".into());
        };
        let reading = thread::spawn(move || {
            let mut text = String::new();
            err.read_to_string(&mut text).map(|_| text)
        });
        self.read(BufReader::new(out))?;
        let status = child.wait()?;
        self.broken = !status.success() && self.problems.is_empty();
        Ok(reading.join().map_err(|_| "reading what cargo says panicked")??)
    }

    fn read(&mut self, out: impl BufRead) -> Result<(), BoxError> {
        for line in out.lines() {
            let message: Value = serde_json::from_str(&line?)?;
            let manifest = message["manifest_path"].as_str().map(Path::new);
            // Dependencies are not asked about.
            let Some(service) = manifest.and_then(|manifest| self.workspace.service(manifest)) else {
                continue;
            };
            match message["reason"].as_str() {
                Some("compiler-message") => self.note(service, &message["message"]),
                Some("compiler-artifact") if message["target"]["kind"][0] == "lib" => self.pass(service),
                _ => {}
            }
        }
        Ok(())
    }

    /// Warnings and errors alike; the rest explains them.
    fn note(&mut self, service: String, message: &Value) {
        let text = |key: &str| message[key].as_str().unwrap_or_default();
        if matches!(text("level"), "warning" | "error" | "error: internal compiler error") {
            self.problems.entry(service).or_insert_with(|| text("rendered").trim_end().to_owned());
        }
    }

    fn pass(&mut self, service: String) {
        if !self.passed.contains(&service) {
            self.progress.done(&service);
            self.passed.push(service);
        }
    }

    /// `told` is what there is to say of a crate that the compiler says nothing of, good or bad.
    fn verdict(&self, service: &str, report: &str) -> Result<(), String> {
        match self.problems.get(service) {
            Some(problem) => Err(problem.clone()),
            None if !self.broken && self.passed.iter().any(|passed| passed == service) => Ok(()),
            None => Err(format!("cargo did not come to the end of this crate:\n{}", report.trim_end())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn artifact(manifest: &str, kind: &str) -> Value {
        json!({ "reason": "compiler-artifact", "manifest_path": manifest, "target": { "kind": [kind] } })
    }

    fn report(manifest: &str, level: &str) -> Value {
        let message = json!({ "level": level, "rendered": format!("{level}: it is so\n") });
        json!({ "reason": "compiler-message", "manifest_path": manifest, "message": message })
    }

    #[test]
    fn each_crate_has_its_own_verdict() {
        let workspace = Workspace::example(&["fine", "warned", "failed", "missed", "noted"]);
        let lines = [
            artifact("/registry/fine/Cargo.toml", "lib"),
            artifact("/out/crates/fine/Cargo.toml", "lib"),
            report("/out/crates/warned/Cargo.toml", "warning"),
            artifact("/out/crates/warned/Cargo.toml", "lib"),
            report("/out/crates/failed/Cargo.toml", "error"),
            artifact("/registry/missed/Cargo.toml", "lib"),
            artifact("/out/crates/missed/Cargo.toml", "test"),
            report("/out/crates/noted/Cargo.toml", "failure-note"),
            artifact("/out/crates/noted/Cargo.toml", "lib"),
            json!({ "reason": "build-finished", "success": false }),
        ];
        let progress = Progress::new("checking", 5);
        let mut batch = Batch::new(&workspace, &progress);
        let lines = lines.map(|line| line.to_string()).join("\n");
        batch.read(lines.as_bytes()).unwrap();
        let verdicts = ["fine", "warned", "failed", "missed", "noted"];
        let verdicts = verdicts.map(|service| batch.verdict(service, "killed\n"));
        let missed = "cargo did not come to the end of this crate:\nkilled";
        let expected = [
            Ok(()),
            Err("warning: it is so".to_owned()),
            Err("error: it is so".to_owned()),
            Err(missed.to_owned()),
            Ok(()),
        ];
        assert_eq!(verdicts, expected);
        // A failure that no crate is blamed for leaves none in the clear.
        batch.broken = true;
        assert_eq!(batch.verdict("fine", "killed"), Err(missed.to_owned()));
    }
}
