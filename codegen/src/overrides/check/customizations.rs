//! Customizations that overrides name.

use super::Check;
use crate::{model::Pointer, overrides::OperationOverride, overrides::builtin, overrides::customizations};

impl Check<'_> {
    /// Those of the service, and whether built-in ones are wanted.
    pub(super) fn service(&mut self) {
        let overrides = self.overrides;
        self.documented(
            &Pointer::ROOT,
            overrides.documentation.as_deref(),
            self.model.documentation.as_deref(),
        );
        let idle = overrides.without_builtin && builtin::of(self.model).is_none();
        self.effect(&Pointer::ROOT, "builtin", idle, "nothing is built in for this service");
        let known = [("it is built in", self.builtin.customizations.clone())];
        self.customizations(&Pointer::ROOT, &overrides.customizations, &known);
    }

    /// Those of an operation.
    pub(super) fn customized(&mut self, name: &str, over: &OperationOverride) {
        let of_service = [&*self.builtin.customizations, &*self.overrides.customizations].concat();
        let of_operation = self.builtin.operations.get(name).map(|over| over.customizations.clone());
        let known = [
            ("it holds for all operations", of_service),
            ("it is built in", of_operation.unwrap_or_default()),
        ];
        self.customizations(&over.at, &over.customizations, &known);
    }

    /// Whether any request is changed by what the model has no words for.
    pub(super) fn has_customizations(&self) -> bool {
        [self.overrides, &self.builtin].into_iter().any(|overrides| {
            let mut operations = overrides.operations.values();
            !overrides.customizations.is_empty() || operations.any(|over| !over.customizations.is_empty())
        })
    }

    /// Reports names that are none, and those that are `known` already, each list with the words for it.
    fn customizations(&mut self, at: &Pointer, names: &[String], known: &[(&str, Vec<String>)]) {
        let at = at.key("customizations");
        for (index, name) in names.iter().enumerate() {
            let at = at.index(index);
            let why = known.iter().find(|(_, names)| names.contains(name)).map(|(why, _)| *why);
            let before = names.get(..index).is_some_and(|before| before.contains(name));
            if let Some((message, help)) = customizations::problem(name) {
                self.report(&at, message, help);
            } else if let Some(why) = why.or(before.then_some("it stands before already")) {
                self.report(&at, format!("this override changes nothing: {why}"), "remove it");
            }
        }
    }
}
