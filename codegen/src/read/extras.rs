//! `*.sdk-extras.json`: what botocore merges into a file after reading it.

use super::file::{self, Folder};
use super::object::Object;
use crate::diagnostic::Diagnostics;
use crate::json::Json;
use crate::model::Pointer;
use crate::source::Source;
use indexmap::map::Entry;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Which nodes of a merged document came from the second file.
#[derive(Debug)]
pub(crate) struct Merged {
    file: PathBuf,
    nodes: BTreeSet<Vec<String>>,
}

impl Merged {
    /// The file and the place in it of a node that was merged in.
    pub(crate) fn origin(&self, at: &Pointer) -> Option<(&Path, Pointer)> {
        let steps: Vec<String> = at.steps().collect();
        let from_here =
            (1..=steps.len()).any(|depth| steps.get(..depth).is_some_and(|path| self.nodes.contains(path)));
        let node = || steps.iter().fold(Pointer::ROOT.key(MERGE), |node, step| node.key(step));
        from_here.then(|| (self.file.as_path(), node()))
    }
}

/// The key of the file that holds what is merged.
const MERGE: &str = "merge";

/// Reads a file and, where it is there, what is merged into it. `None` where the first is not there or cannot be read.
pub(crate) fn load(
    folder: Folder<'_>,
    name: &str,
    extras: &str,
    diagnostics: &mut Diagnostics,
) -> Option<(Source, Json)> {
    let base = folder.load(name, diagnostics);
    let extras = read(folder, extras, diagnostics);
    let (source, mut json) = base?;
    let Some((file, addition)) = extras else { return Some((source, json)) };
    let mut merged = Merged { file, nodes: BTreeSet::new() };
    merge(&mut json, addition, &mut Vec::new(), &mut merged.nodes);
    Some((source.with(merged), json))
}

fn read(folder: Folder<'_>, name: &str, diagnostics: &mut Diagnostics) -> Option<(PathBuf, Json)> {
    let path = folder.find(name)?;
    let (mut source, json) = file::parse(folder.root, &path, diagnostics)?;
    let mut object = Object::new(&mut source, Pointer::ROOT, json);
    let addition = object.as_mut().and_then(|object| object.need_object(&mut source, MERGE));
    if let Some(mut object) = object {
        // The version of the format.
        object.ignore(&["version"]);
        object.finish(&mut source);
    }
    source.finish(diagnostics);
    Some((path, addition?.into_json()))
}

/// Puts the members of `addition` into `base`: objects are merged, everything else is replaced. The reader bounds the depth.
fn merge(base: &mut Json, addition: Json, path: &mut Vec<String>, nodes: &mut BTreeSet<Vec<String>>) {
    match (base, addition) {
        (Json::Object(base), Json::Object(addition)) => {
            for (key, value) in addition {
                path.push(key.clone());
                match base.entry(key) {
                    Entry::Occupied(mut entry) => merge(entry.get_mut(), value, path, nodes),
                    Entry::Vacant(entry) => {
                        entry.insert(value);
                        nodes.insert(path.clone());
                    }
                }
                path.pop();
            }
        }
        (base, addition) => {
            *base = addition;
            nodes.insert(path.clone());
        }
    }
}
