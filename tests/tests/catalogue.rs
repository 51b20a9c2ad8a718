//! Runs the command `catalogue` on a catalogue of two services: its report, reproducibility, and resuming.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the command said, and whether it succeeded.
struct Told {
    success: bool,
    out: String,
    err: String,
}

#[test]
fn every_service_is_reported_and_reports_are_reproducible() {
    let folder = fresh("same");
    let message = catalogue(&folder, &["--jobs", "2", "--table", "table.md", "--date", "2020-02-29"]);
    assert!(message.success, "{}{}", message.out, message.err);
    assert!(message.out.contains("\ngenerated: 2 of 2 services in "), "{}", message.out);
    assert!(message.err.contains("generating 2/2"), "{}", message.err);
    let row = message.out.lines().find(|line| line.starts_with("lambda ")).unwrap();
    assert_eq!(row.split_whitespace().nth(1), Some("85"), "{row}");

    let table = fs::read_to_string(folder.join("table.md")).unwrap();
    for part in ["on 2020-02-29", "\n| hazards | 19 | ", "\n| lambda | 85 | ", &sum(&message.out)] {
        assert!(table.contains(part), "{part:?} is not in:\n{table}");
    }
    let lines = fs::read_to_string(folder.join("out/crates/lambda/src/invoke.rs")).unwrap();
    fs::write(folder.join("out/crates/lambda/src/invoke.rs"), lines.replace("Invoke", "invoke")).unwrap();
    let again = catalogue(&folder, &["--jobs", "1"]);
    assert_eq!(sum(&again.out), sum(&message.out));
    assert_eq!(fs::read_to_string(folder.join("out/crates/lambda/src/invoke.rs")).unwrap(), lines);
}

#[test]
fn unchanged_services_are_skipped_and_changed_ones_are_not() {
    let folder = fresh("resume");
    let first = catalogue(&folder, &[]);
    let resumed = catalogue(&folder, &["--resume"]);
    assert!(resumed.out.contains("2 of 2 services, 2 of them by an earlier run"), "{}", resumed.out);
    assert_eq!(sum(&resumed.out), sum(&first.out));
    // A changed crate is made again, and so is one of a changed model.
    fs::remove_file(folder.join("out/crates/lambda/Cargo.toml")).unwrap();
    let mended = catalogue(&folder, &["--resume"]);
    assert!(mended.out.contains("2 of 2 services, 1 of them by an earlier run"), "{}", mended.out);
    assert_eq!(sum(&mended.out), sum(&first.out));
    change(&folder, |model| model.replace("\"Pool\"", "\"Pond\""));
    let changed = catalogue(&folder, &["--resume"]);
    assert!(changed.out.contains("2 of 2 services, 1 of them by an earlier run"), "{}", changed.out);
    assert_ne!(sum(&changed.out), sum(&first.out));
}

#[test]
fn one_broken_model_does_not_hide_the_others() {
    let folder = fresh("broken");
    change(&folder, |model| model.replace("{\"shape\": \"Odd\"}", "{\"shape\": \"Gone\"}"));
    let message = catalogue(&folder, &[]);
    assert!(!message.success);
    assert!(message.out.contains("generated: 1 of 2 services"), "{}", message.out);
    assert!(
        message.out.contains("\nFAILED hazards: error: ") && message.out.contains("Gone"),
        "{}",
        message.out
    );
    let message = catalogue(&folder, &["--services", "lambda", "--check", "hazards"]);
    assert!(
        !message.success && message.err.contains("`hazards` is to be checked, but is not among"),
        "{}",
        message.err
    );
}

/// A folder with a catalogue of Lambda and of the service that `tests/hazards` has.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("catalogue-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let models = [
        ("lambda/2015-03-31", tests.join("../models/lambda/2015-03-31")),
        ("hazards/2020-01-01", tests.join("hazards/model")),
    ];
    for (model, source) in models {
        let target = folder.join("data").join(model);
        fs::create_dir_all(&target).unwrap();
        fs::copy(source.join("service-2.json"), target.join("service-2.json")).unwrap();
    }
    folder
}

/// Changes the model of `tests/hazards`.
fn change(folder: &Path, change: impl Fn(&str) -> String) {
    let file = folder.join("data/hazards/2020-01-01/service-2.json");
    let text = fs::read_to_string(&file).unwrap();
    let changed = change(&text);
    assert_ne!(changed, text);
    fs::write(file, changed).unwrap();
}

fn catalogue(folder: &Path, arguments: &[&str]) -> Told {
    let output = Command::new(env!("CARGO_BIN_EXE_catalogue"))
        .args(["--from", "data", "--out", "out"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Told { success: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
}

/// The sum of all files.
fn sum(out: &str) -> String {
    out.lines().find_map(|line| line.strip_prefix("sha256: ")).unwrap().to_owned()
}
