//! Overrides of members.

use super::Check;
use crate::{
    did_you_mean::did_you_mean,
    model::{Pointer, Reference, Structure},
    names,
    overrides::type_override::{self, TypeOverride},
    overrides::{Ignorable, MemberOverride},
};

impl<'a> Check<'a> {
    pub(super) fn member(
        &mut self,
        shape: &str,
        structure: &Structure,
        name: &str,
        reference: &Reference,
        over: &MemberOverride,
    ) {
        let modeled = structure.required.iter().any(|required| required == name);
        let builtin = self.builtin.shapes.get(shape).and_then(|over| over.members.get(name)).cloned();
        let builtin = builtin.unwrap_or_default();
        let required = builtin.required.unwrap_or(modeled);
        if over.ignore {
            return self.left_out(shape, structure, name, modeled, over);
        }
        let in_rust = if structure.union { names::union_variant_name } else { names::field_name };
        self.rename(&over.at, name, over.rename.as_deref(), in_rust);
        let is = if required { "required" } else { "optional" };
        let whose = if builtin.required.is_some() { "built-in override" } else { "model" };
        let idle = over.required == Some(required);
        self.effect(&over.at, "required", idle, &format!("the {whose} has the member as {is} already"));
        let idle = over.required.is_some() && (structure.union || structure.event_stream);
        self.effect(&over.at, "required", idle, "of a union's cases, one is always there");
        // In requests, a part of the path or the host is there or the request cannot be sent; a customization may fill it in.
        let placed = reference.traits.location.as_deref() == Some("uri") || reference.traits.host_label;
        if over.required == Some(false) && placed && self.roles.is_sent(shape) && !self.has_customizations() {
            let message = format!("{name:?} cannot be optional: it is a part of the request's address");
            let help = "remove it, or name what fills it in with \"customizations\"";
            self.report(&over.at.key("required"), message, help);
        }
        let prose = reference.traits.documentation.as_deref();
        let of_shape = || self.model.shapes.get(&reference.shape)?.traits.documentation.as_deref();
        let prose = prose.or_else(of_shape);
        self.documented(&over.at, over.documentation.as_deref(), prose);
        if let Some(ty) = &over.retype {
            self.retype(&over.at.key("type"), ty, reference, builtin.retype.as_deref());
        }
    }

    fn left_out(
        &mut self,
        shape: &str,
        structure: &Structure,
        name: &str,
        required: bool,
        over: &MemberOverride,
    ) {
        let others = [
            ("rename", over.rename.is_some()),
            ("documentation", over.documentation.is_some()),
            ("required", over.required.is_some()),
            ("type", over.retype.is_some()),
        ];
        self.alone(&over.at, "ignore", "a member that is left out", &others);
        let at = over.at.key("ignore");
        if required && self.roles.is_sent(shape) {
            let message = format!("{name:?} cannot be left out: requests must have it");
            self.report(&at, message, "remove it");
        } else if structure.union && !self.keeps_a_case(shape, structure) {
            let message = format!("{name:?} cannot be left out: the union would have no case");
            self.report(&at, message, "leave one of its cases, or leave out what refers to the union");
        } else if let Some(operation) = self.paginated_by(shape, name) {
            let message = format!("{name:?} cannot be left out: the paginator of `{operation}` needs it");
            let help =
                format!("remove it, or leave out the paginator: \"ignore\" at /paginators/{operation}");
            self.report(&at, message, help);
        }
    }

    fn keeps_a_case(&self, shape: &str, union: &Structure) -> bool {
        let ignored = |case: &String| {
            let over = self.overrides.shapes.get(shape).and_then(|over| over.members.get(case));
            over.is_some_and(|over| over.ignore)
        };
        union.members.keys().any(|case| !ignored(case))
    }

    /// The operation whose pages are told apart, counted or found by this member of its input or output.
    fn paginated_by(&self, shape: &str, member: &str) -> Option<&'a str> {
        let kept = |ignorable: Option<&Ignorable>| ignorable.is_none_or(|over| !over.ignore);
        let begins = |path: &String| {
            let name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            path.split(|letter| !name(letter)).next() == Some(member)
        };
        let paginators = self.model.paginators.iter();
        let mut kept = paginators.filter(|(name, _)| kept(self.overrides.paginators.get(*name)));
        let found = kept.find(|(name, paginator)| {
            let Some(operation) = self.model.operations.get(*name) else { return false };
            let is = |reference: &Option<Reference>| reference.as_ref().is_some_and(|end| end.shape == shape);
            let asked = paginator.input_tokens.iter().chain(&paginator.limit_key);
            let answered = (paginator.output_tokens.iter())
                .chain(&paginator.result_keys)
                .chain(&paginator.more_results)
                .chain(&paginator.non_aggregate_keys);
            is(&operation.input) && asked.into_iter().any(begins)
                || is(&operation.output) && answered.into_iter().any(begins)
        });
        found.map(|(name, _)| name.as_str())
    }

    fn retype(&mut self, at: &Pointer, name: &str, reference: &Reference, builtin: Option<&str>) {
        let Some(type_override) = TypeOverride::named(name) else {
            let list = TypeOverride::names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let help = did_you_mean(name, TypeOverride::names(), format!("expected one of {list}"));
            return self.report(at, format!("there is no type {name:?} to give to a member"), help);
        };
        let from = type_override::source_kind(self.model, self.protocol, reference);
        if builtin == Some(name) {
            self.report(at, "this override changes nothing: it is built in", "remove it");
        } else if type_override.is_noop(from) && builtin.is_some() {
            // It gives back what the model has.
        } else if type_override.is_noop(from) {
            let message = format!("this override changes nothing: {:?} is that already", reference.shape);
            self.report(at, message, "remove it");
        } else if type_override.apply(from).is_none() {
            let message = format!("{:?} cannot be taken for {name:?}", reference.shape);
            self.report(at, message, format!("give this type to {}", type_override.accepted_kinds()));
        }
    }
}
