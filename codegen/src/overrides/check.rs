//! Whether every override has a target and an effect: one that has not is a mistake, or a repair that is no longer needed.

mod customizations;
mod member;
mod roles;
mod shape;

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    did_you_mean::did_you_mean,
    markdown,
    model::{Model, Pointer},
    names,
    options::Options,
    overrides::builtin,
    overrides::{Ignorable, OperationOverride, Overrides},
    protocol::Protocol,
};
use indexmap::IndexMap;
use roles::Roles;
use std::path::Path;

/// Reports the overrides that do not fit the model, or change nothing.
pub fn check(model: &Model, overrides: &Overrides, options: &Options, diagnostics: &mut Diagnostics) {
    if overrides.is_empty() {
        return;
    }
    let protocol = Protocol::choose(&model.metadata, options.protocol.as_deref());
    let file = &options.overrides_file;
    let builtin = builtin::applying(model, overrides, options).unwrap_or_default();
    let roles = Roles::of(model);
    let mut check = Check { model, overrides, protocol, roles, builtin, file, diagnostics };
    check.service();
    for (name, over) in &overrides.operations {
        if check.target("operation", name, &over.at, model.operations.keys()) {
            check.operation(name, over);
        }
    }
    for (name, over) in &overrides.shapes {
        if check.target("shape", name, &over.at, model.shapes.keys())
            && let Some(shape) = model.shapes.get(name)
        {
            check.shape(name, shape, over);
        }
    }
    check.something_left();
    check.ignorable("paginator", &overrides.paginators, &model.paginators.keys());
    check.ignorable("waiter", &overrides.waiters, &model.waiters.keys());
}

struct Check<'a> {
    model: &'a Model,
    overrides: &'a Overrides,
    protocol: Option<Protocol>,
    roles: Roles<'a>,
    /// What holds without the overrides.
    builtin: Overrides,
    file: &'a Path,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn operation(&mut self, name: &str, over: &OperationOverride) {
        self.rename(&over.at, name, over.rename.as_deref(), names::type_name);
        let prose = self.model.operations.get(name).and_then(|operation| operation.documentation.as_deref());
        self.documented(&over.at, over.documentation.as_deref(), prose);
        self.customized(name, over);
        if over.ignore {
            let others = [
                ("rename", over.rename.is_some()),
                ("documentation", over.documentation.is_some()),
                ("customizations", !over.customizations.is_empty()),
            ];
            self.alone(&over.at, "ignore", "an operation that is left out", &others);
        }
    }

    /// Reports that all operations are left out.
    fn something_left(&mut self) {
        let ignored = |name: &String| self.overrides.operations.get(name).is_some_and(|over| over.ignore);
        if !self.model.operations.is_empty() && self.model.operations.keys().all(ignored) {
            let message = "all operations are left out, and nothing would be generated";
            self.report(&Pointer::ROOT.key("operations"), message, "keep one of them");
        }
    }

    fn ignorable<'n>(
        &mut self,
        what: &str,
        overrides: &IndexMap<String, Ignorable>,
        known: &(impl Iterator<Item = &'n String> + Clone),
    ) {
        for (name, over) in overrides {
            self.target(what, name, &over.at, known.clone());
        }
    }

    /// Reports a new name that is the old one once it is Rust's.
    fn rename(&mut self, at: &Pointer, name: &str, renamed: Option<&str>, in_rust: fn(&str) -> String) {
        let idle = renamed.is_some_and(|renamed| in_rust(renamed) == in_rust(name));
        self.effect(at, "rename", idle, &format!("the name in Rust is `{}` already", in_rust(name)));
    }

    /// Reports documentation that says what the model says.
    fn documented(&mut self, at: &Pointer, markdown: Option<&str>, html: Option<&str>) {
        let idle = markdown.is_some_and(|markdown| markdown::is_same(markdown, html));
        self.effect(at, "documentation", idle, "the model says the same");
    }

    /// Reports the keys beside `key` that have no effect there: of `what` there is nothing else to say.
    fn alone(&mut self, at: &Pointer, key: &str, what: &str, others: &[(&str, bool)]) {
        for (other, _) in others.iter().filter(|(_, there)| *there) {
            self.effect(at, other, true, &format!("`{key}` makes it {what}"));
        }
    }

    /// Whether the target is there; if not, that is reported.
    fn target<'n>(
        &mut self,
        what: &str,
        name: &str,
        at: &Pointer,
        known: impl Iterator<Item = &'n String> + Clone,
    ) -> bool {
        if known.clone().any(|known| known == name) {
            return true;
        }
        let otherwise = "remove it: the model does not have it, or no longer";
        let help = did_you_mean(name, known.map(String::as_str), otherwise);
        self.report(at, format!("there is no {what} `{name}` to override"), help);
        false
    }

    fn effect(&mut self, at: &Pointer, key: &str, idle: bool, why: &str) {
        if idle {
            self.report(&at.key(key), format!("this override changes nothing: {why}"), "remove it");
        }
    }

    fn report(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::at(self.file, at, message).with_help(help));
    }
}
