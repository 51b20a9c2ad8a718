//! A model that tries to break out of the generated code: its text becomes inert text in the crate, or the model is
//! rejected with a message.

use myrina_codegen::{
    diagnostic::Diagnostics,
    emit,
    files::{Files, Plan, PlanError},
    generate,
    ir::Runtime,
    options::Options,
    read::ModelFolder,
    render,
};
use serde_json::{Map, Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// Text that would act if it got out of a comment or a string. Each line would leave a trace: a name that the crate must not have.
const ESCAPES: &str = "*/ \"# \" ' }} ); ]] pwned!() `` ``` ``` \
\r pub fn pwned_by_return() {}\n pub fn pwned_by_line() {}\n\n```\npanic!(\"pwned\");\n```\n\n    panic!(\"pwned\");\n\n\
~~~rust\npanic!(\"pwned\");\n~~~\n#![allow(pwned)]\n#[test] fn pwned() { panic!() }\n<script>pwned()</script> <pre>\n\
<code>panic!(\"pwned\")</code></pre> [pwned](pwned) [pwned] [`pwned`] \u{202e}\u{2066}\u{0}\u{7}\u{2028}\u{85}\u{feff} --> {{{ $( \\";

/// The same on one line, for what may have no other.
const ONE_LINE: &str = "*/ \"# \" ' }} ``` [pwned] <script> \u{202e} \\ --> $(";

/// Built as this workspace is, so that what it has built can be used again.
const WORKSPACE: &str =
    "[workspace]\nmembers = [\"crate\"]\nresolver = \"3\"\n\n[profile.dev]\ndebug = \"line-tables-only\"\n";

#[test]
fn hostile_text_in_a_model_compiles_as_inert_text() {
    let folder = fresh("text");
    let made = generate(&folder, &hostile()).unwrap_or_else(|report| panic!("{report}"));
    for (path, text) in made.iter() {
        assert_confined(path, text);
    }
    let krate = folder.join("crate");
    Plan::new(&krate, &made).unwrap().apply().unwrap();
    fs::write(folder.join("Cargo.toml"), WORKSPACE).unwrap();
    // What is locked for this workspace is all that is there.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    assert_success(&cargo(&folder, &["check", "--all-features", "--all-targets"]));
    let tests = cargo(&folder, &["test", "--doc"]);
    assert_success(&tests);
    let report = String::from_utf8_lossy(&tests.stdout);
    // Our own examples are compiled; nothing at all is run.
    let tests = report.lines().filter(|line| line.starts_with("test ") && !line.starts_with("test result"));
    for line in tests {
        assert!(line.contains(" - compile ... "), "{line}");
    }
    let examples = made.iter().map(|(_, text)| text.matches("```no_run").count()).sum::<usize>();
    assert!(report.contains(&format!("{examples} passed; 0 failed; 0 ignored")), "{report}");
    assert!(examples > 0);
}

/// In code, nothing hostile is outside of comments and strings.
fn assert_confined(path: &str, text: &str) {
    let hidden = ['\u{202e}', '\u{2066}', '\u{0}', '\u{feff}', '\r'];
    assert!(!text.contains(hidden), "{path} holds what cannot be seen");
    if Path::new(path).extension() != Some("rs".as_ref()) {
        // Of each pair of fences the first.
        let mut fences = text.lines().filter(|line| line.trim_start().starts_with("```")).step_by(2);
        return assert!(fences.all(|fence| fence == "```text"), "{path}:\n{text}");
    }
    let tokens: proc_macro2::TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_no_word(path, tokens);
}

fn assert_no_word(path: &str, tokens: proc_macro2::TokenStream) {
    for token in tokens {
        match token {
            proc_macro2::TokenTree::Group(group) => assert_no_word(path, group.stream()),
            proc_macro2::TokenTree::Ident(name) => {
                assert!(!name.to_string().contains("pwned"), "{path} has {name} as code");
            }
            _ => {}
        }
    }
}

/// Every place of a model that takes text, with text made to break out of it.
fn hostile() -> Value {
    json!({
        "documentation": ESCAPES,
        "metadata": {
            "apiVersion": ONE_LINE,
            "endpointPrefix": "hostile",
            "protocol": "rest-json",
            "serviceFullName": format!("Hostile\n\n```\npanic!(\"pwned\")\n```\n{ESCAPES}"),
            "serviceId": ESCAPES,
            "signingName": ESCAPES,
            "jsonVersion": ESCAPES,
            "targetPrefix": ESCAPES,
            "xmlNamespace": ESCAPES,
            "auth": [ESCAPES],
        },
        "operations": {
            "Type": operation("Type", "Request", &json!([{ "shape": "self" }, { "shape": "Option" }])),
            "Self": operation("Self", "Deep", &json!([])),
            "Operation": operation("Operation", "Keywords", &json!([])),
            "OperationSchema": operation("OperationSchema", "Shared", &json!([])),
            "Option": operation("Option", "Shared", &json!([])),
            "Crate": operation("Crate", "Empty", &json!([])),
            "Async": operation("Async", "Diamond0", &json!([])),
            "Myrina": operation("Myrina", "Empty", &json!([])),
            "Types": operation("Types", "Empty", &json!([])),
            "Con": operation("Con", "Empty", &json!([])),
        },
        "shapes": shapes(),
    })
}

fn operation(name: &str, input: &str, errors: &Value) -> Value {
    let uri = if input == "Request" {
        "/`/*{Path}*/\n*/pub fn pwned();//\"#`]\u{202e}".to_owned()
    } else {
        format!("/{name}")
    };
    json!({
        "name": name,
        "http": { "method": "POST", "requestUri": uri },
        "input": { "shape": input, "locationName": ESCAPES, "xmlNamespace": { "prefix": ESCAPES, "uri": ESCAPES } },
        "output": { "shape": "Shared", "resultWrapper": ESCAPES },
        "errors": errors,
        "documentation": ESCAPES,
        "deprecated": true,
        "deprecatedMessage": ESCAPES,
        "deprecatedSince": ESCAPES,
    })
}

fn shapes() -> Map<String, Value> {
    let described = |mut shape: Value| {
        shape["documentation"] = json!(ESCAPES);
        shape["deprecated"] = json!(true);
        shape["deprecatedMessage"] = json!(ESCAPES);
        shape
    };
    let member = |shape: &str| described(json!({ "shape": shape, "locationName": ESCAPES }));
    let words = ["type", "self", "crate", "async", "new", "fn", "Error", "clone", "schema", "r_", "std"];
    let keywords: Map<String, Value> =
        words.map(|word| (word.to_owned(), member("Text"))).into_iter().collect();
    let mut shapes = json!({
        "Text": described(json!({ "type": "string" })),
        "Empty": { "type": "structure", "members": {} },
        "Shared": described(json!({ "type": "structure", "members": { "type": member("Enum") } })),
        "Keywords": described(json!({ "type": "structure", "required": words, "members": keywords })),
        "Request": described(json!({
            "type": "structure",
            "required": ["Path"],
            "members": {
                "Path": { "shape": "Text", "location": "uri" },
                "Header": described(json!({ "shape": "Text", "location": "header", "locationName": ESCAPES })),
                "Query": described(json!({ "shape": "Text", "location": "querystring", "locationName": ESCAPES })),
                "String": member("String"),
                "Vec": member("Vec"),
                "Union": member("Union"),
            },
        })),
        "Enum": described(json!({ "type": "string", "enum": [
            ESCAPES, ONE_LINE, " ", "`", "\n", "\u{0}", "\u{202e}", "Self", "self", "crate", "Unknown", "UnknownValue", "*/",
            "../../x", "x".repeat(65_536),
        ] })),
        "Union": described(json!({ "type": "structure", "union": true, "members": {
            "Unknown": member("Text"), "Self": member("Text"), "S": member("Keywords"), "Union": member("Union"),
        } })),
        "String": described(json!({ "type": "structure", "members": { "String": member("Text") } })),
        "Vec": { "type": "structure", "members": { "Box": { "shape": "Box" } } },
        "Box": { "type": "list", "member": { "shape": "Vec", "locationName": ESCAPES } },
        "self": described(json!({
            "type": "structure",
            "members": { "Message": { "shape": "Text" }, "IN_ERROR": member("Text") },
            "error": { "code": ESCAPES, "httpStatusCode": 418 },
            "exception": true,
        })),
        "Option": { "type": "structure", "members": {}, "exception": true },
        // Nested as deep as is read.
        "Deep": { "type": "structure", "members": { "Next": { "shape": "Level0" } } },
        "Level75": { "type": "structure", "members": {} },
    });
    for level in 0..75 {
        shapes[format!("Level{level}")] =
            json!({ "type": "structure", "members": { "Next": { "shape": format!("Levels{level}") } } });
        shapes[format!("Levels{level}")] =
            json!({ "type": "list", "member": { "shape": format!("Level{}", level + 1) } });
    }
    // Each value needs two of the next, in lists: an example would have billions.
    shapes["Diamond40"] = json!({ "type": "structure", "members": {} });
    for level in 0..40 {
        let list = format!("Diamonds{level}");
        shapes[format!("Diamond{level}")] = json!({
            "type": "structure",
            "required": ["Left", "Right"],
            "members": { "Left": { "shape": list }, "Right": { "shape": list } },
        });
        shapes[list] = json!({ "type": "list", "member": { "shape": format!("Diamond{}", level + 1) } });
    }
    let Value::Object(shapes) = shapes else { unreachable!() };
    shapes
}

#[test]
fn names_that_escape_the_output_folder_are_rejected() {
    let long = "x".repeat(65_536);
    for name in
        ["../../x", "fn main(){}", "*/", "\"#", "a b", "a\nb", "\u{202e}", "é", "r#type", "", "_", &long]
    {
        let shown = name.chars().take(20).collect::<String>();
        for model in [with_operation(name), with_shape(name), with_member(name)] {
            let report = generate(&fresh("names"), &model).expect_err(&shown);
            assert!(report.contains("the name of"), "{shown}: {report}");
            assert!(!report.contains('\u{202e}') && report.len() < 200_000, "{shown}: {report}");
        }
    }
}

#[test]
fn endpoint_hosts_of_other_domains_are_rejected() {
    for prefix in ["evil.example/", "evil.example?", "a@evil.example#", "a:8", "a b", "a\n"] {
        let mut model = with_operation("Call");
        model["metadata"]["endpointPrefix"] = json!(prefix);
        assert_told(&model, "cannot be part of the name of a host");
        let mut model = with_operation("Call");
        model["operations"]["Call"]["endpoint"] = json!({ "hostPrefix": prefix });
        assert_told(&model, "cannot be part of the name of a host");
    }
}

#[test]
fn models_too_deep_or_large_to_compile_are_rejected() {
    let chain = |kind: &dyn Fn(String) -> Value, last: Value| {
        let mut model = with_operation("Call");
        for level in 0..10_000 {
            model["shapes"][format!("S{level}")] = kind(format!("S{}", level + 1));
        }
        model["shapes"]["S10000"] = last;
        model["shapes"]["Request"]["members"]["S"] = json!({ "shape": "S0" });
        model
    };
    let text = json!({ "type": "string" });
    let structure = |next| json!({ "type": "structure", "members": { "Next": { "shape": next } } });
    assert_told(&chain(&structure, text.clone()), "structures are nested");
    let list = |next| json!({ "type": "list", "member": { "shape": next } });
    assert_told(&chain(&list, text.clone()), "lists and maps are nested");
    let map = |next| json!({ "type": "map", "key": { "shape": "Text" }, "value": { "shape": next } });
    assert_told(&chain(&map, text), "lists and maps are nested");
    assert_told(&chain(&structure, structure("S0".to_owned())), "structures are nested");
    assert_told(&chain(&list, list("S0".to_owned())), "contain one another");

    let mut doubling = with_operation("Call");
    for level in 0..60 {
        let next = json!({ "shape": format!("Double{}", level + 1) });
        doubling["shapes"][format!("Double{level}")] =
            json!({ "type": "structure", "required": ["A", "B"], "members": { "A": next, "B": next } });
    }
    doubling["shapes"]["Double60"] = json!({ "type": "string" });
    doubling["shapes"]["Request"]["members"]["D"] = json!({ "shape": "Double0" });
    assert_told(&doubling, "would hold more than");
}

#[test]
fn files_that_were_not_generated_are_not_overwritten() {
    let folder = fresh("files");
    let made = generate(&folder, &with_operation("Call")).unwrap();
    let output = folder.join("crate");
    fs::create_dir_all(output.join("src")).unwrap();
    let file = output.join("src/call.rs");
    fs::write(&file, "// by hand\n").unwrap();
    let rejected = Plan::new(&output, &made).unwrap_err();
    assert!(matches!(&rejected, PlanError::NotGenerated(path) if *path == file), "{rejected}");
    assert!(rejected.to_string().contains("was not generated"), "{rejected}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "// by hand\n");
    assert_eq!(fs::read_dir(&output).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn symbolic_links_out_of_the_output_folder_are_rejected() {
    use std::os::unix::fs::symlink;
    let folder = fresh("links");
    let made = generate(&folder, &with_operation("Call")).unwrap();
    let elsewhere = folder.join("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::write(elsewhere.join("old.rs"), "// @generated by Myrina from x\n").unwrap();
    let output = folder.join("crate");
    fs::create_dir_all(&output).unwrap();
    symlink(&elsewhere, output.join("src")).unwrap();
    let rejected = Plan::new(&output, &made).unwrap_err().to_string();
    assert!(rejected.contains("crate/src") && rejected.contains("link"), "{rejected}");
    // Nor is the output itself one.
    symlink(&elsewhere, folder.join("other")).unwrap();
    let rejected = Plan::new(&folder.join("other"), &made).unwrap_err().to_string();
    assert!(rejected.contains("other") && rejected.contains("link"), "{rejected}");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1);
}

fn with_operation(name: &str) -> Value {
    json!({
        "metadata": { "apiVersion": "2020-01-01", "endpointPrefix": "hostile", "protocol": "rest-json" },
        "operations": { name: {
            "name": name,
            "http": { "method": "POST", "requestUri": "/" },
            "input": { "shape": "Request" },
        } },
        "shapes": {
            "Request": { "type": "structure", "members": { "Text": { "shape": "Text" } } },
            "Text": { "type": "string" },
        },
    })
}

fn with_shape(name: &str) -> Value {
    let mut model = with_operation("Call");
    model["shapes"][name] = json!({ "type": "string" });
    model
}

fn with_member(name: &str) -> Value {
    let mut model = with_operation("Call");
    model["shapes"]["Request"]["members"][name] = json!({ "shape": "Text" });
    model
}

fn assert_told(model: &Value, expected: &str) {
    let report = generate(&fresh("refused"), model).expect_err(expected);
    assert!(
        report.contains(expected),
        "expected {expected:?}, printed:\n{}",
        &report[..report.len().min(2000)]
    );
}

/// The files of the model's crate, or what is wrong with it.
fn generate(folder: &Path, model: &Value) -> Result<Files, String> {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("service-2.json"), model.to_string()).unwrap();
    let mut diagnostics = Diagnostics::new();
    generate::lower(&ModelFolder::new(folder, ""), None, &options(), &mut diagnostics)
        .map(|krate| emit::emit(&krate))
        .ok_or_else(|| render::render(&diagnostics, folder, false))
}

fn options() -> Options {
    Options::new("hostile", "")
        .library("myrina_hostile")
        .runtime(Runtime::Path(root().join("runtime").display().to_string()))
        .input("models/--> \n fn pwned() {}")
        .without_builtin()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// An empty folder for one test.
fn fresh(name: &str) -> PathBuf {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("hostile-{name}-{number}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Cargo in a folder.
fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--package", "myrina-hostile"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap()
}

fn assert_success(output: &Output) {
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
