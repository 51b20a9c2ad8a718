//! Whether every override has a target and an effect: one that has not is a mistake, or a repair that is no longer needed.

use super::names;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{Kind, Model, Pointer, Reference, Shape},
    overrides::{MemberOverride, Overrides, ShapeOverride},
    read::nearest,
};
use std::path::Path;

pub(super) fn check(model: &Model, overrides: &Overrides, file: &Path, diagnostics: &mut Diagnostics) {
    let mut check = Check { model, file, diagnostics };
    for (name, over) in &overrides.operations {
        if check.target("operation", name, &over.at, model.operations.keys()) {
            let same = over.rename.as_deref() == Some(name);
            check.effect(&over.at, "rename", same, "the operation has that name already");
            for customisation in &over.customise {
                let at = over.at.key("customise");
                check.report(&at, format!("there is no customisation {customisation:?}"), "remove it");
            }
        }
    }
    for (name, over) in &overrides.shapes {
        if check.target("shape", name, &over.at, model.shapes.keys())
            && let Some(shape) = model.shapes.get(name)
        {
            check.shape(name, shape, over);
        }
    }
    for (name, over) in &overrides.paginators {
        check.target("paginator", name, &over.at, model.paginators.keys());
        check.effect(&over.at, "ignore", !over.ignore, "false is what holds without it");
    }
    for (name, over) in &overrides.waiters {
        check.target("waiter", name, &over.at, model.waiters.keys());
        check.effect(&over.at, "ignore", !over.ignore, "false is what holds without it");
    }
}

struct Check<'a> {
    model: &'a Model,
    file: &'a Path,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn shape(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        self.effect(
            &over.at,
            "rename",
            over.rename.as_deref() == Some(name),
            "the shape has that name already",
        );
        if over.replace.is_some() {
            let remedy = "retype the members that refer to the shape: {\"type\": \"json\"}";
            self.report(
                &over.at.key("replace"),
                "a shape cannot be replaced by a type of your own yet",
                remedy,
            );
        }
        for (value, over) in &over.values {
            let values = shape.traits.values.iter();
            if self.target("value", value, &over.at, values) {
                let same = over.rename.as_deref().is_some_and(|renamed| {
                    names::variant_names([renamed]) == names::variant_names([value.as_str()])
                });
                self.effect(&over.at, "rename", same, "the variant has that name already");
            }
        }
        let Kind::Structure(structure) = &shape.kind else {
            if let Some((member, over)) = over.members.first() {
                let problem = format!("{name:?} is no structure and so has no member {member:?}");
                self.report(&over.at, problem, "remove it, or name a structure");
            }
            return;
        };
        for (member, over) in &over.members {
            if self.target("member", member, &over.at, structure.members.keys())
                && let Some(reference) = structure.members.get(member)
            {
                self.member(member, reference, structure.required.contains(member), over);
            }
        }
    }

    fn member(&mut self, name: &str, reference: &Reference, required: bool, over: &MemberOverride) {
        self.effect(
            &over.at,
            "rename",
            over.rename.as_deref() == Some(name),
            "the member has that name already",
        );
        let is = if required { "required" } else { "optional" };
        let idle = over.required == Some(required);
        self.effect(&over.at, "required", idle, &format!("the model has the member as {is} already"));
        if let Some(ty) = &over.retype {
            self.retype(&over.at.key("type"), ty, reference);
        }
    }

    fn retype(&mut self, at: &Pointer, ty: &str, reference: &Reference) {
        if ty != "json" {
            return self.report(at, format!("there is no type {ty:?} to give to a member"), "write \"json\"");
        }
        let fits = match self.model.shapes.get(&reference.shape).map(|shape| &shape.kind) {
            Some(Kind::Structure(structure)) => structure.document,
            Some(kind) => matches!(kind, Kind::Blob | Kind::String),
            None => true,
        };
        if !fits {
            let problem = format!("{:?} holds no text or bytes that could be JSON", reference.shape);
            self.report(at, problem, "give this type to a blob, a string or a document");
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
        let remedy = match nearest(name, known.map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it: the model does not have it, or no longer".to_owned(),
        };
        self.report(at, format!("there is no {what} `{name}` to override"), remedy);
        false
    }

    fn effect(&mut self, at: &Pointer, key: &str, idle: bool, why: &str) {
        if idle {
            self.report(&at.key(key), format!("this override changes nothing: {why}"), "remove it");
        }
    }

    fn report(&mut self, at: &Pointer, problem: impl Into<String>, remedy: impl Into<String>) {
        self.diagnostics.push(Diagnostic::at(self.file, at, problem).remedy(remedy));
    }
}
