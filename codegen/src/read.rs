//! Reads the JSON files of a model into a [`Model`], and reports all errors in them.
//!
//! A reader takes the known keys of an object and reports the others. It decides nothing. References, labels and names are checked by
//! `validate` once the model is read.

mod endpoint_rules;
pub(crate) mod file;
mod metadata;
pub(crate) mod object;
mod operation;
mod paginators_and_waiters;
mod shape;
mod traits;

pub use file::ModelFolder;
pub(crate) use file::{bytes, read_limited, text, versions};

use crate::diagnostic::Diagnostics;
use crate::json::Json;
use crate::model::{Model, Pointer};
use crate::source::Source;
use crate::validate;
use object::Object;
use std::collections::BTreeSet;

/// The model's own file.
pub const MODEL_FILE: &str = "service-2.json";
/// What botocore adds to the model.
pub const MODEL_EXTRAS_FILE: &str = "service-2.sdk-extras.json";
/// How the operations of a service page.
pub const PAGINATORS_FILE: &str = "paginators-1.json";
/// What botocore adds to the paginators.
pub const PAGINATORS_EXTRAS_FILE: &str = "paginators-1.sdk-extras.json";
/// What can be waited for.
pub const WAITERS_FILE: &str = "waiters-2.json";
/// The rules that give a request its endpoint.
pub const ENDPOINT_RULES_FILE: &str = "endpoint-rule-set-1.json";

/// Reads the model in one folder.
///
/// Errors are added to `diagnostics`; `None` if there is no model at all. After an error, the model has what could be read. It serves to
/// find further errors, but must not be lowered.
pub fn model(folder: &ModelFolder, diagnostics: &mut Diagnostics) -> Option<Model> {
    let Some((mut service, json)) = folder.load_with_extras(MODEL_FILE, MODEL_EXTRAS_FILE, diagnostics)
    else {
        folder.report_if_missing(MODEL_FILE, diagnostics);
        return None;
    };
    let mut unreadable = BTreeSet::new();
    let mut model = document(&mut service, json, &mut unreadable).unwrap_or_default();
    validate::service(&model, &unreadable, &mut service);
    service.finish(diagnostics);
    if let Some((mut source, json)) =
        folder.load_with_extras(PAGINATORS_FILE, PAGINATORS_EXTRAS_FILE, diagnostics)
    {
        model.paginators = paginators_and_waiters::paginators(&mut source, json);
        validate::paginators(&model, &mut source);
        source.finish(diagnostics);
    }
    if let Some((mut source, json)) = folder.load(WAITERS_FILE, diagnostics) {
        model.waiters = paginators_and_waiters::waiters(&mut source, json);
        validate::waiters(&model, &mut source);
        source.finish(diagnostics);
    }
    if let Some((mut source, json)) = folder.load(ENDPOINT_RULES_FILE, diagnostics) {
        model.endpoint_rules = endpoint_rules::endpoint_rules(&mut source, json);
        validate::endpoint_rules(&model, &mut source);
        source.finish(diagnostics);
    }
    Some(model)
}

/// Reads the model's own document. The names of shapes that could not be read are put into `unreadable`.
fn document(source: &mut Source, json: Json, unreadable: &mut BTreeSet<String>) -> Option<Model> {
    let mut object = Object::new(source, Pointer::ROOT, json)?;
    // The version of the format, prose about single calls, and the retirement of a whole service, which no generated item could carry.
    object.ignore(&["version", "examples", "deprecated", "deprecatedMessage"]);
    let model = Model {
        metadata: metadata::metadata(source, &mut object),
        operations: operation::operations(source, &mut object),
        shapes: shape::shapes(source, &mut object, unreadable),
        documentation: object.optional(source, "documentation"),
        client_context_params: metadata::client_context_params(source, &mut object),
        ..Model::default()
    };
    object.finish(source);
    Some(model)
}

#[cfg(test)]
mod tests;
