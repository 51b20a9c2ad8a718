//! Overrides of members.

use super::Check;
use crate::{
    lower::{
        names,
        retype::{self, Retype},
    },
    model::{Pointer, Reference, Structure},
    overrides::MemberOverride,
    read::nearest,
};

impl Check<'_> {
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
        let in_rust = if structure.union { names::case_name } else { names::field_name };
        self.rename(&over.at, name, over.rename.as_deref(), in_rust);
        let is = if required { "required" } else { "optional" };
        let whose = if builtin.required.is_some() { "built-in override" } else { "model" };
        let idle = over.required == Some(required);
        self.effect(&over.at, "required", idle, &format!("the {whose} has the member as {is} already"));
        let idle = over.required.is_some() && (structure.union || structure.event_stream);
        self.effect(&over.at, "required", idle, "of a union's cases, one is always there");
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
            let problem = format!("{name:?} cannot be left out: requests must have it");
            self.report(&at, problem, "remove it");
        } else if structure.members.len() == 1 && structure.union {
            let problem = format!("{name:?} cannot be left out: the union has no other case");
            self.report(&at, problem, "leave out what refers to the union");
        }
    }

    fn retype(&mut self, at: &Pointer, name: &str, reference: &Reference, builtin: Option<&str>) {
        let Some(retype) = Retype::named(name) else {
            let list = Retype::names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let remedy = match nearest(name, Retype::names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("what may stand here: {list}"),
            };
            return self.report(at, format!("there is no type {name:?} to give to a member"), remedy);
        };
        let from = retype::from(self.model, self.protocol, reference);
        if builtin == Some(name) {
            self.report(at, "this override changes nothing: it is built in", "remove it");
        } else if retype.idle(from) && builtin.is_some() {
            // It gives back what the model has.
        } else if retype.idle(from) {
            let problem = format!("this override changes nothing: {:?} is that already", reference.shape);
            self.report(at, problem, "remove it");
        } else if retype.of(from).is_none() {
            let problem = format!("{:?} cannot be taken for {name:?}", reference.shape);
            self.report(at, problem, format!("give this type to {}", retype.fits()));
        }
    }
}
