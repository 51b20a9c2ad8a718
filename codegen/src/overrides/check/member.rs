//! Checks of the overrides of members.

use super::Check;
use crate::{
    did_you_mean::did_you_mean,
    model::{Pointer, Reference, Structure},
    names,
    overrides::{
        IgnoreOverride, MemberOverride,
        type_override::{self, TypeOverride},
    },
};

/// A member with its structure.
#[derive(Clone, Copy)]
pub(super) struct Member<'m> {
    pub(super) shape: &'m str,
    pub(super) structure: &'m Structure,
    pub(super) name: &'m str,
    pub(super) reference: &'m Reference,
}

impl Member<'_> {
    fn is_required(self) -> bool {
        self.structure.required.iter().any(|required| required == self.name)
    }
}

impl<'a> Check<'a> {
    pub(super) fn member(&mut self, member: Member<'_>, over: &MemberOverride) {
        if over.ignore {
            return self.ignored_member(member, over);
        }
        let in_rust = if self.is_union(member.shape, member.structure) {
            names::union_variant_name
        } else {
            names::field_name
        };
        self.rename(&over.at, member.name, over.rename.as_deref(), in_rust);
        let built_in =
            self.built_in.and_then(|built_in| built_in.shapes.get(member.shape)?.members.get(member.name));
        if let Some(required) = over.required {
            self.required(
                member,
                &over.at.key("required"),
                required,
                built_in.and_then(|over| over.required),
            );
        }
        if let Some(sensitive) = over.sensitive {
            let built_in = built_in.and_then(|over| over.sensitive);
            let resolved = self.model.shapes.get(&member.reference.shape);
            let modeled =
                member.reference.traits.sensitive || resolved.is_some_and(|shape| shape.traits.sensitive);
            self.sensitive(&over.at, sensitive, modeled, built_in);
        }
        let html = member.reference.traits.documentation.as_deref();
        let of_shape = || self.model.shapes.get(&member.reference.shape)?.traits.documentation.as_deref();
        self.documentation(&over.at, over.documentation.as_deref(), html.or_else(of_shape));
        if let Some(name) = &over.value_type {
            let built_in = built_in.and_then(|over| over.value_type.as_deref());
            self.value_type(&over.at.key("type"), name, member.reference, built_in);
        }
    }

    fn required(&mut self, member: Member<'_>, at: &Pointer, required: bool, built_in: Option<bool>) {
        if required == built_in.unwrap_or_else(|| member.is_required()) {
            let source = if built_in.is_some() { "built-in override" } else { "model" };
            let state = if required { "required" } else { "optional" };
            self.report_no_effect(at, format!("the {source} says already that the member is {state}"));
        }
        if self.is_union(member.shape, member.structure) {
            self.report_no_effect(at, "a union always has exactly one of its variants");
        }
        // A request without a part of its path or host cannot be sent, unless a customization adds it.
        let traits = &member.reference.traits;
        let is_label = traits.location.as_deref() == Some("uri") || traits.host_label;
        if !required && is_label && self.usage.is_input(member.shape) && !self.has_customizations() {
            let message =
                format!("{:?} cannot be optional: it is a part of the request's address", member.name);
            self.report(
                at,
                message,
                "remove it, or add the customization that sets it to \"customizations\"",
            );
        }
    }

    /// Reports a redaction that is there already, or a lack of one.
    pub(super) fn sensitive(&mut self, at: &Pointer, sensitive: bool, modeled: bool, built_in: Option<bool>) {
        if sensitive == built_in.unwrap_or(modeled) {
            let source = if built_in.is_some() { "built-in override" } else { "model" };
            let state = if sensitive { "sensitive" } else { "not sensitive" };
            self.report_no_effect(
                &at.key("sensitive"),
                format!("the {source} says already that it is {state}"),
            );
        }
    }

    fn ignored_member(&mut self, member: Member<'_>, over: &MemberOverride) {
        self.other_keys(&over.at, "ignore", over.keys(), "the member is left out");
        let at = over.at.key("ignore");
        let name = member.name;
        if member.is_required() && self.usage.is_input(member.shape) {
            self.report(&at, format!("{name:?} cannot be left out: requests must have it"), "remove it");
        } else if self.is_union(member.shape, member.structure) && !self.any_variant_left(member) {
            let message = format!("{name:?} cannot be left out: the union would have no variant");
            self.report(&at, message, "keep one of its variants, or leave out what refers to the union");
        } else if let Some(operation) = self.paginated_operation(member) {
            let message = format!("{name:?} cannot be left out: the paginator of `{operation}` needs it");
            let help =
                format!("remove it, or leave out the paginator: \"ignore\" at /paginators/{operation}");
            self.report(&at, message, help);
        }
    }

    fn any_variant_left(&self, member: Member<'_>) -> bool {
        let overrides = self.overrides.shapes.get(member.shape);
        let is_ignored = |variant: &String| {
            overrides.and_then(|over| over.members.get(variant)).is_some_and(|over| over.ignore)
        };
        !member.structure.members.keys().all(is_ignored)
    }

    /// The operation whose paginator uses a member of its input or output.
    fn paginated_operation(&self, member: Member<'_>) -> Option<&'a str> {
        let is_kept = |over: Option<&IgnoreOverride>| over.is_none_or(|over| !over.ignore);
        let begins_path = |path: &String| {
            let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            path.split(|letter| !is_name(letter)).next() == Some(member.name)
        };
        let paginators = self.model.paginators.iter();
        let mut kept = paginators.filter(|(name, _)| is_kept(self.overrides.paginators.get(*name)));
        let found = kept.find(|(name, paginator)| {
            let Some(operation) = self.model.operations.get(*name) else { return false };
            let is_shape = |reference: &Option<Reference>| {
                reference.as_ref().is_some_and(|reference| reference.shape == member.shape)
            };
            let inputs = paginator.input_tokens.iter().chain(&paginator.limit_key);
            let outputs = (paginator.output_tokens.iter())
                .chain(&paginator.result_keys)
                .chain(&paginator.more_results)
                .chain(&paginator.non_aggregate_keys);
            is_shape(&operation.input) && inputs.into_iter().any(begins_path)
                || is_shape(&operation.output) && outputs.into_iter().any(begins_path)
        });
        found.map(|(name, _)| name.as_str())
    }

    fn value_type(&mut self, at: &Pointer, name: &str, reference: &Reference, built_in: Option<&str>) {
        let Some(value_type) = TypeOverride::named(name) else {
            let list = TypeOverride::names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let help = did_you_mean(name, TypeOverride::names(), format!("expected one of {list}"));
            return self.report(at, format!("there is no type {name:?} for a member"), help);
        };
        let kind = type_override::source_kind(self.model, self.protocol, reference);
        let shape = &reference.shape;
        if built_in == Some(name) {
            self.report_no_effect(at, "it is built in");
        } else if value_type.is_noop(kind) && built_in.is_some() {
            // It restores what the model has.
        } else if value_type.is_noop(kind) {
            self.report_no_effect(at, format!("{shape:?} has that type already"));
        } else if value_type.apply(kind).is_none() {
            let message = format!("{shape:?} cannot have the type {name:?}");
            self.report(at, message, format!("only {} can have it", value_type.accepted_kinds()));
        }
    }
}
