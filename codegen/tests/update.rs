//! Runs `update` and `inspect` in a workspace with the model of a library.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What the command said, and whether it succeeded.
struct Told {
    success: bool,
    out: String,
    err: String,
}

const CONFIG: &str =
    "# ours\n[crate]\nruntime = \"0.1\"\nversion = \"0.1.0\"\n\n[[service]]\nname = \"library\" # books\n";

#[test]
fn update_raises_the_version_and_regenerates() {
    let root = workspace("major");
    let newer = catalogue(&root, "newer", &[(",\n        \"Owner\": {\"shape\": \"Text\"}", "")]);
    let before = files(&root);
    let printed = myrina(&root, &["update", "--from", &newer, "--dry-run"]);
    assert!(
        printed.success && printed.out.contains("member removed: Book::owner: Option<String>"),
        "{}{}",
        printed.out,
        printed.err
    );
    assert!(printed.out.contains("myrina-library 0.1.0 → 0.2.0 (major)"), "{}", printed.out);
    assert!(before == files(&root), "a dry run has written");

    let printed = myrina(&root, &["update", "library", "--from", &newer]);
    assert!(printed.success, "{}", printed.err);
    assert!(
        printed.out.contains("Cargo.toml requires myrina-library 0.1: change it to 0.2.0"),
        "{}",
        printed.out
    );
    let config = fs::read_to_string(root.join("myrina.toml")).unwrap();
    assert_eq!(config, format!("{CONFIG}crate_version = \"0.2.0\"\n"));
    let manifest = fs::read_to_string(root.join("generated/library/Cargo.toml")).unwrap();
    assert!(manifest.contains("version = \"0.2.0\""), "{manifest}");
    let types = fs::read_to_string(root.join("generated/library/src/types.rs")).unwrap();
    assert!(!types.contains("pub owner"), "{types}");
    assert!(myrina(&root, &["--check"]).success);
}

#[test]
fn each_release_level_raises_its_version_part() {
    let root = workspace("parts");
    let member = (
        ",\n        \"Owner\": {\"shape\": \"Text\"}",
        ",\n        \"Owner\": {\"shape\": \"Text\"}, \"Reader\": {\"shape\": \"Text\"}",
    );
    let words = ("What stands below", "Stands below");
    for (name, change, version) in [("more", member, "0.1.1"), ("words", words, "0.1.2")] {
        let newer = catalogue(&root, name, &[member, change]);
        let printed = myrina(&root, &["update", "--from", &newer]);
        assert!(printed.success && printed.out.contains(version), "{}{}", printed.out, printed.err);
        let config = fs::read_to_string(root.join("myrina.toml")).unwrap();
        assert_eq!(config, format!("{CONFIG}crate_version = \"{version}\"\n"));
    }
}

#[test]
fn documentation_is_kept_if_the_old_model_had_it() {
    for (option, kept) in [(Some("--with-docs"), true), (None, false)] {
        let root = empty(if kept { "prose" } else { "facts" });
        let old = catalogue(&root, "old", &[]);
        let arguments: Vec<&str> = ["import", "library", "--from", &old].into_iter().chain(option).collect();
        assert!(myrina(&root, &arguments).success);
        let newer = catalogue(&root, "newer", &[("\"Finds a book.\"", "\"Finds books.\"")]);
        let printed = myrina(&root, &["update", "--from", &newer]);
        assert!(printed.success, "{}", printed.err);
        assert_eq!(printed.out.contains("(patch)"), kept, "{}", printed.out);
        let model = fs::read_to_string(root.join("models/library/2020-01-01/service-2.json")).unwrap();
        assert_eq!(model.contains("Finds books."), kept);
    }
}

#[test]
fn nothing_is_written_if_an_override_no_longer_applies() {
    let root = workspace("unfit");
    let overrides = r#"{"shapes": {"Book": {"members": {"Owner": {"rename": "Keeper"}}}}}"#;
    fs::write(root.join("models/library/overrides.json"), overrides).unwrap();
    assert!(myrina(&root, &[]).success);
    let newer = catalogue(&root, "newer", &[(",\n        \"Owner\": {\"shape\": \"Text\"}", "")]);
    let before = files(&root);
    let printed = myrina(&root, &["update", "--from", &newer]);
    assert!(!printed.success, "{}", printed.out);
    assert!(printed.out.contains("member removed: Book::keeper"), "{}", printed.out);
    assert!(printed.err.contains("there is no member `Owner` to override"), "{}", printed.err);
    assert!(printed.err.contains("nothing was written"), "{}", printed.err);
    for arguments in [
        &["update", "--from", "nowhere"][..],
        &["update", "libary", "--from", &newer],
        &["--dry-run", "update", "--from", &newer],
    ] {
        assert!(!myrina(&root, arguments).success, "{arguments:?}");
    }
    assert!(before == files(&root), "a failure has written");
}

#[test]
fn a_pruned_model_stays_pruned() {
    let root = empty("pruned");
    let old = catalogue(&root, "old", &[]);
    let printed =
        myrina(&root, &["import", "library", "--operations", "PayFine,CloseLibrary", "--from", &old]);
    assert!(printed.success && myrina(&root, &[]).success, "{}", printed.err);
    let models = root.join("models");
    let newer = catalogue(
        &root,
        "newer",
        &[
            ("\"Paid\"", "\"PaidUp\""),
            ("\"CloseLibrary\": {\"name\": \"CloseLibrary\"", "\"Burn\": {\"name\": \"Burn\""),
            ("/close", "/burn"),
        ],
    );
    let compared = myrina(&root, &["diff", models.to_str().unwrap(), &newer, "--exit-code"]);
    let printed = myrina(&root, &["update", "--from", &newer]);
    assert!(printed.success, "{}", printed.err);
    for out in [&compared.out, &printed.out] {
        assert!(out.contains("major: 2 compile breaks\n"), "{out}");
        assert!(out.contains("member renamed: PayFineResponse::paid_up: paid → paid_up"), "{out}");
        assert!(out.contains("close_library::CloseLibrary: POST /close"), "{out}");
    }
    assert!(!compared.success);
    let record = fs::read_to_string(models.join("SOURCES.toml")).unwrap();
    assert!(record.contains("operations = [\"PayFine\"]"), "{record}");
    assert!(myrina(&root, &["--check"]).success);
}

#[test]
fn hand_written_configuration_is_kept() {
    let root = workspace("hand");
    fs::remove_file(root.join("models/SOURCES.toml")).unwrap();
    let newer = catalogue(&root, "newer", &[]);
    let printed = myrina(&root, &["update", "--from", &newer]);
    assert!(!printed.success && printed.err.contains("has no record of it"), "{}", printed.err);
}

#[test]
fn the_same_model_changes_nothing() {
    let root = workspace("same");
    let same = catalogue(&root, "same", &[]);
    let before = files(&root);
    let printed = myrina(&root, &["update", "--from", &same]);
    assert!(
        printed.success
            && printed.out.contains("no change")
            && printed.out.contains("0.1.0 (no change): 0 files written"),
        "{}",
        printed.out
    );
    assert!(before == files(&root));
}

#[test]
fn inspect_finds_an_item_by_any_of_its_names() {
    let root = workspace("inspect");
    let shown = |arguments: &[&str]| {
        let printed = myrina(&root, &[&["inspect", "library"], arguments].concat());
        assert!(printed.success, "{}", printed.err);
        printed.out
    };
    let find = shown(&["FindBook"]);
    for line in [
        "operation FindBook of library, from models/library/2020-01-01",
        "  call            find_book::FindBook::new(isbn, language)",
        "  request         GET /books/{Isbn}",
        "  endpoint        library, host prefix find.",
        "  authentication  Signature Version 4",
        "  pagination      from Edition, to Book.Owner, items Book.Copies",
        "request FindBook (shape FindBookRequest)",
        "  isbn      String       required  label Isbn         `Isbn`.",
        "  edition   Option<i32>            query edition      `Edition`.",
        "response FindBookResponse (shape FindBookResponse)",
        "  NoSuchBook  status 404  `NoSuchBook`.",
        "  BookFound",
    ] {
        assert!(find.lines().any(|shown| shown == line), "{line}\n{find}");
    }
    for name in ["find_book", "FindBookRequest", "FindBookResponse", "find_book::FindBook"] {
        assert_eq!(shown(&[name]), find, "{name}");
    }
    let book = shown(&["types::Book"]);
    for line in [
        "  direction  in responses",
        "  has        new(title, author), Clone, PartialEq",
        "  FindBookResponse::book",
        "  FindBook",
    ] {
        assert!(book.lines().any(|shown| shown == line), "{line}\n{book}");
    }
    assert_eq!(shown(&["Book"]), book);
    assert!(shown(&["Genre"]).contains("  SciFi    \"sci-fi\""));
    assert!(shown(&["Payment"]).contains("  Unknown for unknown variants"));
    assert!(shown(&["Loan"]).contains("ExtendLoanResponse, LendBookResponse"));
    assert!(shown(&["Fire"]).contains("in neither: no operation lists it"));
    assert!(shown(&[]).contains("  PayFine       POST /fines"));
    let printed = myrina(&root, &["inspect", "library", "FindBok"]);
    assert!(!printed.success && printed.err.contains("did you mean `FindBook`?"), "{}", printed.err);
    let printed = myrina(&root, &["inspect", "library", "Numbers"]);
    assert!(!printed.success && printed.err.contains("is a list of `Number`, a `Vec`"), "{}", printed.err);
    let printed = myrina(&root, &["inspect", "library", "Number"]);
    assert!(
        !printed.success && printed.err.contains("has no type of its own, but is `i32`"),
        "{}",
        printed.err
    );
    let printed = myrina(&root, &["inspect", "libary"]);
    assert!(!printed.success && printed.err.contains("did you mean `library`?"), "{}", printed.err);
}

#[test]
fn a_closed_output_pipe_is_not_an_error() {
    let root = workspace("pipe");
    let old = catalogue(&root, "other", &[]);
    for arguments in
        [&["diff", "models", &*old][..], &["inspect", "library"], &["--check", "--json"], &["schema"]]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_myrina"));
        command.args(arguments).current_dir(&root).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop((child.stdout.take(), child.stderr.take()));
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_myrina"));
    let mut child = command.args(["inspect", "x"]).current_dir(&root).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn models_of_different_services_are_reported() {
    let root = workspace("two");
    let other = root.join("models/archive");
    fs::create_dir_all(other.join("2020-01-01")).unwrap();
    for (file, bytes) in files(&root.join("models/library/2020-01-01")) {
        fs::write(other.join("2020-01-01").join(file), bytes).unwrap();
    }
    let (library, archive) = (root.join("models/library"), other);
    let printed = myrina(&root, &["diff", library.to_str().unwrap(), archive.to_str().unwrap()]);
    assert!(
        printed.success && printed.err.contains("is a model of `library`"),
        "{}{}",
        printed.out,
        printed.err
    );
    assert!(printed.err.contains("one of `archive`"), "{}", printed.err);
}

/// A workspace with the library's model imported and generated.
fn workspace(name: &str) -> PathBuf {
    let root = empty(name);
    let old = catalogue(&root, "old", &[]);
    for arguments in [&["import", "library", "--with-docs", "--from", &old][..], &[]] {
        let printed = myrina(&root, arguments);
        assert!(printed.success, "{}", printed.err);
    }
    root
}

fn empty(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("update-{name}"));
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join("myrina.toml"), CONFIG).unwrap();
    let manifest = "[workspace]\n[workspace.dependencies]\nmyrina-library = { version = \"0.1\", path = \"generated/library\" }\n";
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    root
}

/// The folder of a catalogue beside the workspace that has the library's model, with texts replaced.
fn catalogue(root: &Path, name: &str, replacements: &[(&str, &str)]) -> String {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diff/library");
    let data = root.with_file_name(format!("{}-{name}", root.file_name().unwrap().to_str().unwrap()));
    let folder = data.join("library/2020-01-01");
    fs::create_dir_all(&folder).unwrap();
    for (file, bytes) in files(&library) {
        let mut text = String::from_utf8(bytes).unwrap();
        for (from, to) in replacements {
            if !text.contains(to) || to.is_empty() {
                text = text.replacen(from, to, 1);
            }
        }
        fs::write(folder.join(file), text).unwrap();
    }
    data.to_str().unwrap().to_owned()
}

fn myrina(root: &Path, arguments: &[&str]) -> Told {
    let mut command = Command::new(env!("CARGO_BIN_EXE_myrina"));
    let output = command.args(arguments).arg("--root").arg(root).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\\', "/");
    Told { success: output.status.success(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// All files below a folder, by their paths below it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}
