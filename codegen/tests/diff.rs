//! Compares models: every kind of change that the policy lists, each in its own pair of models, and the reports.
//!
//! `UPDATE=1` writes the expected texts anew; read them before you commit them.

use myrina_codegen::{
    emit,
    report::{
        diff::{self, Kind, POLICY, Place, Report, SemverLevel},
        json::json,
        print::{markdown, terminal},
        snapshot::{Snapshot, SnapshotOptions},
    },
    workspace::model_source::ModelSource,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use toml_edit::{DocumentMut, Item};

/// The kind that a change of nothing is named by.
const NONE: &str = "no change";

#[test]
fn every_kind_of_change_is_found_and_nothing_else() {
    let cases = cases();
    let named: BTreeSet<&str> = cases.iter().map(Case::kind).filter(|kind| *kind != NONE).collect();
    let known: BTreeSet<&str> = POLICY.iter().map(|rule| rule.what).collect();
    assert_eq!(named, known, "the fixture has each kind of the policy");
    let mut output = String::new();
    for case in &cases {
        let (old, new) = case.snapshots();
        let report = diff::compare("library", &old, &new);
        let found = report.changes.iter().any(|change| change.kind.rule().what == case.kind());
        assert!(
            found || case.kind() == NONE && report.changes.is_empty(),
            "{}: {:?}",
            case.name,
            report.changes
        );
        assert_eq!(unexplained(&report, &old, &new), Vec::<String>::new(), "{}", case.name);
        output.push_str(&format!("# {}\n{}\n", case.name, lines(&report)));
    }
    assert_expected("expected.txt", &output);
}

/// Of all services, those without a change are only counted.
#[test]
fn the_comparison_of_all_services_begins_with_a_summary() {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff-all");
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diff/library");
    for side in ["old", "new"] {
        for service in ["library", "archive", "museum"] {
            let folder = data.join(side).join(service).join("2020-01-01");
            fs::create_dir_all(&folder).unwrap();
            for entry in fs::read_dir(&library).unwrap().map(Result::unwrap) {
                fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
            }
        }
    }
    let file = data.join("new/museum/2020-01-01/service-2.json");
    let model = fs::read_to_string(&file).unwrap();
    fs::write(&file, model.replacen(",\n        \"Owner\": {\"shape\": \"Text\"}", "", 1)).unwrap();
    let run = |options: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_myrina"));
        command.arg("diff").arg(data.join("old")).arg(data.join("new")).arg("--all").args(options);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let shown = run(&[]);
    assert!(
        shown.starts_with("3 services: 1 changed, 2 without a change\n  major: 1: museum\n\nmuseum: "),
        "{shown}"
    );
    assert!(!shown.contains("library") && !shown.contains("no change"), "{shown}");
    let shown = run(&["--format", "markdown"]);
    assert!(
        shown.starts_with("# 3 services: 1 changed, 2 without a change\n\n- major: 1: museum\n\n## museum: "),
        "{shown}"
    );
    // Programs get everything.
    let json: serde_json::Value = serde_json::from_str(&run(&["--json"])).unwrap();
    assert_eq!(json["services"].as_array().unwrap().len(), 3);
}

#[test]
fn a_report_reads_well_in_each_format() {
    let merged = [
        "member removed",
        "value added",
        "error newly listed",
        "member became required",
        "type renamed",
        "documentation",
    ];
    let merged = merge(&merged);
    let (old, new) = merged.snapshots();
    let mut report = diff::compare("library", &old, &new);
    report.problems.push("myrina.toml: new has no operation `Burn`".to_owned());
    assert_expected("terminal.txt", &terminal(&report, false));
    assert_expected("markdown.md", &markdown(&report));
    assert_expected(
        "json.json",
        &format!("{:#}\n", json(&[report.clone()], &["new has the new service `archive`".to_owned()])),
    );
    // Colours say nothing that the words do not.
    let coloured = terminal(&report, true);
    assert_ne!(coloured, terminal(&report, false));
    assert_eq!(anstyle_free(&coloured), terminal(&report, false));
}

#[test]
fn identical_sides_have_no_changes() {
    let library = fixtures().join("library");
    let source = ModelSource::open(&library).unwrap();
    let options = SnapshotOptions::new(Path::new(""), "library");
    let report =
        diff::compare("library", &source.snapshot(&options).unwrap(), &source.snapshot(&options).unwrap());
    assert_eq!(report.level(), None);
    assert!(terminal(&report, false).ends_with("no change\n"));
    assert!(markdown(&report).ends_with("No change.\n"));
}

#[test]
fn overrides_that_no_longer_apply_are_reported_without_failing() {
    let case = cases().into_iter().find(|case| case.name == "member removed").unwrap();
    let (temporary, folder) = case.written();
    let overrides = temporary.path().join("overrides.json");
    fs::write(&overrides, r#"{"shapes": {"Book": {"members": {"Owner": {"rename": "Keeper"}}}}}"#).unwrap();
    let options = SnapshotOptions {
        overrides: Some(overrides),
        operations: Some(vec!["FindBook".to_owned(), "BurnBook".to_owned()]),
        ..SnapshotOptions::new(Path::new(""), "library")
    };
    let side = |name: &str| ModelSource::open(&folder.join(name)).unwrap().snapshot(&options).unwrap();
    let report = diff::compare("library", &side("old"), &side("new"));
    assert_eq!(lines(&report), "major member removed: Book::keeper: Option<String> [FindBook]\n");
    let [over, operation] = report.problems.as_slice() else { panic!("{:?}", report.problems) };
    assert!(over.contains("/shapes/Book/members/Owner: there is no member `Owner` to override"), "{over}");
    assert!(operation.contains("has no operation `BurnBook`"), "{operation}");
}

#[test]
fn ignored_parts_are_not_compared() {
    let merged = merge(&["paginator removed", "operation removed", "member removed"]);
    let (temporary, folder) = merged.written();
    let overrides = temporary.path().join("overrides.json");
    let text = r#"{
        "operations": {"CloseLibrary": {"ignore": true}},
        "shapes": {"Book": {"members": {"Owner": {"ignore": true}}}},
        "paginators": {"FindBook": {"ignore": true}}
    }"#;
    fs::write(&overrides, text).unwrap();
    let options =
        SnapshotOptions { overrides: Some(overrides), ..SnapshotOptions::new(Path::new(""), "library") };
    let side = |name: &str| ModelSource::open(&folder.join(name)).unwrap().snapshot(&options).unwrap();
    let report = diff::compare("library", &side("old"), &side("new"));
    assert_eq!(lines(&report), "");
    assert_eq!(report.problems.len(), 3, "{:?}", report.problems);
}

/// Compares two botocore installations or wheels, for the services named, and looks whether each generated file that differs has a
/// change that says so.
#[test]
fn changes_of_real_models_explain_every_generated_difference() {
    let variable = |name: &str| std::env::var(name).ok();
    let (Some(old), Some(new)) = (variable("MYRINA_DIFF_OLD"), variable("MYRINA_DIFF_NEW")) else {
        println!("MYRINA_DIFF_OLD and MYRINA_DIFF_NEW are not set: no real models were compared");
        return;
    };
    let services = variable("MYRINA_DIFF_SERVICES").unwrap_or_else(|| "lambda,s3".to_owned());
    let (old, new) =
        (ModelSource::open(Path::new(&old)).unwrap(), ModelSource::open(Path::new(&new)).unwrap());
    for service in services.split(',') {
        let options = SnapshotOptions::new(Path::new(""), service);
        let (old, new) = (old.snapshot(&options).unwrap(), new.snapshot(&options).unwrap());
        let report = diff::compare(service, &old, &new);
        println!("{service}: {} changes, {:?}", report.changes.len(), report.level());
        assert_eq!(unexplained(&report, &old, &new), Vec::<String>::new(), "{service}");
    }
}

/// One change of the library's model.
struct Case {
    name: String,
    old: Vec<[String; 2]>,
    new: Vec<[String; 2]>,
}

impl Case {
    /// `member retyped` of `member retyped: an element`.
    fn kind(&self) -> &str {
        self.name.split_once(": ").map_or(&*self.name, |(kind, _)| kind)
    }

    fn snapshots(&self) -> (Snapshot, Snapshot) {
        let (_temporary, folder) = self.written();
        let options = SnapshotOptions::new(Path::new(""), "library");
        let side = |name: &str| {
            let mut side = ModelSource::open(&folder.join(name))
                .unwrap()
                .snapshot(&options)
                .unwrap_or_else(|output| panic!("{}: {output}", self.name));
            name.clone_into(&mut side.label);
            side
        };
        (side("old"), side("new"))
    }

    /// Both sides in a folder that goes away.
    fn written(&self) -> (TempDir, PathBuf) {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().to_owned();
        for (side, replacements) in [("old", &self.old), ("new", &self.new)] {
            fs::create_dir(folder.join(side)).unwrap();
            let mut files = library();
            for [from, to] in replacements {
                let count: usize = files.values().map(|text| text.matches(from.as_str()).count()).sum();
                assert_eq!(count, 1, "{}: {from:?} stands once in the library", self.name);
                for text in files.values_mut() {
                    *text = text.replace(from.as_str(), to);
                }
            }
            for (name, text) in files {
                fs::write(folder.join(side).join(name), text).unwrap();
            }
        }
        (temporary, folder)
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diff")
}

/// The files of the library's model.
fn library() -> BTreeMap<String, String> {
    let entries = fs::read_dir(fixtures().join("library")).unwrap().map(|entry| entry.unwrap());
    let file = |entry: fs::DirEntry| {
        (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
    };
    entries.map(file).collect()
}

fn cases() -> Vec<Case> {
    let document: DocumentMut = fs::read_to_string(fixtures().join("changes.toml")).unwrap().parse().unwrap();
    let side = |case: &Item, side: &str| -> Vec<[String; 2]> {
        let list = case.get(side).and_then(Item::as_array);
        let text = |pair: &toml_edit::Value, index: usize| {
            pair.as_array().unwrap().get(index).unwrap().as_str().unwrap().to_owned()
        };
        list.into_iter().flatten().map(|pair| [text(pair, 0), text(pair, 1)]).collect()
    };
    let case = |(name, case): (&str, &Item)| Case {
        name: name.to_owned(),
        old: side(case, "old"),
        new: side(case, "new"),
    };
    document.iter().map(case).collect()
}

/// Several changes at once.
fn merge(names: &[&str]) -> Case {
    let mut merged = Case { name: names.join(", "), old: Vec::new(), new: Vec::new() };
    for name in names {
        let case = cases().into_iter().find(|case| case.name == *name).unwrap();
        merged.old.extend(case.old);
        merged.new.extend(case.new);
    }
    merged
}

/// All changes, a line each.
fn lines(report: &Report) -> String {
    let line = |change: &diff::Change| {
        let rule = change.kind.rule();
        let from_to = match (&change.from, &change.to) {
            (Some(from), Some(to)) => format!(": {from} → {to}"),
            (Some(one), None) | (None, Some(one)) => format!(": {one}"),
            (None, None) => String::new(),
        };
        format!("{} {}: {}{from_to} [{}]\n", rule.level, rule.what, change.item, change.operations.join(", "))
    };
    report.changes.iter().map(line).collect()
}

/// The generated files that differ although no change has to do with them, and changes of which nothing generated says.
fn unexplained(report: &Report, old: &Snapshot, new: &Snapshot) -> Vec<String> {
    let (before, after) = (emit::emit(&old.krate), emit::emit(&new.krate));
    let paths: BTreeSet<&str> = before.iter().chain(after.iter()).map(|(path, _)| path).collect();
    let differing: Vec<&str> = paths.into_iter().filter(|path| before.get(path) != after.get(path)).collect();
    let mut unexplained: Vec<String> = Vec::new();
    for path in &differing {
        if !report.changes.iter().any(|change| touches(change, path, new, old)) {
            unexplained.push(format!("{path} differs"));
        }
    }
    // What only the model says is in no file.
    let outside = [
        Kind::SuccessStatusChanged,
        Kind::PaginatorAdded,
        Kind::PaginatorChanged,
        Kind::PaginatorRemoved,
        Kind::WaiterAdded,
        Kind::WaiterChanged,
        Kind::WaiterRemoved,
    ];
    for change in report.changes.iter().filter(|change| !outside.contains(&change.kind)) {
        if !differing.iter().any(|path| touches(change, path, new, old)) {
            unexplained.push(format!("{change:?} is in no file"));
        }
    }
    unexplained
}

/// Whether a change can be seen in a file.
fn touches(change: &diff::Change, path: &str, new: &Snapshot, old: &Snapshot) -> bool {
    let modules: Vec<String> = [old, new]
        .iter()
        .flat_map(|side| &side.krate.operations)
        .filter(|operation| {
            change.operations.contains(&operation.wire_name)
                || matches!(&change.place, Place::Operation(name) if *name == operation.wire_name)
                || change.kind == Kind::OperationRenamed
                    && change
                        .from
                        .as_ref()
                        .is_some_and(|from| from.ends_with(&format!("::{}", operation.request.name)))
        })
        .map(|operation| format!("src/{}.rs", operation.module.trim_start_matches("r#")))
        .collect();
    let whole = [Kind::OperationAdded, Kind::OperationRemoved, Kind::OperationRenamed];
    match path {
        "Cargo.toml" => matches!(change.kind, Kind::ProtocolChanged | Kind::Documentation),
        "README.md" | "src/lib.rs" => whole.contains(&change.kind) || change.place == Place::Service,
        "src/endpoint.rs" => change.kind == Kind::EndpointRulesChanged,
        "src/dynamic.rs" => whole.contains(&change.kind),
        "src/service.rs" => {
            change.place == Place::Service
                || matches!(&change.place, Place::Type(name) if name.starts_with("errors::"))
        }
        "src/types.rs" => matches!(&change.place, Place::Type(name) if name.starts_with("types::")),
        "src/errors.rs" => matches!(&change.place, Place::Type(name) if name.starts_with("errors::")),
        "tests/lens_laws.rs" => change.kind != Kind::Documentation,
        module => {
            modules.iter().any(|name| name == module)
                || matches!(change.kind, Kind::NestedDeeper | Kind::NestedLess)
        }
    }
}

fn assert_expected(file: &str, output: &str) {
    let path = fixtures().join(file);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, output).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let differing = output.lines().zip(expected.lines()).find(|(output, expected)| output != expected);
    assert!(output == expected, "{file} differs, first in {differing:?}; UPDATE=1 writes it");
}

/// Without the sequences that colour it.
fn anstyle_free(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain + rest
}

/// The policy is in order: what is graver comes first.
#[test]
fn the_policy_table_is_complete_and_sorted() {
    assert!(POLICY.is_sorted_by_key(|rule| std::cmp::Reverse(rule.level)));
    assert!(
        POLICY.iter().all(|rule| (rule.impact == diff::Impact::Break) == (rule.level == SemverLevel::Major))
    );
    assert_eq!(diff::policy_text().matches("\n  ").count(), POLICY.len());
}
