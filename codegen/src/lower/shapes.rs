//! Lowers shapes and references to types and schemas.

use super::{Lowering, enums, members::StructureRole};
use crate::{
    ir::{Binding, MemberSchema, MemberTraits, Module, Path, ShapeRef, Type, TypeDef, XmlNamespace},
    model::{Kind, Reference, Shape, Traits},
    names,
    protocol::TimestampFormat,
};

/// A reference with its shape, and the traits of both merged.
pub(super) struct Resolved<'m> {
    /// The shape.
    pub shape: &'m Shape,
    /// The traits, those of the reference first.
    pub traits: Traits,
}

impl<'m> Lowering<'m> {
    /// The type of a shape that is neither a request, a response nor an error.
    pub(super) fn type_def(&self, name: &str) -> Option<TypeDef> {
        let shape = self.model.shapes.get(name)?;
        let type_name = self.type_name(name);
        Some(match &shape.kind {
            Kind::Structure(structure) if structure.union || structure.event_stream => {
                TypeDef::Union(self.lower_union(name, type_name, shape, structure))
            }
            Kind::Structure(structure) => TypeDef::Structure(self.lower_structure(
                name,
                type_name,
                shape,
                structure,
                StructureRole::Nested,
            )),
            Kind::String if !shape.traits.values.is_empty() => TypeDef::Enumeration(enums::enumeration(
                name,
                type_name,
                shape,
                self.overrides.shapes.get(name),
            )),
            _ => return None,
        })
    }

    /// The name of the type that a shape becomes.
    pub(super) fn type_name(&self, shape: &str) -> String {
        let renamed = self.overrides.shapes.get(shape).and_then(|shape| shape.rename.as_deref());
        names::type_name(renamed.unwrap_or(shape))
    }

    /// The type that an override puts in the place of a shape's.
    fn replacement(&self, shape: &str) -> Option<Type> {
        let name = self.overrides.shapes.get(shape)?.replace.as_deref()?;
        Some(match name.trim_start_matches("::") {
            "String" => Type::String,
            "myrina::Document" => Type::Document,
            other => Type::Named(Path { module: Module::Foreign, name: other.to_owned() }),
        })
    }

    /// The path of the type that a shape becomes.
    pub(super) fn path(&self, shape: &str) -> Path {
        if let Some(Type::Named(path)) = self.replacement(shape) {
            return path;
        }
        let error = self.structure(shape).is_some_and(|structure| structure.exception);
        Path { module: if error { Module::Errors } else { Module::Types }, name: self.type_name(shape) }
    }

    pub(super) fn resolve(&self, reference: &Reference) -> Option<Resolved<'m>> {
        let shape = self.model.shapes.get(&reference.shape)?;
        let mut traits = merge(&reference.traits, &shape.traits);
        let over = self.overrides.shapes.get(&reference.shape).and_then(|over| over.sensitive);
        traits.sensitive = over.unwrap_or(traits.sensitive);
        Some(Resolved { shape, traits })
    }

    /// The type and schema of what `reference` refers to. A missing shape was reported before.
    pub(super) fn lower_reference(&self, name: &str, reference: &Reference) -> (Type, MemberSchema) {
        let Some(Resolved { shape, mut traits }) = self.resolve(reference) else {
            return (Type::Document, schema(name, ShapeRef::Document, Traits::default(), false));
        };
        let (mut ty, mut target) = self.lower_kind(&reference.shape, &shape.kind, &traits);
        if let Some(replacement) = self.replacement(&reference.shape) {
            if replacement == Type::Document {
                target = ShapeRef::Document;
            }
            ty = replacement;
        }
        let nested = matches!(shape.kind, Kind::List(_) | Kind::Map(..));
        // If only this reference flattens the list, its elements have the member's name; the elements of a list that is always
        // flattened have their own name, if the list gives them one.
        if nested && reference.traits.flattened && !name.is_empty() {
            traits.location_name.get_or_insert_with(|| name.to_owned());
        }
        if !self.protocol.is_some_and(|protocol| protocol.info().is_xml_like) {
            drop_xml_traits(name, &mut traits);
        }
        (ty, schema(name, target, traits, nested))
    }

    fn lower_kind(&self, name: &str, kind: &'m Kind, traits: &Traits) -> (Type, ShapeRef) {
        match kind {
            Kind::Boolean => (Type::Bool, ShapeRef::Boolean),
            Kind::Integer => (Type::I32, ShapeRef::Integer),
            Kind::Long => (Type::I64, ShapeRef::Long),
            Kind::Float => (Type::F32, ShapeRef::Float),
            Kind::Double => (Type::F64, ShapeRef::Double),
            Kind::Blob => (Type::Bytes, ShapeRef::Blob),
            Kind::Timestamp => {
                (Type::Timestamp, ShapeRef::Timestamp(timestamp_format(traits.timestamp_format.as_deref())))
            }
            Kind::Character | Kind::String => match self.model.shapes.get(name) {
                Some(shape) if !shape.traits.values.is_empty() => {
                    (Type::Named(self.path(name)), ShapeRef::String)
                }
                _ => (Type::String, ShapeRef::String),
            },
            Kind::List(element) => {
                let (ty, element) = self.lower_reference("", element);
                (Type::List(Box::new(nullable(ty, traits.sparse))), ShapeRef::List(Box::new(element)))
            }
            Kind::Map(key, value) => {
                let (key_type, key) = self.lower_reference("", key);
                let (value_type, value) = self.lower_reference("", value);
                let ty = Type::Map(Box::new(key_type), Box::new(nullable(value_type, traits.sparse)));
                (ty, ShapeRef::Map(Box::new(key), Box::new(value)))
            }
            Kind::Structure(structure) if structure.document => (Type::Document, ShapeRef::Document),
            Kind::Structure(structure) if structure.event_stream => {
                (Type::Events(self.path(name)), ShapeRef::Events(self.path(name)))
            }
            Kind::Structure(_) => (Type::Named(self.path(name)), ShapeRef::Structure(self.path(name))),
        }
    }
}

/// Drops the traits that only XML and forms use, which models of other protocols still carry from earlier days.
fn drop_xml_traits(name: &str, traits: &mut Traits) {
    (traits.flattened, traits.xml_attribute) = (false, false);
    (traits.xml_namespace, traits.query_name) = (None, None);
    // Elements of lists and maps have no names.
    traits.location_name = traits.location_name.take().filter(|_| !name.is_empty());
}

fn nullable(ty: Type, sparse: bool) -> Type {
    if sparse { Type::Nullable(Box::new(ty)) } else { ty }
}

fn timestamp_format(format: Option<&str>) -> Option<TimestampFormat> {
    match format {
        Some("iso8601") => Some(TimestampFormat::DateTime),
        Some("rfc822") => Some(TimestampFormat::HttpDate),
        Some("unixTimestamp") => Some(TimestampFormat::EpochSeconds),
        _ => None,
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

/// The schema of a reference with these merged traits. `nested` is true for lists and maps, which alone can be flattened or
/// sparse.
fn schema(name: &str, shape: ShapeRef, traits: Traits, nested: bool) -> MemberSchema {
    let binding = binding(name, &traits, nested);
    let traits = MemberTraits {
        query_name: traits.query_name,
        xml_namespace: traits.xml_namespace.map(xml_namespace),
        sensitive: traits.sensitive,
        flattened: traits.flattened && nested,
        sparse: traits.sparse && nested,
        xml_attribute: traits.xml_attribute,
        json_value: traits.json_value,
        idempotency_token: traits.idempotency_token,
        host_label: traits.host_label,
        event_header: traits.event_header,
        event_payload: traits.event_payload,
        requires_length: traits.requires_length,
        required: false,
    };
    MemberSchema { name: name.to_owned(), binding, shape, traits }
}

fn binding(name: &str, traits: &Traits, nested: bool) -> Binding {
    let wire_name = || traits.location_name.clone().unwrap_or_else(|| name.to_owned());
    match traits.location.as_deref() {
        Some("uri") => Binding::Label(wire_name()),
        Some("querystring") => Binding::Query(wire_name()),
        Some("header") => Binding::Header(wire_name()),
        Some("headers") => Binding::PrefixHeaders(traits.location_name.clone().unwrap_or_default()),
        Some("statusCode") => Binding::StatusCode,
        // The name of a flattened list takes precedence over the name of its elements, even if it is the member's own.
        _ => {
            let differs = |wire_name: &String| wire_name != name || nested && traits.flattened;
            Binding::Body(traits.location_name.clone().filter(differs))
        }
    }
}

pub(super) fn xml_namespace((prefix, uri): (Option<String>, String)) -> XmlNamespace {
    XmlNamespace { prefix: prefix.unwrap_or_default(), uri }
}
