//! Reads every version of every service of a botocore installation, and compares the built-in overrides with them.
//!
//! Set `MYRINA_BOTOCORE_DATA` to the folder `botocore/data`.

use myrina_codegen::diagnostic::Diagnostics;
use myrina_codegen::model::{Kind, Model, Structure};
use myrina_codegen::read::{self, ModelFolder};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

#[test]
fn every_model_of_the_catalogue_reads_without_errors() {
    let Some(data) = std::env::var_os("MYRINA_BOTOCORE_DATA").map(PathBuf::from) else {
        println!("MYRINA_BOTOCORE_DATA is not set: the catalogue was not read");
        return;
    };
    let mut diagnostics = Diagnostics::new();
    let mut figures = [0; 4];
    for version in folders(&data).iter().flat_map(|service| folders(service)) {
        // Some hold endpoint rules alone.
        if !["service-2.json", "service-2.json.gz"].iter().any(|name| version.join(name).is_file()) {
            println!("no model: {}", version.display());
            continue;
        }
        let started = Instant::now();
        let model = read::model(&ModelFolder::new("", &version), &mut diagnostics).unwrap();
        if version.ends_with("lambda/2015-03-31") {
            println!("lambda was read in {:?}", started.elapsed());
        }
        for (figure, count) in
            figures.iter_mut().zip([1, model.operations.len(), model.shapes.len(), model.waiters.len()])
        {
            *figure += count;
        }
    }
    println!("[models, operations, shapes, waiters]: {figures:?}");
    for diagnostic in diagnostics.iter().take(50) {
        println!("{diagnostic:?}");
    }
    assert_eq!(diagnostics.iter().count(), 0);
}

/// An entry that no version of a service's model has, or that changes nothing, is one that a newer botocore made superfluous.
#[test]
fn every_built_in_override_has_a_target_and_an_effect() {
    let Some(data) = std::env::var_os("MYRINA_BOTOCORE_DATA").map(PathBuf::from) else {
        println!("MYRINA_BOTOCORE_DATA is not set: the catalogue was not read");
        return;
    };
    let mut models: BTreeMap<String, Vec<Model>> = BTreeMap::new();
    let entries = entries();
    for version in folders(&data).iter().flat_map(|service| folders(service)) {
        if !["service-2.json", "service-2.json.gz"].iter().any(|name| version.join(name).is_file()) {
            continue;
        }
        let model = read::model(&ModelFolder::new("", &version), &mut Diagnostics::new()).unwrap();
        if let Some(id) = model.metadata.service_id.clone().filter(|id| entries.contains_key(id)) {
            models.entry(id).or_default().push(model);
        }
    }
    let mut idle = Vec::new();
    let mut count = 0;
    for (service, entries) in &entries {
        let models = models.get(service).map(Vec::as_slice).unwrap_or_default();
        for entry in entries {
            count += 1;
            if !models.iter().any(|model| has_effect(model, entry)) {
                idle.push(format!("{service}: {entry:?}"));
            }
        }
    }
    println!("{count} entries of {} services", entries.len());
    assert!(idle.is_empty(), "{idle:#?}");
}

/// One key of one built-in override: the operation, or the shape and perhaps its member; the key, and its value.
#[derive(Debug)]
struct Entry {
    operation: Option<String>,
    shape: String,
    member: Option<String>,
    key: String,
    value: Value,
}

/// The built-in overrides by the identifiers of services.
fn entries() -> BTreeMap<String, Vec<Entry>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let json = |file: &Path| serde_json::from_slice::<Value>(&std::fs::read(file).unwrap()).unwrap();
    let object = |json: &Value| json.as_object().cloned().unwrap_or_default();
    let mut found: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    let folder = std::fs::read_dir(root.join("built_in_overrides")).unwrap();
    for file in folder.map(|entry| entry.unwrap().path()) {
        let overrides = json(&file);
        let service = found.entry(overrides["serviceId"].as_str().unwrap().to_owned()).or_default();
        let mut push = |operation: Option<&String>, shape: &str, member: Option<&String>, over: &Value| {
            let keys = object(over).into_iter().filter(|(key, _)| key != "reason" && key != "members");
            service.extend(keys.map(|(key, value)| Entry {
                operation: operation.cloned(),
                shape: shape.to_owned(),
                member: member.cloned(),
                key,
                value,
            }));
        };
        for (name, over) in object(&overrides["operations"]) {
            push(Some(&name), "", None, &over);
        }
        for (name, over) in object(&overrides["shapes"]) {
            push(None, &name, None, &over);
            for (member, over) in object(&over["members"]) {
                push(None, &name, Some(&member), &over);
            }
        }
    }
    for (id, groups) in object(&json(&root.join("sensitive_members.json"))["services"]) {
        for (shape, members) in object(&groups).values().flat_map(object) {
            let entry = |member: &Value| Entry {
                operation: None,
                shape: shape.clone(),
                member: member.as_str().map(str::to_owned),
                key: "sensitive".to_owned(),
                value: Value::Bool(true),
            };
            found.entry(id.clone()).or_default().extend(members.as_array().unwrap().iter().map(entry));
        }
    }
    found
}

/// Whether a model has what is overridden, and does not say the same.
fn has_effect(model: &Model, entry: &Entry) -> bool {
    let Entry { operation, shape, member, key, value } = entry;
    if let Some(operation) = operation {
        return model.operations.contains_key(operation);
    }
    let Some(shape) = model.shapes.get(shape) else { return false };
    let structure = match &shape.kind {
        Kind::Structure(structure) => structure,
        _ => &Box::<Structure>::default(),
    };
    let Some(name) = member else {
        return match key.as_str() {
            "union" => structure.members.len() > 1 && !structure.union,
            "sensitive" => Some(shape.traits.sensitive) != value.as_bool(),
            _ => true,
        };
    };
    let Some(member) = structure.members.get(name) else { return false };
    match key.as_str() {
        "required" => Some(structure.required.contains(name)) != value.as_bool(),
        "sensitive" => {
            let is_marked = |name: &str| model.shapes.get(name).is_some_and(|shape| shape.traits.sensitive);
            (member.traits.sensitive || is_marked(&member.shape)) != value.as_bool().unwrap()
        }
        _ => true,
    }
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}
