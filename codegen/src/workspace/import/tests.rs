use super::*;
use crate::diagnostic::Diagnostics;

const MODEL: &str = r#"{"version": "2.0", "metadata": {"protocol": "json"}, "operations": {"Get": {"name": "Get",
  "input": {"shape": "In", "documentation": "prose"}, "errors": [{"shape": "E", "documentation": "prose"}], "documentation": "prose"}},
  "shapes": {"documentation": {"type": "structure", "members": {"documentation": {"shape": "S", "documentation": "prose"}},
  "documentation": "prose"}, "L": {"type": "list", "member": {"shape": "S", "documentation": "prose"}}},
  "clientContextParams": {"A": {"type": "string", "documentation": "prose"}}, "documentation": "prose", "examples": {}}"#;

/// Two operations that share a shape and have one each, and what botocore adds.
const PAIR: [(&str, &str); 5] = [
    (
        "service-2.json",
        r#"{"version": "2.0", "metadata": {}, "operations": {
            "Get": {"name": "Get", "input": {"shape": "GetInput"}, "output": {"shape": "GetOutput"}, "errors": [{"shape": "Fault"}]},
            "Put": {"name": "Put", "input": {"shape": "PutInput"}}},
            "shapes": {"GetInput": {"type": "structure", "members": {"Names": {"shape": "Names"}}},
            "GetOutput": {"type": "structure", "members": {"Tree": {"shape": "Tree"}}},
            "Tree": {"type": "map", "key": {"shape": "Key"}, "value": {"shape": "Tree"}}, "Key": {"type": "string"},
            "Names": {"type": "list", "member": {"shape": "Shared"}}, "Shared": {"type": "string"},
            "Fault": {"type": "structure", "members": {}, "exception": true},
            "PutInput": {"type": "structure", "members": {"Own": {"shape": "Own"}, "Name": {"shape": "Shared"}}},
            "Own": {"type": "string"}}}"#,
    ),
    (
        "service-2.sdk-extras.json",
        r#"{"version": 1.0, "merge": {"shapes": {"Key": {"enum": ["a"]}, "Own": {"enum": ["b"]},
            "Tree": {"type": "structure", "members": {"More": {"shape": "Added"}}}, "Added": {"type": "string"}}}}"#,
    ),
    ("paginators-1.json", r#"{"pagination": {"Get": {"limit_key": "a"}, "Put": {"limit_key": "b"}}}"#),
    (
        "waiters-2.json",
        r#"{"version": 2, "waiters": {"Got": {"operation": "Get"}, "HasPut": {"operation": "Put"}}}"#,
    ),
    ("endpoint-rule-set-1.json", r#"{"version": "1.0", "parameters": {}, "rules": []}"#),
];

/// A workspace and a botocore installation below the system's folder for temporary files, removed at the end.
struct Fixture(PathBuf);

impl Fixture {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("myrina-import-{name}-{}", std::process::id()));
        let fixture = Self(folder);
        fixture.put("botocore/__init__.py", "import os\n__version__ = '1.2.3'\n");
        fixture.put("botocore/data/lambda/2015-03-31/service-2.json", MODEL);
        fixture.put(
            "botocore/data/lambda/2015-03-31/waiters-2.json",
            r#"{"version": 2, "waiters": {"description": {"description": "prose", "delay": 1}}}"#,
        );
        fixture.put("botocore/data/lambda/2014-11-11/service-2.json", MODEL);
        fixture.put("botocore/data/broken/2014-11-11/service-2.json", "{");
        fixture
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.join(path)).unwrap()
    }

    fn import(&self, names: &[&str], documentation: Documentation) -> Result<Vec<Imported>, String> {
        self.import_selection(names, &ImportSelection { operations: None, documentation })
    }

    fn import_selection(&self, names: &[&str], selection: &ImportSelection) -> Result<Vec<Imported>, String> {
        let names = ServiceSelector::Named(names.iter().map(|name| (*name).to_owned()).collect());
        let catalog = Catalog::open(&self.0.join("botocore")).unwrap();
        import(&self.0, &names, &catalog, selection).map_err(|error| error.to_string())
    }

    fn verify(&self) -> Vec<String> {
        let mut diagnostics = Diagnostics::new();
        crate::workspace::sources::verify(&self.0, "myrina", &mut diagnostics);
        let line = |found: &crate::diagnostic::Diagnostic| {
            format!(
                "{}: {} | {}",
                found.file.display(),
                found.message,
                found.help.as_deref().unwrap_or_default()
            )
        };
        diagnostics.iter().map(line).collect()
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn prose_is_left_out_and_members_called_so_stay() {
    let fixture = Fixture::new("prose");
    let imported = fixture.import(&["lambda"], Documentation::Strip).unwrap();
    assert_eq!(imported[0].version, "2015-03-31");
    assert_eq!(imported[0].files, ["service-2.json", "waiters-2.json"]);
    let text = fixture.text("models/lambda/2015-03-31/service-2.json");
    assert!(!text.contains("prose") && !text.contains("examples"), "{text}");
    assert!(text.contains("    \"documentation\": {\n      \"type\": \"structure\""), "{text}");
    assert!(text.contains("        \"documentation\": {\n          \"shape\": \"S\"\n"), "{text}");
    let waiters = fixture.text("models/lambda/2015-03-31/waiters-2.json");
    assert_eq!(
        waiters,
        "{\n  \"version\": 2,\n  \"waiters\": {\n    \"description\": {\n      \"delay\": 1\n    }\n  }\n}\n"
    );
    fixture.import(&["lambda"], Documentation::Keep).unwrap();
    assert_eq!(fixture.text("models/lambda/2015-03-31/service-2.json").matches("prose").count(), 8);
}

#[test]
fn other_entries_and_comments_of_the_record_stay() {
    let fixture = Fixture::new("record");
    fixture.put("models/SOURCES.toml", "# mine\n[other.\"2020-01-01\"] # kept\norigin = \"elsewhere\"\n");
    fixture.import(&["lambda@2014-11-11"], Documentation::Strip).unwrap();
    fixture.import(&["lambda"], Documentation::Strip).unwrap();
    let once = fixture.text("models/SOURCES.toml");
    assert!(once.starts_with("# mine\n[other.\"2020-01-01\"] # kept\norigin = \"elsewhere\"\n"), "{once}");
    assert!(once.contains("[lambda.2015-03-31]\norigin = \"botocore\"\nbotocore = \"1.2.3\"\nlicence = \"Apache-2.0\"\ndocumentation = false\n"), "{once}");
    assert!(once.contains("[lambda.2014-11-11.sha256]\n\"service-2.json\" = \""), "{once}");
    fixture.import(&["lambda"], Documentation::Strip).unwrap();
    assert_eq!(fixture.text("models/SOURCES.toml"), once);
}

#[test]
fn one_changed_byte_is_found() {
    let fixture = Fixture::new("verify");
    assert_eq!(fixture.verify(), Vec::<String>::new());
    fixture.import(&["lambda"], Documentation::Strip).unwrap();
    assert_eq!(fixture.verify(), Vec::<String>::new());
    let file = "models/lambda/2015-03-31/service-2.json";
    let text = fixture.text(file);
    fixture.put(file, &text.replace("\"json\"", "\"Json\""));
    fixture.put("models/lambda/2015-03-31/paginators-1.json", "{}");
    std::fs::remove_file(fixture.0.join("models/lambda/2015-03-31/waiters-2.json")).unwrap();
    let found = fixture.verify();
    let starts = [
        "models/lambda/2015-03-31/service-2.json: this file was changed after it was imported | import it again with `myrina import \
         lambda@2015-03-31 --from BOTOCORE`; corrections belong in models/lambda/overrides.json. If the change is intended,",
        "models/lambda/2015-03-31/paginators-1.json: this file was not imported with the others in its folder | remove it, or",
        "models/lambda/2015-03-31/waiters-2.json: this file was imported and no longer exists | import it again",
    ];
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    for (found, start) in found.iter().zip(starts) {
        assert!(found.starts_with(start), "{found}");
    }
    fixture.import(&["lambda"], Documentation::Strip).unwrap();
    assert_eq!(fixture.verify(), Vec::<String>::new());
}

#[test]
fn nothing_is_written_where_anything_is_wrong() {
    let fixture = Fixture::new("wrong");
    let error = fixture
        .import(&["lamda", "lambda@2013-01-01", "../botocore", "lambda", "queue"], Documentation::Strip)
        .unwrap_err();
    assert_eq!(
        error.lines().collect::<Vec<_>>(),
        [
            "this botocore has no service `lamda`; did you mean `lambda`?",
            "there is no version `2013-01-01` of `lambda`; these exist: 2014-11-11, 2015-03-31",
            "this botocore has no service `../botocore`; these exist: broken, lambda",
            "this botocore has no service `queue`; these exist: broken, lambda",
        ]
    );
    let error = fixture.import(&["lambda", "broken"], Documentation::Strip).unwrap_err();
    assert!(
        error.starts_with("broken/2014-11-11/service-2.json:1:1: the file ends in the middle of an object"),
        "{error}"
    );
    assert!(!fixture.0.join("models").exists());
    let from = fixture.0.join("botocore/data/lambda/2015-03-31");
    let error = Catalog::open(&from).unwrap_err().to_string();
    assert!(error.contains("name a botocore wheel"), "{error}");
    let error = Catalog::open(&fixture.0.join("botocore/__init__.py")).unwrap_err().to_string();
    assert!(error.contains("neither a folder nor a wheel"), "{error}");
}

#[test]
fn names_that_lead_elsewhere_are_no_folder_names() {
    for (name, right) in [
        ("lambda", true),
        ("acm-pca", true),
        ("2015-03-31", true),
        ("..", false),
        (".x", false),
        ("a/b", false),
        ("", false),
        ("a\\b", false),
    ] {
        assert_eq!(is_folder_name(name), right, "{name}");
    }
}

#[test]
fn operations_stay_with_what_they_reach() {
    let fixture = Fixture::new("pruned");
    for (file, text) in PAIR {
        fixture.put(&format!("botocore/data/pair/2020-01-01/{file}"), text);
    }
    let folder = "models/pair/2020-01-01";
    let prune = |names: &[&str]| {
        let operations = Some(names.iter().map(|name| (*name).to_owned()).collect());
        fixture
            .import_selection(&["pair"], &ImportSelection { operations, documentation: Documentation::Strip })
    };
    let names = |file: &str, path: &[&str]| {
        let json: serde_json::Value = fixture.text(&format!("{folder}/{file}")).parse().unwrap();
        let at = path.iter().fold(&json, |json, key| &json[key]);
        at.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    prune(&["Get"]).unwrap();
    assert_eq!(names("service-2.json", &["operations"]), ["Get"]);
    let mut shapes = names("service-2.json", &["shapes"]);
    shapes.sort_unstable();
    assert_eq!(shapes, ["Fault", "GetInput", "GetOutput", "Key", "Names", "Shared", "Tree"]);
    let mut added = names("service-2.sdk-extras.json", &["merge", "shapes"]);
    added.sort_unstable();
    assert_eq!(added, ["Added", "Key", "Tree"]);
    assert_eq!(names("paginators-1.json", &["pagination"]), ["Get"]);
    assert_eq!(names("waiters-2.json", &["waiters"]), ["Got"]);

    let record = fixture.text("models/SOURCES.toml");
    assert!(record.contains("documentation = false\noperations = [\"Get\"]\n"), "{record}");
    assert_eq!(fixture.verify(), Vec::<String>::new());
    prune(&["Put", "Get", "Put"]).unwrap();
    assert!(fixture.text("models/SOURCES.toml").contains("operations = [\"Get\", \"Put\"]\n"));
    let file = format!("{folder}/waiters-2.json");
    fixture.put(&file, "{}");
    let found = fixture.verify();
    let command = "myrina import pair@2020-01-01 --operations Get,Put --from BOTOCORE";
    assert!(found.len() == 1 && found[0].contains(command), "{found:#?}");

    fixture.import(&["pair"], Documentation::Keep).unwrap();
    assert!(!fixture.text("models/SOURCES.toml").contains("operations"));
    fixture.put(&file, "{}");
    let found = fixture.verify();
    let command = "myrina import pair@2020-01-01 --with-docs --from BOTOCORE";
    assert!(found.len() == 1 && found[0].contains(command), "{found:#?}");
}

#[test]
fn unknown_operations_are_refused() {
    let fixture = Fixture::new("unknown-operation");
    let operations = Some(["Gett", "Get", "Delete"].map(str::to_owned).to_vec());
    let selection = ImportSelection { operations, documentation: Documentation::Strip };
    assert_eq!(
        fixture.import_selection(&["lambda"], &selection).unwrap_err(),
        "lambda/2015-03-31: there is no operation `Gett`; did you mean `Get`?\n\
         lambda/2015-03-31: there is no operation `Delete`; it has 1 others, such as `Get`"
    );
    assert!(!fixture.0.join("models").exists());
}
