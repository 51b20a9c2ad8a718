//! Checks of the overrides of shapes.

use super::{Check, member::Member};
use crate::{
    model::{Kind, Pointer, Reference, Shape, Structure},
    names,
    overrides::ShapeOverride,
};

/// How many references to a shape a message lists.
const MAX_LISTED_REFERENCES: usize = 3;

/// Why the override of a shape or member that no operation uses has no effect.
const UNUSED_SHAPE: &str = "no operation uses the shape";

impl Check<'_> {
    pub(super) fn shape(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        if over.ignore {
            self.ignored_shape(name, shape, over);
        } else if let Some(replace) = &over.replace {
            self.replaced_shape(name, shape, over, replace);
        } else {
            self.changed_shape(name, shape, over);
        }
    }

    fn changed_shape(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        let is_type = self.usage.is_type(name);
        let operation = self.usage.operation_of(name);
        if over.rename.is_some() && !is_type {
            let why = match operation {
                Some(operation) => {
                    format!("the type has the name of the operation `{operation}`, which can be renamed")
                }
                None => why_no_type(&shape.kind).to_owned(),
            };
            self.report_no_effect(&over.at.key("rename"), why);
        } else {
            self.rename(&over.at, name, over.rename.as_deref(), names::type_name);
        }
        if over.documentation.is_some() && !is_type && operation.is_none() {
            self.report_no_effect(&over.at.key("documentation"), why_no_type(&shape.kind));
        }
        self.documentation(&over.at, over.documentation.as_deref(), shape.traits.documentation.as_deref());
        if let Some(sensitive) = over.sensitive {
            let is_member = |reference: &String| reference.starts_with('`');
            if self.usage.references_to(name).iter().any(is_member) {
                self.sensitive(&over.at, sensitive, shape.traits.sensitive, None);
            } else {
                self.report_no_effect(&over.at.key("sensitive"), "no member has this shape");
            }
        }
        if let Some(union) = over.union {
            self.union(name, shape, &over.at.key("union"), union);
        }
        self.values(name, shape, over);
        self.members(name, shape, over);
    }

    fn union(&mut self, name: &str, shape: &Shape, at: &Pointer, union: bool) {
        let built_in = self.built_in.and_then(|built_in| built_in.shapes.get(name)?.union);
        let Kind::Structure(structure) = &shape.kind else {
            let message = format!("{name:?} is {}, not a structure", describe(&shape.kind));
            return self.report(at, message, "name a structure of which exactly one member may be set");
        };
        let is_modeled = structure.union || structure.event_stream;
        if let Some(built_in) = built_in {
            if union == built_in {
                self.report_no_effect(at, "it is built in");
            }
        } else if union && is_modeled {
            self.report_no_effect(at, "the model says already that it is a union");
        } else if is_modeled {
            let message = format!("{name:?} is a union in the model, and stays one");
            self.report(at, message, "remove it: only a union that is built in can be turned off");
        } else if !union {
            self.report_no_effect(at, "it is no union");
        } else if !self.usage.is_type(name) && self.usage.end_of(name).is_none() {
            self.report_no_effect(at, UNUSED_SHAPE);
        } else if let Some((why, help)) = self.why_no_union(name, structure) {
            self.report(at, format!("{name:?} cannot be a union: {why}"), help);
        }
    }

    fn why_no_union(&self, name: &str, structure: &Structure) -> Option<(String, &'static str)> {
        let choose = "name a structure of which exactly one member may be set";
        if structure.document || structure.exception || structure.members.is_empty() {
            return Some(("it is an error, a document, or has no members".to_owned(), choose));
        }
        if let Some(operation) = self.usage.end_of(name) {
            let why = format!("it is the request or response of `{operation}`");
            return Some((why, "name the shape of a member"));
        }
        let is_event_stream =
            |shape: &&Shape| matches!(&shape.kind, Kind::Structure(parent) if parent.event_stream);
        let mut streams = self.model.shapes.values().filter(is_event_stream);
        if structure.event || streams.any(|stream| stream.kind.references().any(|event| event.shape == name))
        {
            return Some(("it is an event of a stream".to_owned(), "name the shape of one of its members"));
        }
        let is_bound = |(_, member): &(&String, &Reference)| {
            let traits = &member.traits;
            traits.location.is_some() || traits.streaming || traits.xml_attribute
        };
        if let Some((member, _)) = structure.members.iter().find(is_bound) {
            let why = format!("{member:?} has a place of its own, beside the others");
            return Some((why, choose));
        }
        let required = structure.required.first().filter(|_| structure.members.len() > 1)?;
        Some((format!("{required:?} must always be there"), choose))
    }

    fn values(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        let values = &shape.traits.values;
        let Some((first, first_over)) = over.values.first() else { return };
        if values.is_empty() {
            let message = format!("{name:?} is not an enum and has no value {first:?}");
            return self.report(&first_over.at, message, "remove it, or name an enum");
        }
        if !self.usage.is_type(name) {
            return self.report_no_effect(&first_over.at, UNUSED_SHAPE);
        }
        let variant_name = |name: &str| names::enum_variant_names([name]).concat();
        let new_name = |value: &String| over.values.get(value).and_then(|over| over.rename.as_deref());
        for (value, over) in &over.values {
            if !self.has_target("value", value, &over.at, values.iter()) {
                continue;
            }
            self.rename(&over.at, value, over.rename.as_deref(), variant_name);
            let Some(own) = over.rename.as_deref().map(variant_name) else { continue };
            let mut others = values.iter().filter(|other| *other != value);
            if let Some(other) = others.find(|other| variant_name(new_name(other).unwrap_or(other)) == own) {
                let message = format!("{value:?} and {other:?} would have the same name `{own}`");
                self.report(&over.at.key("rename"), message, "choose another name, or rename the other, too");
            }
        }
    }

    fn members(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        let Kind::Structure(structure) = &shape.kind else {
            if let Some((member, over)) = over.members.first() {
                let message = format!("{name:?} is not a structure and has no member {member:?}");
                self.report(&over.at, message, "remove it, or name a structure");
            }
            return;
        };
        for (member, over) in &over.members {
            if !self.has_target("member", member, &over.at, structure.members.keys()) {
                continue;
            }
            if !self.usage.has_fields(name) {
                self.report_no_effect(&over.at, UNUSED_SHAPE);
            } else if let Some(reference) = structure.members.get(member) {
                self.member(Member { shape: name, structure, name: member, reference }, over);
            }
        }
    }

    /// Only an error can be left out, because nothing refers to it.
    fn ignored_shape(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        self.other_keys(&over.at, "ignore", over.keys(), "the shape is left out");
        let references = self.usage.references_to(name);
        if !references.is_empty() {
            let message = format!("{name:?} cannot be left out: {} it", refer(&references));
            let help = "leave out what refers to it, or replace it by your own type with \"replace\"";
            self.report(&over.at.key("ignore"), message, help);
        } else if !self.usage.is_type(name) {
            self.report_no_effect(&over.at.key("ignore"), why_no_type(&shape.kind));
        }
    }

    fn replaced_shape(&mut self, name: &str, shape: &Shape, over: &ShapeOverride, replace: &str) {
        let at = over.at.key("replace");
        self.other_keys(&over.at, "replace", over.keys(), "the shape is replaced by a type");
        if !matches!(syn::parse_str::<syn::Type>(replace), Ok(syn::Type::Path(_))) {
            let help = "write the path of a type, such as `money::Amount` or `myrina::Document`";
            return self.report(&at, format!("{replace:?} is not a type in Rust"), help);
        }
        if default_type(shape).is_some_and(|default| default == replace) {
            return self.report_no_effect(&at, format!("`{replace}` is its type already"));
        }
        if !can_hold(shape, replace) {
            let message = format!("{name:?} is {}, which `{replace}` cannot hold", describe(&shape.kind));
            let help = "write the path of your own type, or \"type\" at the members of this shape";
            return self.report(&at, message, help);
        }
        let is_special = matches!(&shape.kind, Kind::Structure(structure) if structure.exception || structure.event_stream);
        let help = "replace the shapes of its members";
        if let Some(operation) = self.usage.operation_of(name) {
            let message =
                format!("{name:?} cannot be replaced: it is the request or response of `{operation}`");
            self.report(&at, message, help);
        } else if is_special {
            let message = format!("{name:?} cannot be replaced: it is an error or an event stream");
            self.report(&at, message, help);
        } else if self.usage.references_to(name).is_empty() {
            self.report_no_effect(&at, UNUSED_SHAPE);
        }
    }
}

/// The type of the language or the runtime for a shape without override, as a person would write it.
fn default_type(shape: &Shape) -> Option<&'static str> {
    Some(match &shape.kind {
        Kind::Boolean => "bool",
        Kind::Integer => "i32",
        Kind::Long => "i64",
        Kind::Float => "f32",
        Kind::Double => "f64",
        Kind::Blob => "myrina::Bytes",
        Kind::Timestamp => "myrina::Timestamp",
        Kind::String | Kind::Character if shape.traits.values.is_empty() => "String",
        Kind::Structure(structure) if structure.document => "myrina::Document",
        _ => return None,
    })
}

/// Whether a type of the language or the runtime can be written and read in place of a shape. Any other type is assumed to.
fn can_hold(shape: &Shape, replace: &str) -> bool {
    let is_known = matches!(
        replace,
        "bool"
            | "i32"
            | "i64"
            | "f32"
            | "f64"
            | "String"
            | "myrina::Bytes"
            | "myrina::Timestamp"
            | "myrina::Json"
    );
    !is_known
        || match &shape.kind {
            Kind::String | Kind::Character if shape.traits.values.is_empty() => true,
            Kind::String | Kind::Character => replace == "String",
            Kind::Blob => matches!(replace, "String" | "myrina::Json"),
            Kind::Structure(structure) => structure.document && replace == "myrina::Json",
            _ => false,
        }
}

fn describe(kind: &Kind) -> &'static str {
    match kind {
        Kind::Structure(structure) if structure.document => "a document",
        Kind::Structure(structure) if structure.union => "a union",
        Kind::Structure(_) => "a structure",
        Kind::List(_) => "a list",
        Kind::Map(..) => "a map",
        Kind::String | Kind::Character => "an enum",
        Kind::Blob => "a blob",
        Kind::Timestamp => "a timestamp",
        Kind::Boolean => "a boolean",
        Kind::Integer | Kind::Long | Kind::Float | Kind::Double => "a number",
    }
}

/// Why a shape does not become a type with a name.
fn why_no_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Structure(_) => UNUSED_SHAPE,
        Kind::List(_) => "a list is a `Vec`, which has no name of its own",
        Kind::Map(..) => "a map is a `myrina::Map`, which has no name of its own",
        _ => "a simple shape is a type of the language, which has no name of its own",
    }
}

/// `a, b, c and 2 more refer to`.
fn refer(references: &[String]) -> String {
    let listed = references.iter().take(MAX_LISTED_REFERENCES).cloned().collect::<Vec<_>>().join(", ");
    match references.len().saturating_sub(MAX_LISTED_REFERENCES) {
        0 if references.len() == 1 => format!("{listed} refers to"),
        0 => format!("{listed} refer to"),
        more => format!("{listed} and {more} more refer to"),
    }
}
