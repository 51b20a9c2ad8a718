//! The models equal the imported ones, and each module has its protocol.

use myrina::Operation;
use myrina_codegen::{builder::Builder, diagnostic::Diagnostics, workspace::sources};
use myrina_test_services::{bedrock_runtime, cloudwatch_cbor, cloudwatch_query, dynamodb, ec2, lambda, s3};
use std::path::Path;

#[test]
fn models_equal_the_imported_ones() {
    let mut diagnostics = Diagnostics::new();
    sources::verify(Path::new(env!("CARGO_MANIFEST_DIR")), "cargo codegen", &mut diagnostics);
    let problems: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(problems, Vec::<&str>::new());
}

#[test]
fn each_module_speaks_its_protocol() {
    fn name<O: Operation>() -> &'static str {
        O::SCHEMA.service.protocol.name()
    }
    assert_eq!(name::<bedrock_runtime::converse::Converse>(), "rest-json");
    assert_eq!(name::<cloudwatch_cbor::get_metric_data::GetMetricData>(), "smithy-rpc-v2-cbor");
    assert_eq!(name::<cloudwatch_query::get_metric_data::GetMetricData>(), "query");
    assert_eq!(name::<dynamodb::query::Query>(), "json");
    assert_eq!(name::<ec2::describe_instances::DescribeInstances>(), "ec2");
    assert_eq!(name::<s3::list_objects_v2::ListObjectsV2>(), "rest-xml");
}

/// README's first example, without the overrides of this repository.
#[test]
fn a_fresh_project_has_the_constructor_of_the_readme() {
    let request = lambda::invoke::Invoke::new("thumbnail", serde_json::json!({ "key": "cat.png" }))
        .log_type(lambda::types::LogType::Tail);
    assert_eq!(request.payload.as_bytes(), br#"{"key":"cat.png"}"#);
    let payload = lambda::invoke::InvokeResponse::new(200).payload;
    assert_eq!(payload, None::<myrina::Json>);
}

/// DynamoDB's values are an enum by the built-in overrides, and a structure, as in the model, where `union` is `false`.
#[test]
fn a_built_in_union_can_be_turned_off() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let generate = |name: &str, overrides: Option<&str>| {
        let output = folder.join(name).with_extension("rs");
        let mut builder = Builder::new("dynamodb", "models/dynamodb/2012-08-10").output(&output);
        if let Some(text) = overrides {
            let file = folder.join(name).with_extension("json");
            std::fs::write(&file, text).unwrap();
            builder = builder.overrides(file);
        }
        builder.build().map(|()| std::fs::read_to_string(output).unwrap()).map_err(|error| error.to_string())
    };
    assert!(generate("union_built_in", None).unwrap().contains("pub enum AttributeValue "));
    let off =
        generate("union_off", Some(r#"{ "shapes": { "AttributeValue": { "union": false } } }"#)).unwrap();
    assert!(off.contains("pub struct AttributeValue "));
    assert!(!off.contains("exactly one of the types"), "the reason of what is turned off");
    let again = generate("union_again", Some(r#"{ "shapes": { "AttributeValue": { "union": true } } }"#));
    assert!(again.unwrap_err().contains("it is built in"));
}

#[test]
fn a_protocol_that_the_model_does_not_list_is_rejected() {
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused.rs");
    let builder = Builder::new("cloudwatch", "models/cloudwatch/2010-08-01").output(&output);
    let report = builder.protocol("ec2").build().unwrap_err().to_string();
    assert!(report.contains("the service cloudwatch does not speak the protocol \"ec2\""), "{report}");
    assert!(report.contains("its model lists: smithy-rpc-v2-cbor, json, query"), "{report}");
    assert!(!output.exists());
}
