//! Reads every version of every service of a botocore installation.
//!
//! Set `MYRINA_BOTOCORE_DATA` to the folder `botocore/data`.

use myrina_codegen::diagnostic::Diagnostics;
use myrina_codegen::read::{self, ModelFolder};
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

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}
