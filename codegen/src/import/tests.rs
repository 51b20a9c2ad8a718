use super::*;
use crate::diagnostic::Diagnostics;

const MODEL: &str = r#"{"version": "2.0", "metadata": {"protocol": "json"}, "operations": {"Get": {"name": "Get",
  "input": {"shape": "In", "documentation": "prose"}, "errors": [{"shape": "E", "documentation": "prose"}], "documentation": "prose"}},
  "shapes": {"documentation": {"type": "structure", "members": {"documentation": {"shape": "S", "documentation": "prose"}},
  "documentation": "prose"}, "L": {"type": "list", "member": {"shape": "S", "documentation": "prose"}}},
  "clientContextParams": {"A": {"type": "string", "documentation": "prose"}}, "documentation": "prose", "examples": {}}"#;

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

    fn import(&self, names: &[&str], prose: Prose) -> Result<Vec<Imported>, String> {
        let names = Names::Each(names.iter().map(|name| (*name).to_owned()).collect());
        import(&self.0, &names, &self.0.join("botocore"), prose).map_err(|error| error.to_string())
    }

    fn verify(&self) -> Vec<String> {
        let mut diagnostics = Diagnostics::new();
        sources::verify(&self.0, &mut diagnostics);
        let line = |found: &crate::diagnostic::Diagnostic| {
            format!(
                "{}: {} | {}",
                found.file.display(),
                found.problem,
                found.remedy.as_deref().unwrap_or_default()
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
    let imported = fixture.import(&["lambda"], Prose::Dropped).unwrap();
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
    fixture.import(&["lambda"], Prose::Kept).unwrap();
    assert_eq!(fixture.text("models/lambda/2015-03-31/service-2.json").matches("prose").count(), 8);
}

#[test]
fn other_entries_and_comments_of_the_record_stay() {
    let fixture = Fixture::new("record");
    fixture.put("models/SOURCES.toml", "# mine\n[other.\"2020-01-01\"] # kept\norigin = \"elsewhere\"\n");
    fixture.import(&["lambda@2014-11-11"], Prose::Dropped).unwrap();
    fixture.import(&["lambda"], Prose::Dropped).unwrap();
    let once = fixture.text("models/SOURCES.toml");
    assert!(once.starts_with("# mine\n[other.\"2020-01-01\"] # kept\norigin = \"elsewhere\"\n"), "{once}");
    assert!(once.contains("[lambda.2015-03-31]\norigin = \"botocore\"\nbotocore = \"1.2.3\"\nlicence = \"Apache-2.0\"\ndocumentation = false\n"), "{once}");
    assert!(once.contains("[lambda.2014-11-11.sha256]\n\"service-2.json\" = \""), "{once}");
    fixture.import(&["lambda"], Prose::Dropped).unwrap();
    assert_eq!(fixture.text("models/SOURCES.toml"), once);
}

#[test]
fn one_changed_byte_is_found() {
    let fixture = Fixture::new("verify");
    assert_eq!(fixture.verify(), Vec::<String>::new());
    fixture.import(&["lambda"], Prose::Dropped).unwrap();
    assert_eq!(fixture.verify(), Vec::<String>::new());
    let file = "models/lambda/2015-03-31/service-2.json";
    let text = fixture.text(file);
    fixture.put(file, &text.replace("\"json\"", "\"Json\""));
    fixture.put("models/lambda/2015-03-31/paginators-1.json", "{}");
    std::fs::remove_file(fixture.0.join("models/lambda/2015-03-31/waiters-2.json")).unwrap();
    let found = fixture.verify();
    let starts = [
        "models/lambda/2015-03-31/service-2.json: this file is not as it was imported | import it again with `cargo codegen import \
         lambda@2015-03-31 --from BOTOCORE`; corrections belong into models/lambda/overrides.json. If the change is meant,",
        "models/lambda/2015-03-31/paginators-1.json: this file was not imported with the others in its folder | remove it, or",
        "models/lambda/2015-03-31/waiters-2.json: this file was imported and is no longer there | import it again",
    ];
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    for (found, start) in found.iter().zip(starts) {
        assert!(found.starts_with(start), "{found}");
    }
    fixture.import(&["lambda"], Prose::Dropped).unwrap();
    assert_eq!(fixture.verify(), Vec::<String>::new());
}

#[test]
fn nothing_is_written_where_anything_is_wrong() {
    let fixture = Fixture::new("wrong");
    let error = fixture
        .import(&["lamda", "lambda@2013-01-01", "../botocore", "lambda", "queue"], Prose::Dropped)
        .unwrap_err();
    assert_eq!(
        error.lines().collect::<Vec<_>>(),
        [
            "this botocore has no service `lamda`; did you mean `lambda`?",
            "there is no version `2013-01-01` of `lambda`; these are there: 2014-11-11, 2015-03-31",
            "this botocore has no service `../botocore`; it has 2 others, named as the folders in botocore/data",
            "this botocore has no service `queue`; it has 2 others, named as the folders in botocore/data",
        ]
    );
    let error = fixture.import(&["lambda", "broken"], Prose::Dropped).unwrap_err();
    assert!(
        error.starts_with("broken/2014-11-11/service-2.json:1:1: the file ends in the middle of an object"),
        "{error}"
    );
    assert!(!fixture.0.join("models").exists());
    let from = fixture.0.join("botocore/data/lambda/2015-03-31");
    let error = import(&fixture.0, &Names::All, &from, Prose::Dropped).unwrap_err().to_string();
    assert!(error.contains("name a botocore wheel"), "{error}");
    let error = import(&fixture.0, &Names::All, &fixture.0.join("botocore/__init__.py"), Prose::Dropped)
        .unwrap_err()
        .to_string();
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
