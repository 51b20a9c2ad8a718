//! Whether each entry of `sensitive_members.json` is a member of a model, and generated as sensitive, so that `Debug` redacts it. The
//! folder of the models is that of botocore's data, named by the variable `MYRINA_BOTOCORE_DATA`.

use myrina_codegen::{
    diagnostic::Diagnostics,
    generate,
    ir::{Crate, Member, Response, TypeDef},
    options::Options,
    read::ModelFolder,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::{Path, PathBuf},
};

#[test]
fn every_member_of_the_table_is_generated_as_sensitive() {
    let Some(folder) = std::env::var_os("MYRINA_BOTOCORE_DATA") else {
        println!("MYRINA_BOTOCORE_DATA names no folder of models: the table is not checked");
        return;
    };
    let table: serde_json::Value = serde_json::from_str(include_str!("../sensitive_members.json")).unwrap();
    let services = table["services"].as_object().unwrap();
    let folders = folders(Path::new(&folder), &services.keys().map(String::as_str).collect());
    let mut problems = Vec::new();
    for (service, groups) in services {
        let Some(folder) = folders.get(service) else {
            problems.push(format!("no model of {service}"));
            continue;
        };
        let mut diagnostics = Diagnostics::new();
        let options = Options::new("service", folder).input("service").overrides_file("");
        let krate = generate::lower(&ModelFolder::new("", folder), None, &options, &mut diagnostics);
        let members = members(&krate.unwrap_or_else(|| panic!("{service}: {diagnostics:?}")));
        for (shape, names) in
            groups.as_object().unwrap().values().flat_map(|group| group.as_object().unwrap())
        {
            for name in names.as_array().unwrap() {
                let key = (shape.clone(), name.as_str().unwrap().to_owned());
                match members.get(&key) {
                    Some(true) => {}
                    Some(false) => problems.push(format!("{service}: {key:?} is not sensitive")),
                    None => problems.push(format!("{service}: {key:?} is not generated")),
                }
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

/// The folders of the newest models of these services, by the services' identifiers.
fn folders(data: &Path, services: &BTreeSet<&str>) -> BTreeMap<String, PathBuf> {
    let mut folders = BTreeMap::new();
    for entry in fs::read_dir(data).unwrap() {
        let Ok(versions) = fs::read_dir(entry.unwrap().path()) else { continue };
        let versions = versions.map(|version| version.unwrap().path());
        let newest = versions.filter(|version| version.join("service-2.json.gz").is_file()).max();
        let Some(folder) = newest else { continue };
        let model = File::open(folder.join("service-2.json.gz")).unwrap();
        let model: serde_json::Value = serde_json::from_reader(flate2::read::GzDecoder::new(model)).unwrap();
        let id = model["metadata"]["serviceId"].as_str().unwrap_or_default();
        if services.contains(id) {
            folders.insert(id.to_owned(), folder);
        }
    }
    folders
}

/// The members of all structures, by the names in the model, and whether they are sensitive.
fn members(krate: &Crate) -> BTreeMap<(String, String), bool> {
    let mut members = BTreeMap::new();
    let mut add = |shape: &str, list: &[Member]| {
        for member in list {
            let key = (shape.to_owned(), member.wire_name.clone());
            members.insert(key, member.schema.traits.sensitive);
        }
    };
    for operation in &krate.operations {
        add(&operation.request.wire_name, &operation.request.members);
        if let Response::Own(structure) = &operation.response {
            add(&structure.wire_name, &structure.members);
        }
    }
    for definition in &krate.types {
        match definition {
            TypeDef::Structure(structure) => add(&structure.wire_name, &structure.members),
            TypeDef::Union(union) => add(&union.wire_name, &union.variants),
            TypeDef::Enumeration(_) => {}
        }
    }
    for error in &krate.errors {
        add(&error.structure.wire_name, &error.structure.members);
    }
    members
}
