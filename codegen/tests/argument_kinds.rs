//! Constructors and setters take lists and maps as anything that can be iterated, with elements, keys and values that can be converted.
//!
//! Set `MYRINA_BOTOCORE_DATA` to the folder `botocore/data` to check every service.

use myrina_codegen::{
    diagnostic::Diagnostics,
    emit, generate,
    options::Options,
    overrides::Overrides,
    read::{self, ModelFolder},
};
use std::path::{Path, PathBuf};

#[test]
fn every_list_and_map_takes_elements_that_can_be_converted() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let data = std::env::var_os("MYRINA_BOTOCORE_DATA").map(PathBuf::from);
    let mut lists_and_maps = 0;
    for folder in
        [Some(own), data].iter().flatten().flat_map(|data| folders(data)).flat_map(|of| folders(&of))
    {
        if !["service-2.json", "service-2.json.gz"].iter().any(|name| folder.join(name).is_file()) {
            continue;
        }
        let mut diagnostics = Diagnostics::new();
        let model = read::model(&ModelFolder::new("", &folder), &mut diagnostics).unwrap();
        let options = Options::new("service", "model");
        let krate = generate::lower_lenient(&model, &Overrides::default(), &options, &mut diagnostics);
        let Some(krate) = krate else { continue };
        let text = emit::emit_module(&krate);
        for kind in ["optional", "value"] {
            for container in ["Vec<", "::std::vec::Vec<", "myrina::Map<", "Box<Vec<", "Box<myrina::Map<"] {
                let row = format!(": {kind} {container}");
                assert!(!text.contains(&row), "{}: a member is `{row}…`", folder.display());
            }
        }
        lists_and_maps += [": list ", ": map "].iter().map(|kind| text.matches(kind).count()).sum::<usize>();
    }
    println!("{lists_and_maps} lists and maps");
    assert!(lists_and_maps > 50, "{lists_and_maps}");
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).collect()
}
