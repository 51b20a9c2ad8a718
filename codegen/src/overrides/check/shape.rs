//! Overrides of shapes.

use super::Check;
use crate::{
    model::{Kind, Shape},
    names,
    overrides::ShapeOverride,
};

/// How many of those that refer to a shape are named in a message.
const NAMED: usize = 3;

impl Check<'_> {
    pub(super) fn shape(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        if over.ignore {
            self.ignored(name, shape, over);
        } else if let Some(replace) = &over.replace {
            self.replaced(name, shape, over, replace);
        } else {
            self.adjusted(name, shape, over);
        }
    }

    fn adjusted(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        let is_type = self.roles.is_type(name);
        let operation = self.roles.operation(name);
        if over.rename.is_some() && !is_type {
            let why = match operation {
                Some(operation) => {
                    format!("the type has its name from the operation `{operation}`, which can be renamed")
                }
                None => no_type(&shape.kind),
            };
            self.effect(&over.at, "rename", true, &why);
        } else {
            self.rename(&over.at, name, over.rename.as_deref(), names::type_name);
        }
        let idle = over.documentation.is_some() && !is_type && operation.is_none();
        self.effect(&over.at, "documentation", idle, &no_type(&shape.kind));
        self.documented(&over.at, over.documentation.as_deref(), shape.traits.documentation.as_deref());
        self.values(name, shape, over);
        self.members(name, shape, over);
    }

    fn values(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        let values = &shape.traits.values;
        if let Some((value, over)) = over.values.first()
            && values.is_empty()
        {
            let message = format!("{name:?} is no enum and so has no value {value:?}");
            return self.report(&over.at, message, "remove it, or name an enum");
        }
        if let Some((_, over)) = over.values.first()
            && !self.roles.is_type(name)
        {
            return self.report(
                &over.at,
                "this override changes nothing: no operation leads to the shape",
                "remove it",
            );
        }
        let variant = |name: &str| names::enum_variant_names([name]).concat();
        let renamed = |value: &String| over.values.get(value).and_then(|over| over.rename.as_deref());
        for (value, over) in &over.values {
            if !self.target("value", value, &over.at, values.iter()) {
                continue;
            }
            self.rename(&over.at, value, over.rename.as_deref(), variant);
            let Some(own) = over.rename.as_deref().map(variant) else { continue };
            let others = values.iter().filter(|other| *other != value);
            if let Some(other) =
                { others }.find(|other| variant(renamed(other).unwrap_or(other.as_str())) == own)
            {
                let message = format!("{value:?} and {other:?} would both be called `{own}`");
                self.report(&over.at.key("rename"), message, "choose another name, or rename the other, too");
            }
        }
    }

    fn members(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        let Kind::Structure(structure) = &shape.kind else {
            if let Some((member, over)) = over.members.first() {
                let message = format!("{name:?} is no structure and so has no member {member:?}");
                self.report(&over.at, message, "remove it, or name a structure");
            }
            return;
        };
        for (member, over) in &over.members {
            if !self.target("member", member, &over.at, structure.members.keys()) {
                continue;
            }
            if !self.roles.has_fields(name) {
                let message = "this override changes nothing: no operation leads to the shape";
                self.report(&over.at, message, "remove it");
            } else if let Some(reference) = structure.members.get(member) {
                self.member(name, structure, member, reference, over);
            }
        }
    }

    /// Only what nothing else is made of can be left out: an error.
    fn ignored(&mut self, name: &str, shape: &Shape, over: &ShapeOverride) {
        self.alone(&over.at, "ignore", "a shape that is left out", &others(over, over.replace.is_some()));
        let referrers = self.roles.referrers(name);
        if !referrers.is_empty() {
            let message = format!("{name:?} cannot be left out: {} it", refer(&referrers));
            let help = "leave out what refers to it, or give it a type of your own with \"replace\"";
            self.report(&over.at.key("ignore"), message, help);
        } else if !self.roles.is_type(name) {
            self.effect(&over.at, "ignore", true, &no_type(&shape.kind));
        }
    }

    fn replaced(&mut self, name: &str, shape: &Shape, over: &ShapeOverride, replace: &str) {
        let at = over.at.key("replace");
        self.alone(&over.at, "replace", "a type that is described elsewhere", &others(over, false));
        if !matches!(syn::parse_str::<syn::Type>(replace), Ok(syn::Type::Path(_))) {
            let help = "write the path of a type, such as `money::Amount` or `myrina::Document`";
            return self.report(&at, format!("{replace:?} is no type of Rust"), help);
        }
        if built_in(shape).is_some_and(|own| own == replace) {
            return self.effect(&over.at, "replace", true, &format!("`{replace}` holds it already"));
        }
        if !may_hold(shape, replace) {
            let message = format!("{name:?} is {}, which `{replace}` does not hold", kind(&shape.kind));
            let help = "write the path of a type of your own, or \"type\" at the members that have it";
            return self.report(&at, message, help);
        }
        let structure = match &shape.kind {
            Kind::Structure(structure) => Some(structure),
            _ => None,
        };
        let special = structure.is_some_and(|structure| structure.exception || structure.event_stream);
        if let Some(operation) = self.roles.operation(name) {
            let message = format!("{name:?} is what `{operation}` is sent or answered with");
            self.report(&at, message, "replace the shapes of its members");
        } else if special {
            let message = format!("{name:?} is an error or a stream of events");
            self.report(&at, message, "replace the shapes of its members");
        } else if self.roles.referrers(name).is_empty() {
            self.effect(&over.at, "replace", true, "no operation leads to the shape");
        }
    }
}

/// The other keys of a shape, and whether they are there.
fn others(over: &ShapeOverride, replace: bool) -> [(&'static str, bool); 5] {
    [
        ("rename", over.rename.is_some()),
        ("documentation", over.documentation.is_some()),
        ("replace", replace),
        ("members", !over.members.is_empty()),
        ("values", !over.values.is_empty()),
    ]
}

/// The type of the language or the runtime that holds such a shape, written as a person would.
fn built_in(shape: &Shape) -> Option<&'static str> {
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

/// Whether a type of the language or the runtime can be written and read in the place of a shape; any other type is the user's
/// affair.
fn may_hold(shape: &Shape, replace: &str) -> bool {
    let simple = matches!(
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
    !simple
        || match &shape.kind {
            Kind::String | Kind::Character if shape.traits.values.is_empty() => true,
            Kind::String | Kind::Character => replace == "String",
            Kind::Blob => matches!(replace, "String" | "myrina::Json"),
            Kind::Structure(structure) => structure.document && replace == "myrina::Json",
            _ => false,
        }
}

fn kind(kind: &Kind) -> &'static str {
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

/// Why nothing is called after a shape.
fn no_type(kind: &Kind) -> String {
    match kind {
        Kind::Structure(_) => "no operation leads to the shape".to_owned(),
        Kind::List(_) => "a list is a `Vec`, which has no name of its own".to_owned(),
        Kind::Map(..) => "a map is a `myrina::Map`, which has no name of its own".to_owned(),
        _ => "a shape without parts is a type of the language, and has no name of its own".to_owned(),
    }
}

/// `a and 2 more refer to`.
fn refer(referrers: &[String]) -> String {
    let named = referrers.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match referrers.len().saturating_sub(NAMED) {
        0 if referrers.len() == 1 => format!("{named} refers to"),
        0 => format!("{named} refer to"),
        more => format!("{named} and {more} more refer to"),
    }
}
