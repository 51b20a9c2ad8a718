//! Checks that every override has a target and an effect: one without is a mistake, or a fix that is no longer needed.

mod customizations;
mod member;
mod shape;
mod shape_usage;

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    did_you_mean::did_you_mean,
    markdown,
    model::{Model, Pointer, Structure},
    names,
    options::Options,
    overrides::{IgnoreOverride, OperationOverride, Overrides, built_in},
    protocol::Protocol,
};
use indexmap::IndexMap;
use shape_usage::ShapeUsage;
use std::path::Path;

/// Reports the overrides that do not fit the model, or have no effect.
pub fn check(model: &Model, overrides: &Overrides, options: &Options, diagnostics: &mut Diagnostics) {
    if overrides.is_empty() {
        return;
    }
    let mut check = Check {
        model,
        overrides,
        protocol: Protocol::choose(&model.metadata, options.protocol.as_deref()),
        usage: ShapeUsage::of(model),
        built_in: built_in::applied(model, overrides, options),
        file: &options.overrides_file,
        options,
        diagnostics,
    };
    check.service();
    for (name, over) in &overrides.operations {
        if check.has_target("operation", name, &over.at, model.operations.keys()) {
            check.operation(name, over);
        }
    }
    for (name, over) in &overrides.shapes {
        if check.has_target("shape", name, &over.at, model.shapes.keys())
            && let Some(shape) = model.shapes.get(name)
        {
            check.shape(name, shape, over);
        }
    }
    check.any_operation_left();
    check.ignore_overrides("paginator", &overrides.paginators, &model.paginators.keys());
    check.ignore_overrides("waiter", &overrides.waiters, &model.waiters.keys());
}

struct Check<'a> {
    model: &'a Model,
    overrides: &'a Overrides,
    protocol: Option<Protocol>,
    usage: ShapeUsage<'a>,
    /// The built-in overrides that apply under the checked ones.
    built_in: Option<&'static Overrides>,
    file: &'a Path,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    /// Whether a structure is a union: as the overrides say, or the built-in ones, or else the model.
    fn is_union(&self, name: &str, structure: &Structure) -> bool {
        let own = self.overrides.shapes.get(name).and_then(|over| over.union);
        let built_in = || self.built_in.and_then(|built_in| built_in.shapes.get(name)?.union);
        structure.union || structure.event_stream || own.or_else(built_in) == Some(true)
    }

    fn service(&mut self) {
        let over = self.overrides;
        self.documentation(
            &Pointer::ROOT,
            over.documentation.as_deref(),
            self.model.documentation.as_deref(),
        );
        if over.without_built_in && built_in::for_service(self.model).is_none() {
            self.report_no_effect(&Pointer::ROOT.key("builtin"), "nothing is built in for this service");
        }
        self.service_customizations();
    }

    fn operation(&mut self, name: &str, over: &OperationOverride) {
        self.rename(&over.at, name, over.rename.as_deref(), names::type_name);
        let html = self.model.operations.get(name).and_then(|operation| operation.documentation.as_deref());
        self.documentation(&over.at, over.documentation.as_deref(), html);
        self.operation_customizations(name, over);
        self.read_timeout(name, over);
        if over.ignore {
            self.other_keys(&over.at, "ignore", over.keys(), "the operation is left out");
        }
    }

    fn read_timeout(&mut self, name: &str, over: &OperationOverride) {
        let Some(seconds) = over.read_timeout else { return };
        let at = over.at.key("readTimeout");
        let built_in = self.built_in.and_then(|built_in| built_in.operations.get(name)?.read_timeout);
        if seconds == 0 {
            self.report(&at, "no service responds within 0 seconds", "give a number of seconds, at least 1");
        } else if built_in == Some(seconds) {
            self.report_no_effect(&at, "it is built in");
        }
    }

    fn any_operation_left(&mut self) {
        let is_ignored = |name: &String| self.overrides.operations.get(name).is_some_and(|over| over.ignore);
        if !self.model.operations.is_empty() && self.model.operations.keys().all(is_ignored) {
            let message = "all operations are left out, so that nothing would be generated";
            self.report(&Pointer::ROOT.key("operations"), message, "keep one of them");
        }
    }

    fn ignore_overrides<'n>(
        &mut self,
        kind: &str,
        overrides: &IndexMap<String, IgnoreOverride>,
        known: &(impl Iterator<Item = &'n String> + Clone),
    ) {
        for (name, over) in overrides {
            self.has_target(kind, name, &over.at, known.clone());
        }
    }

    /// Reports a new name that is the same as the old one in Rust.
    fn rename(&mut self, at: &Pointer, name: &str, new_name: Option<&str>, in_rust: fn(&str) -> String) {
        let rust_name = in_rust(name);
        if new_name.is_some_and(|new_name| in_rust(new_name) == rust_name) {
            self.report_no_effect(&at.key("rename"), format!("`{rust_name}` is the name in Rust already"));
        }
    }

    /// Reports documentation that is the same as the model's.
    fn documentation(&mut self, at: &Pointer, markdown: Option<&str>, html: Option<&str>) {
        if markdown.is_some_and(|markdown| markdown::is_same(markdown, html)) {
            self.report_no_effect(&at.key("documentation"), "the model's documentation is the same");
        }
    }

    /// Reports the keys beside `key` that have no effect because of it. A reason may be given for any key.
    fn other_keys(&mut self, at: &Pointer, key: &str, keys: impl Iterator<Item = &'static str>, why: &str) {
        for other in keys.filter(|other| *other != key && *other != "reason") {
            self.report_no_effect(&at.key(other), why);
        }
    }

    /// Whether the model has what is overridden. Its absence is reported.
    fn has_target<'n>(
        &mut self,
        kind: &str,
        name: &str,
        at: &Pointer,
        known: impl Iterator<Item = &'n String> + Clone,
    ) -> bool {
        if known.clone().any(|known| known == name) {
            return true;
        }
        let otherwise = "remove it: the model does not have it, or no longer has it";
        let hint = if kind == "operation" { self.options.add_hint(name) } else { None };
        let help = hint.unwrap_or_else(|| did_you_mean(name, known.map(String::as_str), otherwise));
        self.report(at, format!("there is no {kind} `{name}` to override"), help);
        false
    }

    fn report_no_effect(&mut self, at: &Pointer, why: impl std::fmt::Display) {
        self.report(at, format!("this override has no effect: {why}"), "remove it");
    }

    fn report(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::at(self.file, at, message).with_help(help));
    }
}
