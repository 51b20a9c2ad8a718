use super::*;
use crate::diagnostic::Diagnostic;
use crate::render;
use crate::workspace::Workspace;

/// The configuration, and the errors with their locations.
fn parsed(text: &str) -> (Option<Config>, Vec<String>) {
    let mut source = Source::new(Path::new(FILE), text);
    let config = document(Path::new("nowhere"), text, &mut source);
    let mut diagnostics = Diagnostics::new();
    source.finish(&mut diagnostics);
    let line = |found: &Diagnostic| {
        let Location::Text { line, column } = found.location else { panic!("{found:?}") };
        format!("{line}:{column} {} | {}", found.message, found.help.as_deref().unwrap_or_default())
    };
    (config, diagnostics.iter().map(line).collect())
}

fn problems(text: &str) -> Vec<String> {
    parsed(text).1
}

#[test]
fn a_name_is_enough() {
    let (config, problems) = parsed("[[service]]\nname = \"acm-pca\"\n");
    assert_eq!(problems, Vec::<String>::new());
    let service = &config.unwrap().services[0];
    assert_eq!(service.crate_name, "myrina-acm-pca");
    assert_eq!(service.models, Path::new("models/acm-pca"));
    assert_eq!(service.output, Path::new("generated/acm-pca"));
    assert_eq!(service.runtime, Runtime::Version(env!("CARGO_PKG_VERSION").to_owned()));
    assert_eq!((&service.overrides, &service.operations, &service.version), (&None, &None, &None));
}

#[test]
fn every_key_is_read() {
    let text = r#"
        [crate]
        runtime = { path = "./runtime" }
        version = "2.0.0"
        [[service]]
        name = "lambda"
        version = "2015-03-31"
        crate = "lambda-client"
        models = "m/lambda"
        output = "./out/a"
        operations = ["Invoke"]
        protocol = "rest-json"
    "#;
    let (config, problems) = parsed(text);
    assert_eq!(problems, Vec::<String>::new());
    let service = &config.unwrap().services[0];
    assert_eq!(service.runtime, Runtime::Path("../../runtime".to_owned()));
    assert_eq!(service.output, Path::new("out/a"));
    let options = service.options(Path::new("m/lambda/2015-03-31"));
    assert_eq!((&*options.input, options.library.as_deref()), ("m/lambda/2015-03-31", Some("lambda_client")));
    assert_eq!((&*options.crate_version, options.protocol.as_deref()), ("2.0.0", Some("rest-json")));
}

#[test]
fn the_runtime_may_come_from_a_repository() {
    let text = "[crate]\nruntime = { git = \"https://m\", tag = \"v1\" }\ncommand = \"make it\"\n[[service]]\nname = \"sqs\"\n";
    let (config, problems) = parsed(text);
    assert_eq!(problems, Vec::<String>::new());
    let config = config.unwrap();
    let keys = "git = \"https://m\", tag = \"v1\"".to_owned();
    assert_eq!((&config.services[0].runtime, config.command()), (&Runtime::Git(keys), "make it"));
}

#[test]
fn a_service_may_have_a_version_of_its_own() {
    let text = "[crate]\nversion = \"2.0.0\"\n[[service]]\nname = \"lambda\"\ncrate_version = \"2.1.0\"\n";
    let (config, problems) = parsed(text);
    assert_eq!((problems, &*config.unwrap().services[0].crate_version), (Vec::new(), "2.1.0"));
    let wrong = parsed(&text.replace("2.1.0", "2.1")).1;
    assert!(wrong[0].starts_with("5:17 `2.1` cannot be the version of a package"), "{wrong:?}");
}

#[test]
fn every_error_is_reported_with_its_location() {
    let text = "[[service]]\nnam = \"lambda\"\n[[service]]\nname = 3\n[[service]]\nname = \"../x\"\noutput = 1\n[crate]\nruntime = 1\n";
    assert_eq!(
        problems(text),
        [
            "9:11 `runtime` is an integer, not a string or a table | write `\"workspace\"`, a version such as `\"0.1\"`, `{ path = \"runtime\" }`, or `{ git = \"https://…\" }`",
            "1:1 this service has no `name` | add it, such as `name = \"lambda\"`: the folder of the service in models/",
            "2:1 unknown key `nam` | did you mean `name`?",
            "4:8 `name` is an integer, not a string | write a string here",
            "7:10 `output` is an integer, not a string | write a string here",
            "6:8 `../x` cannot be the name of a service | the names are those of the folders in botocore/data, such as `lambda` or `acm-pca`",
        ]
    );
    assert!(problems("[[service]")[0].starts_with("1:1"), "{:?}", problems("[[service]"));
    assert_eq!(
        problems(""),
        ["1:1 there are no services | add one, such as `[[service]]` with `name = \"lambda\"`"]
    );
    assert_eq!(
        problems("[service]\nname = \"lambda\""),
        ["1:1 `service` is a table | write `[[service]]`, once for each entry, with its keys below"]
    );
}

#[test]
fn outputs_stay_in_the_workspace_and_do_not_overlap() {
    let with = |keys: &str| problems(&format!("[[service]]\nname = \"lambda\"\n{keys}"));
    for path in ["/tmp/x", "../x", "a/../../x", "", ".", "a\\\\..\\\\b"] {
        let found = with(&format!("output = \"{path}\""));
        assert_eq!(found.len(), 1, "{path} {found:?}");
        assert!(found[0].contains("leads out of the folder of this file"), "{found:?}");
    }
    assert!(with("output = \"models\"")[0].contains("the output `models` overlaps with the models"));
    let second = "[[service]]\nname = \"sqs\"\noutput = \"generated/lambda/sqs\"\ncrate = \"myrina_lambda\"";
    let found = with(second);
    assert!(found[0].contains("the package `myrina_lambda` is already that of `lambda`"), "{found:?}");
    assert!(
        found[1].contains("the output `generated/lambda/sqs` overlaps with the output of `lambda`"),
        "{found:?}"
    );
}

#[test]
fn a_service_can_be_a_module_of_a_crate_that_is_there() {
    let (config, found) = parsed("[[service]]\nname = \"sts\"\nmodule = \"src/sts\"\n");
    assert_eq!(found, Vec::<String>::new());
    let service = &config.unwrap().services[0];
    assert_eq!((service.module, &*service.output), (true, Path::new("src/sts")));
    let options = service.options(Path::new("m/sts/2011-06-15"));
    assert_eq!((options.module, options.library), (true, None));
    let both = "[[service]]\nname = \"sts\"\nmodule = \"src/sts\"\noutput = \"generated/sts\"\n";
    assert_eq!(
        problems(both),
        [
            "3:10 `output` is that of a crate, but this service is a module of one that is there | remove `output` or `module`"
        ]
    );
}

#[test]
fn packages_have_names_that_cargo_takes() {
    for name in ["1x", "a b", "", "fn", "é", "a.b"] {
        let found = problems(&format!("[[service]]\nname = \"lambda\"\ncrate = \"{name}\""));
        assert!(found.len() == 1 && found[0].contains("cannot be the name of a package"), "{name} {found:?}");
    }
}

#[test]
fn services_but_not_packages_may_have_names_of_crates() {
    let text = "[[service]]\nname = \"core\"\n[[service]]\nname = \"test\"\n[[service]]\nname = \"2-fa.x\"\n";
    let (config, found) = parsed(text);
    assert_eq!(found, Vec::<String>::new());
    let names: Vec<_> = config.unwrap().services.into_iter().map(|service| service.crate_name).collect();
    assert_eq!(names, ["myrina-core", "myrina-test", "myrina-2-fa-x"]);
    for name in ["core", "std", "test", "myrina"] {
        let found = problems(&format!("[[service]]\nname = \"lambda\"\ncrate = \"{name}\""));
        assert!(
            found.len() == 1 && found[0].contains("would hide the crate of that name"),
            "{name} {found:?}"
        );
    }
}

#[test]
fn a_missing_model_is_reported_at_the_service() {
    let (config, _) = parsed("[[service]]\nname = \"lambda\"\n");
    let mut diagnostics = Diagnostics::new();
    let workspace = Workspace { root: "nowhere".into(), config: config.unwrap() };
    assert_eq!(workspace.model_folder(&workspace.config.services[0], &mut diagnostics), None);
    let text = render::render(&diagnostics, Path::new("nowhere"), false);
    assert!(text.contains("there is no model in models/lambda"), "{text}");
    assert!(text.contains("myrina import lambda --from BOTOCORE"), "{text}");
}

#[test]
fn versions_are_semantic_versions() {
    let with = |key: &str| problems(&format!("[[service]]\nname = \"lambda\"\n[crate]\n{key}"));
    for version in ["1.0", "v1.0.0", "1.0.0\\n", "", "1.0.x", "1.2.3-", "1.2.3-..", "01.2.3"] {
        let found = with(&format!("version = \"{version}\""));
        assert!(
            found.len() == 1 && found[0].contains("cannot be the version of a package"),
            "{version} {found:?}"
        );
    }
    assert_eq!(with("version = \"1.0.0-rc.1+x\"\nruntime = \"^0.1\""), Vec::<String>::new());
    assert!(with("runtime = {}")[0].contains("`runtime` has neither `path` nor `git`"));
    assert!(with("command = \"`rm`\"")[0].contains("cannot be a command"));
    assert!(with("runtime = \"workspac\"")[0].contains("`workspac` is not a version of the runtime"));
}
