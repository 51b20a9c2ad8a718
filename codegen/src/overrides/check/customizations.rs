//! Checks of `customizations`.

use super::Check;
use crate::{
    model::Pointer,
    overrides::{OperationOverride, customizations},
};

impl Check<'_> {
    pub(super) fn service_customizations(&mut self) {
        let built_in = self.built_in.map(|built_in| &*built_in.customizations).unwrap_or_default();
        let known = [("it is built in", built_in.to_vec())];
        self.customizations(&Pointer::ROOT, &self.overrides.customizations, &known);
    }

    pub(super) fn operation_customizations(&mut self, name: &str, over: &OperationOverride) {
        let built_in = self.built_in.map(|built_in| &*built_in.customizations).unwrap_or_default();
        let for_all = [built_in, &*self.overrides.customizations].concat();
        let for_operation = self.built_in.and_then(|built_in| built_in.operations.get(name));
        let for_operation = for_operation.map(|over| over.customizations.clone()).unwrap_or_default();
        let known = [("it applies to all operations", for_all), ("it is built in", for_operation)];
        self.customizations(&over.at, &over.customizations, &known);
    }

    /// Whether any operation has a customization.
    pub(super) fn has_customizations(&self) -> bool {
        self.built_in.into_iter().chain([self.overrides]).any(|overrides| {
            let mut operations = overrides.operations.values();
            !overrides.customizations.is_empty() || operations.any(|over| !over.customizations.is_empty())
        })
    }

    /// Reports names that do not exist, duplicates, and names that apply anyway, of which each list has its reason.
    fn customizations(&mut self, at: &Pointer, names: &[String], known: &[(&str, Vec<String>)]) {
        let at = at.key("customizations");
        for (index, name) in names.iter().enumerate() {
            let at = at.index(index);
            let why = known.iter().find(|(_, names)| names.contains(name)).map(|(why, _)| *why);
            let is_duplicate = names.get(..index).is_some_and(|before| before.contains(name));
            if let Err((message, help)) = customizations::validate(name) {
                self.report(&at, message, help);
            } else if let Some(why) = why.or(is_duplicate.then_some("it is a duplicate")) {
                self.report_no_effect(&at, why);
            }
        }
    }
}
