//! The names of the root elements of XML documents: of the shape, of the reference to it, or of the shape's own `locationName`.

use myrina_codegen::{
    diagnostic::Diagnostics,
    generate,
    ir::{Binding, Response},
    options::Options,
    read::ModelFolder,
};
use serde_json::{Value, json};
use std::fs;

/// A service with one operation, whose input, output and payload are such.
fn model(input: &Value, output: &Value, payload: &Value, reference: &Value) -> Value {
    json!({
        "metadata": { "apiVersion": "2020-01-01", "endpointPrefix": "lens", "protocol": "rest-xml" },
        "operations": { "ListLenses": {
            "name": "ListLenses",
            "http": { "method": "POST", "requestUri": "/" },
            "input": input,
            "output": { "shape": "ListLensesOutput" },
        } },
        "shapes": {
            "ListLensesInput": {
                "type": "structure",
                "members": { "Filter": reference },
                "payload": "Filter",
                "locationName": "OwnRequest",
            },
            "ListLensesOutput": output,
            "LensFilter": payload,
            "Text": { "type": "string" },
        },
    })
}

/// The roots of the input, the output and the payload, as far as the model names them.
fn roots(model: &Value) -> [Option<String>; 3] {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("service-2.json"), model.to_string()).unwrap();
    let mut diagnostics = Diagnostics::new();
    let options = Options::new("lens", folder.path()).input("lens").overrides_file("");
    let krate = generate::lower(&ModelFolder::new("", folder.path()), None, &options, &mut diagnostics);
    let krate = krate.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let operation = &krate.operations[0];
    assert!(matches!(operation.response, Response::Own(_)));
    let payload = match &operation.request.members[0].schema.binding {
        Binding::Payload(root) => root.clone(),
        other => panic!("{other:?}"),
    };
    [operation.input_traits.xml_root.clone(), operation.traits.output_root.clone(), payload]
}

#[test]
fn a_shape_with_a_name_of_its_own_names_the_root() {
    let shape = |own: Option<&str>| {
        let mut shape = json!({ "type": "structure", "members": { "Name": { "shape": "Text" } } });
        if let Some(own) = own {
            shape["locationName"] = own.into();
        }
        shape
    };
    let reference = |own: Option<&str>| {
        let mut reference = json!({ "shape": "LensFilter" });
        if let Some(own) = own {
            reference["locationName"] = own.into();
        }
        reference
    };
    let input = json!({ "shape": "ListLensesInput" });
    let named = json!({ "shape": "ListLensesInput", "locationName": "ListLensesRequest" });
    let name = |text: &str| Some(text.to_owned());
    // S3 Control's ListStorageLensConfigurations.
    let found = roots(&model(&input, &shape(Some("ListLensResult")), &shape(None), &reference(None)));
    assert_eq!(found, [name("OwnRequest"), name("ListLensResult"), None]);
    // The reference comes before the shape.
    let found = roots(&model(&named, &shape(None), &shape(Some("Filter")), &reference(None)));
    assert_eq!(found, [name("ListLensesRequest"), None, name("Filter")]);
    let found = roots(&model(&named, &shape(None), &shape(Some("Filter")), &reference(Some("LensFilters"))));
    assert_eq!(found, [name("ListLensesRequest"), None, name("LensFilters")]);
}
