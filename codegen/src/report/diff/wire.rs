//! What is on the wire, for comparison and as text: a member's schema by its aspects, the XML root, the endpoint parameters.

use super::{
    policy::Kind,
    traits::{self, Trait},
};
use crate::{
    ir::{Binding, ContextParam, ContextSource, ContextStep, InputTraits, MemberSchema, Operation, ShapeRef},
    protocol::TimestampFormat,
    type_graph::TypeGraph,
};
use std::collections::BTreeMap;

/// One aspect that differs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) kind: Kind,
    pub(super) from: String,
    pub(super) to: String,
}

/// An aspect of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum WireAspect {
    Binding,
    Name,
    Format,
    Trait(Trait),
    /// The kind of value, if the Rust type does not say it.
    Shape,
    /// The member's name in the model.
    ModelName,
}

/// Aspects by the part of the value that they describe: empty for the value itself, or `element`, `key`, `value`.
type Aspects = BTreeMap<(String, WireAspect), String>;

/// Compares two schemas of one member. With `retyped`, leaves out what follows from the change of its type.
pub(super) fn differences(old: &MemberSchema, new: &MemberSchema, retyped: bool) -> Vec<Difference> {
    let (mut old_aspects, mut new_aspects) = (Aspects::new(), Aspects::new());
    aspects(&mut old_aspects, "", old);
    aspects(&mut new_aspects, "", new);
    let mut keys: Vec<_> = old_aspects.keys().chain(new_aspects.keys()).cloned().collect();
    keys.sort_unstable();
    keys.dedup();
    let differs = |key: &(String, WireAspect)| old_aspects.get(key) != new_aspects.get(key);
    let moved =
        keys.iter().any(|key| matches!(key.1, WireAspect::Binding | WireAspect::Name) && differs(key));
    let in_both = |key: &(String, WireAspect)| old_aspects.contains_key(key) && new_aspects.contains_key(key);
    let is_reported = |key: &(String, WireAspect)| match (&key.0, key.1) {
        // Changes of `required` are reported with the member, those of nullable elements with the type.
        (_, WireAspect::Trait(Trait::Required)) => false,
        // If only one side has a name in the body, the change of the binding says so.
        (_, WireAspect::Name) if !in_both(key) => false,
        (_, WireAspect::ModelName) => !moved,
        (_, WireAspect::Shape | WireAspect::Format | WireAspect::Trait(Trait::Sparse)) => !retyped,
        (part, _) => !retyped || part.is_empty(),
    };
    let difference = |key: &(String, WireAspect)| {
        let kind = match key.1 {
            WireAspect::Binding => Kind::BindingChanged,
            WireAspect::Name => Kind::WireNameChanged,
            WireAspect::Format => Kind::TimestampFormatChanged,
            WireAspect::Trait(Trait::Sensitive) => Kind::RedactionChanged,
            WireAspect::Trait(Trait::IdempotencyToken) => Kind::TokenChanged,
            WireAspect::Trait(_) | WireAspect::Shape | WireAspect::ModelName => Kind::TraitChanged,
        };
        let text = |aspects: &Aspects| aspect_text(key, aspects.get(key).map(String::as_str));
        Difference { kind, from: text(&old_aspects), to: text(&new_aspects) }
    };
    keys.iter().filter(|key| differs(key) && is_reported(key)).map(difference).collect()
}

/// The wire format of a schema as text: `header x-amz-log-type`, `body Name, sensitive`.
pub(crate) fn text(schema: &MemberSchema) -> String {
    let mut all = Aspects::new();
    aspects(&mut all, "", schema);
    let name = all.get(&(String::new(), WireAspect::Name)).map(String::as_str);
    let mut texts = Vec::new();
    for (key @ (part, aspect), value) in &all {
        match aspect {
            WireAspect::Binding if part.is_empty() => {
                texts.push(format!("{value} {}", name.unwrap_or_default()).trim().to_owned());
            }
            WireAspect::Format if value != DEFAULT_FORMAT => texts.push(aspect_text(key, Some(value))),
            // The type says whether a member is required.
            WireAspect::Trait(name) if *name != Trait::Required => {
                texts.push(aspect_text(key, Some(value)));
            }
            WireAspect::Name if !part.is_empty() && !value.is_empty() => {
                texts.push(format!("{part} {value}"));
            }
            _ => {}
        }
    }
    texts.join(", ")
}

/// One side of an aspect as text.
fn aspect_text((part, aspect): &(String, WireAspect), value: Option<&str>) -> String {
    let part = if part.is_empty() { String::new() } else { format!("{part}: ") };
    let text = match (aspect, value) {
        (WireAspect::Trait(name), Some(value)) => name.with_value(value),
        (WireAspect::Trait(name), None) => format!("not {}", name.name()),
        (WireAspect::Name, Some("")) => "no name of its own".to_owned(),
        (_, Some(value)) => value.to_owned(),
        (_, None) => "nothing".to_owned(),
    };
    format!("{part}{text}")
}

fn aspects(into: &mut Aspects, part: &str, schema: &MemberSchema) {
    let MemberSchema { name, binding, shape, traits } = schema;
    let mut put = |aspect, value: String| drop(into.insert((part.to_owned(), aspect), value));
    let (binding, wire_name) = match binding {
        Binding::Body(wire_name) => ("body".to_owned(), Some(wire_name)),
        Binding::Payload(root) => ("payload".to_owned(), Some(root)),
        Binding::Label(label) => (format!("label {label}"), None),
        Binding::Query(parameter) => (format!("query {parameter}"), None),
        Binding::Header(header) => (format!("header {header}"), None),
        Binding::PrefixHeaders(prefix) => (format!("headers {prefix}").trim().to_owned(), None),
        Binding::StatusCode => ("status code".to_owned(), None),
    };
    put(WireAspect::Binding, binding);
    if let Some(wire_name) = wire_name {
        put(WireAspect::Name, wire_name.as_ref().unwrap_or(name).clone());
    }
    put(WireAspect::ModelName, name.clone());
    for (name, value) in traits::member(traits) {
        put(WireAspect::Trait(name), value);
    }
    if let ShapeRef::Timestamp(format) = shape {
        put(WireAspect::Format, format.map_or(DEFAULT_FORMAT, format_name).to_owned());
    }
    put(WireAspect::Shape, shape_name(shape).to_owned());
    let within = |step: &str| if part.is_empty() { step.to_owned() } else { format!("{part}'s {step}") };
    match shape {
        ShapeRef::List(element) => aspects(into, &within("element"), element),
        ShapeRef::Map(key, value) => {
            aspects(into, &within("key"), key);
            aspects(into, &within("value"), value);
        }
        _ => {}
    }
}

const DEFAULT_FORMAT: &str = "timestamp";

fn format_name(format: TimestampFormat) -> &'static str {
    match format {
        TimestampFormat::DateTime => "date time",
        TimestampFormat::HttpDate => "http date",
        TimestampFormat::EpochSeconds => "epoch seconds",
    }
}

fn shape_name(shape: &ShapeRef) -> &'static str {
    match shape {
        ShapeRef::Boolean => "boolean",
        ShapeRef::Integer => "integer",
        ShapeRef::Long => "long",
        ShapeRef::Float => "float",
        ShapeRef::Double => "double",
        ShapeRef::String => "string",
        ShapeRef::Blob => "blob",
        ShapeRef::Stream => "stream",
        ShapeRef::Timestamp(_) => "timestamp",
        ShapeRef::Document => "document",
        ShapeRef::List(_) => "list",
        ShapeRef::Map(..) => "map",
        ShapeRef::Structure(_) => "structure",
        ShapeRef::Events(_) => "events",
    }
}

/// The shape that names the XML root of a request. `None` if the request is no XML document, or if a trait names the root.
///
/// Responses are read whatever their root is called.
pub(super) fn root_name<'a>(types: &'a TypeGraph<'_>, operation: &'a Operation) -> Option<&'a str> {
    let request = &operation.request;
    let protocol = types.krate.service.protocol.info();
    if !(protocol.has_bindings && protocol.is_xml_like) {
        return None;
    }
    let is_payload = |binding: &Binding| matches!(binding, Binding::Payload(_));
    if let Some(payload) = request.members.iter().find(|member| is_payload(&member.schema.binding)) {
        return match (&payload.schema.binding, &payload.schema.shape) {
            (Binding::Payload(None), ShapeRef::Structure(path)) => {
                types.types.get(path).map(|node| node.wire_name())
            }
            _ => None,
        };
    }
    let is_in_body =
        |binding: &Binding| matches!(binding, Binding::Body(_) | Binding::Payload(_) | Binding::StatusCode);
    let InputTraits { xml_root, xml_namespace: _ } = &operation.input_traits;
    let has_body = request.members.iter().any(|member| is_in_body(&member.schema.binding));
    (has_body && xml_root.is_none()).then_some(request.wire_name.as_str())
}

/// The endpoint parameters of one list that are not in another, as text: `StreamId is StreamId, Legacy is true`. `None` if there are none.
pub(crate) fn context_without(list: &[ContextParam], other: &[ContextParam]) -> Option<String> {
    let own: Vec<String> = list.iter().filter(|param| !other.contains(param)).map(context_text).collect();
    (!own.is_empty()).then(|| own.join(", "))
}

/// A parameter with its source. Text is quoted, to distinguish it from a member.
fn context_text(param: &ContextParam) -> String {
    let source = match &param.source {
        ContextSource::Text(text) => format!("{text:?}"),
        ContextSource::Flag(flag) => flag.to_string(),
        ContextSource::Texts(texts) => format!("{texts:?}"),
        ContextSource::Path(steps) => path_text(steps),
    };
    format!("{} is {source}", param.name)
}

/// A path in JMESPath.
fn path_text(steps: &[ContextStep]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            ContextStep::Member(name) if text.is_empty() => text.push_str(name),
            ContextStep::Member(name) => text.push_str(&format!(".{name}")),
            ContextStep::Each => text.push_str("[*]"),
            ContextStep::Keys => text = format!("keys({text})"),
            ContextStep::Any(paths) => {
                let paths: Vec<String> = paths.iter().map(|steps| path_text(steps)).collect();
                let dot = if text.is_empty() { "" } else { "." };
                text.push_str(&format!("{dot}[{}][]", paths.join(", ")));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::MemberTraits;

    fn schema(shape: ShapeRef, binding: Binding) -> MemberSchema {
        MemberSchema { name: "Sent".to_owned(), binding, shape, traits: MemberTraits::default() }
    }

    #[test]
    fn aspects_are_reported_one_by_one() {
        let old = schema(ShapeRef::Timestamp(None), Binding::Header("x-sent".to_owned()));
        let format = Some(TimestampFormat::DateTime);
        let mut new = schema(ShapeRef::Timestamp(format), Binding::Query("sent".to_owned()));
        new.traits.sensitive = true;
        let reported: Vec<_> = differences(&old, &new, false)
            .into_iter()
            .map(|Difference { kind, from, to }| format!("{kind:?} {from} > {to}"))
            .collect();
        assert_eq!(
            reported,
            [
                "BindingChanged header x-sent > query sent",
                "TimestampFormatChanged timestamp > date time",
                "RedactionChanged not sensitive > sensitive",
            ]
        );
        assert_eq!(differences(&old, &old, false), []);
    }

    #[test]
    fn elements_have_aspects_too() {
        let list = |name: &str| {
            let element = MemberSchema {
                name: String::new(),
                ..schema(ShapeRef::String, Binding::Body(Some(name.to_owned())))
            };
            schema(ShapeRef::List(Box::new(element)), Binding::Body(None))
        };
        let differences = differences(&list("item"), &list("member"), false);
        assert_eq!(
            differences,
            [Difference {
                kind: Kind::WireNameChanged,
                from: "element: item".into(),
                to: "element: member".into()
            }]
        );
    }
}
