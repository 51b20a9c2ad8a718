//! Which Rust type holds a shape, and how it is described.

use super::{Lowering, enums};
use crate::{
    ir::{Argument, Call, Description, Item, Module, Path, Protocol, Target, Type},
    model::{Kind, Reference, Shape, Traits},
    names,
};

/// A reference with its shape, and the traits of both merged.
pub(super) struct Resolved<'m> {
    /// The shape.
    pub shape: &'m Shape,
    /// The traits, those of the reference first.
    pub traits: Traits,
}

impl<'m> Lowering<'m> {
    /// A structure, union or enum that is neither request, response nor error.
    pub(super) fn item(&self, name: &str) -> Option<Item> {
        let shape = self.model.shapes.get(name)?;
        let type_name = self.type_name(name);
        Some(match &shape.kind {
            Kind::Structure(structure) if structure.union || structure.event_stream => {
                Item::Union(self.union(name, type_name, shape, structure))
            }
            Kind::Structure(structure) => {
                Item::Structure(self.plain_structure(name, type_name, shape, structure))
            }
            Kind::String if !shape.traits.values.is_empty() => {
                Item::Enumeration(enums::enumeration(name, type_name, shape, self.overrides.shapes.get(name)))
            }
            _ => return None,
        })
    }

    /// The name of the type that a shape becomes.
    pub(super) fn type_name(&self, shape: &str) -> String {
        let renamed = self.overrides.shapes.get(shape).and_then(|shape| shape.rename.as_deref());
        names::type_name(renamed.unwrap_or(shape))
    }

    /// The type of the runtime's or the user's own that stands for a shape.
    fn replacement(&self, shape: &str) -> Option<Path> {
        let name = self.overrides.shapes.get(shape)?.replace.as_deref()?;
        Some(Path { module: Module::Foreign, name: name.trim_start_matches("::").to_owned() })
    }

    /// Where the type that a shape becomes is.
    pub(super) fn path(&self, shape: &str) -> Path {
        if let Some(replacement) = self.replacement(shape) {
            return replacement;
        }
        let error = self.structure(shape).is_some_and(|structure| structure.exception);
        Path { module: if error { Module::Errors } else { Module::Types }, name: self.type_name(shape) }
    }

    pub(super) fn resolve(&self, reference: &Reference) -> Option<Resolved<'m>> {
        let shape = self.model.shapes.get(&reference.shape)?;
        Some(Resolved { shape, traits: merge(&reference.traits, &shape.traits) })
    }

    /// The type and description of what `reference` refers to, under `name`. A shape that is not there was reported before.
    pub(super) fn lower_reference(&self, name: &str, reference: &Reference) -> (Type, Description) {
        let Some(resolved) = self.resolve(reference) else {
            return (Type::Document, describe(name, Target::Simple("document"), &Traits::default(), false));
        };
        let Resolved { shape, mut traits } = resolved;
        let (mut ty, mut target) = self.lower_kind(&reference.shape, &shape.kind, &traits);
        if let Some(replacement) = self.replacement(&reference.shape) {
            if replacement.is_document() {
                target = Target::Simple("document");
            }
            ty = Type::Named(replacement);
        }
        let nested = matches!(shape.kind, Kind::List(_) | Kind::Map(..));
        // Elements that only this reference sets free have the member's name; those of a list that is flat wherever it is used
        // have their own, if the list gives them one.
        if nested && reference.traits.flattened && !name.is_empty() {
            traits.location_name.get_or_insert_with(|| name.to_owned());
        }
        if !self.protocol.is_some_and(Protocol::has_elements) {
            without_elements(name, &mut traits);
        }
        (ty, describe(name, target, &traits, nested))
    }

    fn lower_kind(&self, name: &str, kind: &'m Kind, traits: &Traits) -> (Type, Target) {
        let simple = |ty, constructor| (ty, Target::Simple(constructor));
        match kind {
            Kind::Boolean => simple(Type::Bool, "boolean"),
            Kind::Integer => simple(Type::I32, "integer"),
            Kind::Long => simple(Type::I64, "long"),
            Kind::Float => simple(Type::F32, "float"),
            Kind::Double => simple(Type::F64, "double"),
            Kind::Blob => simple(Type::Bytes, "blob"),
            Kind::Timestamp => simple(Type::Timestamp, timestamp(traits.timestamp_format.as_deref())),
            Kind::Character | Kind::String => match self.model.shapes.get(name) {
                Some(shape) if !shape.traits.values.is_empty() => {
                    simple(Type::Named(self.path(name)), "string")
                }
                _ => simple(Type::String, "string"),
            },
            Kind::List(element) => {
                let (ty, element) = self.lower_reference("", element);
                (Type::List(Box::new(nullable(ty, traits.sparse))), Target::List(Box::new(element)))
            }
            Kind::Map(key, value) => {
                let (key_type, key) = self.lower_reference("", key);
                let (value_type, value) = self.lower_reference("", value);
                let ty = Type::Map(Box::new(key_type), Box::new(nullable(value_type, traits.sparse)));
                (ty, Target::Map(Box::new(key), Box::new(value)))
            }
            Kind::Structure(structure) if structure.document => simple(Type::Document, "document"),
            Kind::Structure(structure) if structure.event_stream => {
                (Type::Events(self.path(name)), Target::Events(self.path(name)))
            }
            Kind::Structure(_) => (Type::Named(self.path(name)), Target::Structure(self.path(name))),
        }
    }
}

/// Takes away what only XML and forms have a use for, which models of other protocols carry from earlier days.
fn without_elements(name: &str, traits: &mut Traits) {
    (traits.flattened, traits.xml_attribute) = (false, false);
    (traits.xml_namespace, traits.query_name) = (None, None);
    // Elements of lists and maps have no names.
    traits.location_name = traits.location_name.take().filter(|_| !name.is_empty());
}

fn nullable(ty: Type, sparse: bool) -> Type {
    if sparse { Type::Nullable(Box::new(ty)) } else { ty }
}

fn timestamp(format: Option<&str>) -> &'static str {
    match format {
        Some("iso8601") => "date_time",
        Some("rfc822") => "http_date",
        Some("unixTimestamp") => "epoch_seconds",
        _ => "timestamp",
    }
}

/// The traits of a reference over those of its shape.
fn merge(reference: &Traits, shape: &Traits) -> Traits {
    let over =
        |reference: &Option<String>, shape: &Option<String>| reference.clone().or_else(|| shape.clone());
    Traits {
        documentation: over(&reference.documentation, &shape.documentation),
        location: reference.location.clone(),
        location_name: over(&reference.location_name, &shape.location_name),
        query_name: over(&reference.query_name, &shape.query_name),
        xml_namespace: reference.xml_namespace.clone().or_else(|| shape.xml_namespace.clone()),
        xml_attribute: reference.xml_attribute || shape.xml_attribute,
        flattened: reference.flattened || shape.flattened,
        streaming: reference.streaming || shape.streaming,
        requires_length: reference.requires_length || shape.requires_length,
        sensitive: reference.sensitive || shape.sensitive,
        json_value: reference.json_value || shape.json_value,
        idempotency_token: reference.idempotency_token,
        host_label: reference.host_label,
        event_payload: reference.event_payload,
        event_header: reference.event_header,
        timestamp_format: over(&reference.timestamp_format, &shape.timestamp_format),
        context_param: reference.context_param.clone(),
        deprecated: reference.deprecated.clone().or_else(|| shape.deprecated.clone()),
        boxed: reference.boxed || shape.boxed,
        sparse: reference.sparse || shape.sparse,
        values: shape.values.clone(),
    }
}

/// The description: `nested` for lists and maps, the only ones that can be flattened or sparse.
fn describe(name: &str, target: Target, traits: &Traits, nested: bool) -> Description {
    let wire_name = || traits.location_name.clone().unwrap_or_else(|| name.to_owned());
    let mut calls = Vec::new();
    match traits.location.as_deref() {
        Some("uri") => calls.push(Call::text("label", wire_name())),
        Some("querystring") => calls.push(Call::text("query", wire_name())),
        Some("header") => calls.push(Call::text("header", wire_name())),
        Some("headers") => {
            calls.push(Call::text("headers", traits.location_name.clone().unwrap_or_default()));
        }
        Some("statusCode") => calls.push(Call::flag("status_code")),
        _ => match &traits.location_name {
            // That of a flattened list counts before the name of its elements, be it the member's own.
            Some(wire_name) if wire_name != name || nested && traits.flattened => {
                calls.push(Call::text("named", wire_name.clone()));
            }
            _ => {}
        },
    }
    if let Some(query_name) = &traits.query_name {
        calls.push(Call::text("query_named", query_name.clone()));
    }
    if let Some((prefix, uri)) = &traits.xml_namespace {
        let texts = [prefix.clone().unwrap_or_default(), uri.clone()];
        calls.push(Call { method: "namespace", arguments: texts.map(Argument::Text).into() });
    }
    let flags = [
        (traits.sensitive, "sensitive"),
        (traits.flattened && nested, "flattened"),
        (traits.sparse && nested, "sparse"),
        (traits.xml_attribute, "attribute"),
        (traits.json_value, "json_value"),
        (traits.idempotency_token, "idempotency_token"),
        (traits.host_label, "host_label"),
        (traits.event_header, "event_header"),
        (traits.event_payload, "event_payload"),
        (traits.requires_length, "requires_length"),
    ];
    calls.extend(flags.into_iter().filter(|(set, _)| *set).map(|(_, method)| Call::flag(method)));
    Description { name: name.to_owned(), target, traits: calls }
}
