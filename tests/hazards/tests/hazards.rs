//! The difficult service, on the wire and in Rust: each test covers one hazard of the catalogue.

use http::HeaderMap;
use myrina::{
    Operation,
    codec::Structure,
    lens::{Lens as _, OptionalLens as _},
    operation::{RequestOptions, Response},
};
use myrina_hazards::{
    create_pool::{CreatePool, CreatePoolResponse},
    create_thing::{CreateThing, CreateThingResponse},
    enums::Enums,
    errors,
    keywords::Keywords,
    r#match::Match,
    prelude::Prelude,
    recursive::Recursive,
    taken::Taken,
    types, types_,
    update_pool::UpdatePool,
};
use serde_json::{Value, json};

/// What was generated.
const SOURCE: &str = include_str!(concat!(env!("OUT_DIR"), "/hazards.rs"));

/// The body that a request is sent with.
fn sent<O: Operation>(request: &O) -> Value {
    let settings = RequestOptions::new(&String::new);
    let request = O::SCHEMA.service.protocol.write_request(O::SCHEMA, request, &settings).unwrap();
    serde_json::from_slice(&request.body).unwrap()
}

/// What a response with this body is read as.
fn received<O: Operation>(body: &Value) -> O::Response {
    let response = Response::new(200, HeaderMap::new(), body.to_string());
    let mut output = O::Response::empty();
    O::SCHEMA.service.protocol.read_response(O::SCHEMA, response, &mut output).unwrap();
    output
}

#[test]
fn keywords_are_fields_setters_and_lenses() {
    let request = Keywords::new("t", "r", "m").r#override("o").r#in("i").r#static("s").r#ref("f");
    let request = request.r#enum("e").r#virtual("v").r#trait("a").r#else("l").r#loop("p").r#struct("u");
    assert_eq!(Keywords::TYPE.get(&request), "t");
    assert_eq!(request.r#return, "r");
    let body = json!({
        "type": "t", "return": "r", "match": "m", "override": "o", "in": "i", "static": "s", "ref": "f",
        "enum": "e", "virtual": "v", "trait": "a", "else": "l", "loop": "p", "struct": "u",
    });
    assert_eq!(sent(&request), body);
    assert!(format!("{request:?}").starts_with("Keywords { type: \"t\", return: \"r\", match: "));
    assert_eq!(sent(&Match::new()), json!({}));
}

#[test]
fn shapes_may_have_the_names_of_the_prelude() {
    let request = Prelude::new()
        .option(types::Option::new().value("o"))
        .string(types::String::new().value("s"))
        .vec(types::Vec::new().value("v"))
        .r#box(types::Box::new())
        .none(types::None::Some)
        .result(types::Result::Err("e".to_owned()))
        .clone(types::Clone::new().value("c"))
        .default(types::Default::default());
    let body = json!({
        "Option": { "Value": "o" }, "String": { "Value": "s" }, "Vec": { "Value": "v" }, "Box": {},
        "None": "Some", "Result": { "Err": "e" }, "Clone": { "Value": "c" }, "Default": {},
    });
    assert_eq!(sent(&request), body);
    let response = received::<Prelude>(&body);
    assert_eq!(response.none, Some(types::None::Some));
    assert_eq!(Prelude::RESULT.some().then(types::Result::ERR).preview(&request).unwrap(), "e");
    assert_eq!(response.option.unwrap().value.unwrap(), "o");
}

#[test]
fn members_may_have_names_that_the_generator_uses() {
    let request = CreateThing::new()
        .create_thing(types::CreateThing::new().name("shape"))
        .create_thing_input(types::CreateThingInput::new().name("input"))
        .create_thing_output(types::CreateThingOutput::new().name("output"))
        .create_thing_response(types::CreateThingResponse::new().name("response"))
        .thing(types::Thing::new().builder(types::ThingBuilder::new().build("b")));
    let body = json!({
        "CreateThing": { "Name": "shape" }, "CreateThingInput": { "Name": "input" },
        "CreateThingOutput": { "Name": "output" }, "CreateThingResponse": { "Name": "response" },
        "Thing": { "builder": { "build": "b" } },
    });
    assert_eq!(sent(&request), body);
    // The module of an operation that has the name of a module that every crate has.
    assert_eq!(sent(&types_::Types::new()), json!({}));
}

#[test]
fn members_may_have_the_names_of_functions_and_constants() {
    let request = Taken::new("new", "value", "reader", "out", "index")
        .clone("clone")
        .default("default")
        .schema("schema")
        .write("write")
        .error("error")
        .case(types::TakenCase::Self_("self".to_owned()))
        .value2(types::Value2::Value2);
    let body = json!({
        "new": "new", "value": "value", "reader": "reader", "out": "out", "index": "index", "clone": "clone",
        "default": "default", "schema": "schema", "write": "write", "ERROR": "error", "Case": { "Self": "self" },
        "Value2": "Value2",
    });
    assert_eq!(sent(&request), body);
    let response = received::<Taken>(&body);
    assert_eq!((&*response.new_, response.clone.as_deref()), ("new", Some("clone")));
    assert_eq!(types::TakenRequest::ERROR_.get(&response).as_deref(), Some("error"));
    let case = types::TakenRequest::CASE.some().then(types::TakenCase::SELF);
    assert_eq!(case.preview(&response).unwrap(), "self");
    // The lenses `ERROR` and `IN_ERROR` of an error would hide what every error has.
    let error = errors::TakenException::new().code("c").source("s").error("e");
    assert_eq!(errors::TakenException::ERROR_.get(&error).as_deref(), Some("e"));
    assert_eq!(errors::TakenException::ERROR.code, "TakenException");
}

#[test]
fn modules_may_have_the_names_of_crates() {
    for request in [sent(&myrina_hazards::core::Core::new()), sent(&myrina_hazards::std::Std::new())] {
        assert_eq!(request, json!({}));
    }
    assert_eq!(sent(&myrina_hazards::myrina::Myrina::new()), json!({}));
    assert_eq!(sent(&myrina_hazards::errors_::Errors::new()), json!({}));
    assert_eq!(sent(&myrina_hazards::self_::Self_::new()), json!({}));
}

#[test]
fn an_error_may_be_an_ordinary_member_too() {
    let body = json!({ "Errors": [{ "message": "no", "Empty": {} }], "Empty": {} });
    let response: CreateThingResponse = received::<CreateThing>(&body);
    let report: &errors::CreateThingError = &response.errors.unwrap()[0];
    assert_eq!(report.message.as_deref(), Some("no"));
    assert_eq!(report.to_string(), "CreateThingError: no");
    assert_eq!(
        (report.empty.as_ref(), response.empty),
        (Some(&types::Empty::new()), Some(types::Empty::new()))
    );
}

#[test]
fn every_value_of_an_enum_is_a_variant_and_keeps_its_text() {
    let values = types::Odd::VALUES;
    let variants: Vec<_> = values.iter().map(|text| types::Odd::from(*text)).collect();
    for (variant, text) in variants.iter().zip(values) {
        assert_eq!(variant.as_str(), *text);
        assert!(!matches!(variant, types::Odd::UnknownValue(_)), "{text:?} is not known");
        assert_eq!(variants.iter().filter(|other| *other == variant).count(), 1, "{text:?} is two");
        let request = Enums::new().odd(variant.clone());
        assert_eq!(sent(&request), json!({ "Odd": text }));
        assert_eq!(received::<Enums>(&json!({ "Odd": text })).odd.as_ref(), Some(variant));
    }
    let values = types::Value2::VALUES;
    let variants: std::collections::BTreeSet<_> =
        values.iter().map(|text| types::Value2::from(*text)).collect();
    assert_eq!(variants.len(), values.len());
    assert!(!variants.iter().any(|variant| matches!(variant, types::Value2::UnknownValue_(_))));
    let named = [
        (types::Odd::Self_, "Self"),
        (types::Odd::_0_5, "0.5"),
        (types::Odd::Unknown, "Unknown"),
        (types::Odd::InvalidRequest, "INVALID_REQUEST"),
        (types::Odd::InvalidRequest_, "invalid_request"),
        (types::Odd::Python3_9, "python3.9"),
        (types::Odd::Python39, "python39"),
        (types::Odd::LunAlreadyAllocated, "LunAlreadyAllocated "),
    ];
    for (variant, text) in named {
        assert_eq!(variant.as_str(), text);
    }
    // Without its blank at the end it is another value, which is kept all the same.
    let odd = types::Odd::from("LunAlreadyAllocated");
    assert_eq!(odd, types::Odd::UnknownValue("LunAlreadyAllocated".to_owned()));
    assert_eq!(sent(&Enums::new().odd(odd)), json!({ "Odd": "LunAlreadyAllocated" }));
}

#[test]
fn maps_may_be_keyed_by_enums() {
    let request = Enums::new()
        .by_odd([(types::Odd::_0_5, "half"), (types::Odd::from("new one"), "new")])
        .counts([(types::Single::Only, vec![types::Odd::None, types::Odd::Ok])]);
    let body = json!({ "ByOdd": { "0.5": "half", "new one": "new" }, "Counts": { "only": ["None", "Ok"] } });
    assert_eq!(sent(&request), body);
    let response = received::<Enums>(&body);
    assert_eq!((response.by_odd, response.counts), (request.by_odd, request.counts));
}

/// Requests and responses are types of their own; what is also a member has one in `types`.
#[test]
fn one_shape_may_be_two_inputs_two_outputs_and_a_member() {
    let older = types::Pool::new("older");
    let (create, update) = (CreatePool::new("a").previous([older.clone()]), UpdatePool::new("a"));
    assert_eq!(sent(&create), json!({ "Name": "a", "Previous": [{ "Name": "older" }] }));
    assert_eq!(sent(&update), json!({ "Name": "a" }));
    let response: CreatePoolResponse = received::<CreatePool>(&sent(&create));
    assert_eq!(response, types::Pool::new("a").previous([older]));
    assert_eq!(received::<UpdatePool>(&sent(&update)), types::Pool::new("a"));
}

#[test]
fn shapes_may_contain_themselves() {
    let node = |label: &str| types::Node::new().label(label);
    let request = Recursive::new()
        .node(node("top").left(node("left")).other(types::Peer::new().node(node("peer"))))
        .expression(types::Expression::Not(Box::new(types::Expression::And(vec![
            types::Expression::Literal("x".to_owned()),
            types::Expression::Unknown("modeled".to_owned()),
        ]))))
        .forest([("a", types::Forest2::new().trees([("b", types::Forest2::new())]))])
        .endless(types::Endless::new("first").next(types::Endless::new("last")));
    let body = json!({
        "Node": { "Label": "top", "Left": { "Label": "left" }, "Other": { "Node": { "Label": "peer" } } },
        "Expression": { "Not": { "And": [{ "Literal": "x" }, { "Unknown": "modeled" }] } },
        "Forest": { "a": { "Trees": { "b": {} } } },
        "Endless": { "Label": "first", "Next": { "Label": "last" } },
    });
    assert_eq!(sent(&request), body);
    let response = received::<Recursive>(&body);
    assert_eq!((&response.node, &response.expression), (&request.node, &request.expression));
    assert_eq!((response.forest, response.endless), (request.forest, request.endless));
}

#[test]
fn only_what_something_leads_to_is_generated() {
    for name in ["struct Nowhere", "enum NowhereEither", "NowhereEither"] {
        assert!(!SOURCE.contains(name), "{name} is generated");
    }
    // Services send errors that no operation lists.
    assert!(SOURCE.contains("pub struct LooseException"));
}
