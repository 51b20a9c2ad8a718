//! Selects the operations to generate.

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    did_you_mean::did_you_mean,
    model::Model,
    options::Options,
    overrides::Overrides,
};

/// The operations that the options name, or all. Unknown names are reported.
pub(super) fn select<'m>(
    model: &'m Model,
    overrides: &Overrides,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Vec<&'m str> {
    let Some(requested) = &options.operations else {
        return model.operations.keys().map(String::as_str).collect();
    };
    let mut selected = Vec::new();
    for name in requested {
        match model.operations.get_key_value(name.as_str()) {
            Some((name, _)) => selected.push(name.as_str()),
            None if overrides.operations.get(name).is_some_and(|over| over.ignore) => {
                let message = format!("the operation {name:?} is left out");
                let file = options.overrides_file.display();
                let help = format!("remove it here, or its \"ignore\" in {file}");
                diagnostics.push(Diagnostic::in_file(&options.config_file, message).with_help(help));
            }
            None => diagnostics.push(unknown_operation(model, options, name)),
        }
    }
    selected
}

fn unknown_operation(model: &Model, options: &Options, name: &str) -> Diagnostic {
    let message = format!("the service {} has no operation {name:?}", options.service);
    let otherwise = format!("name operations of {}", options.model_file.display());
    let known = model.operations.keys().map(String::as_str);
    let help = options.add_hint(name).unwrap_or_else(|| did_you_mean(name, known, otherwise));
    Diagnostic::in_file(&options.config_file, message).with_help(help)
}
