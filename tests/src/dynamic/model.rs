//! Schemas from the JSON of a model.

use super::{
    DynamicStructure,
    schema_table::{self, Shape},
};
use crate::ordered_json::OrderedJson;
use myrina::{
    codec::structure,
    error::ErrorSchema,
    operation::{OperationSchema, Protocol, ServiceSchema},
    schema::{Location, Member, Namespace, Schema, Target, string},
    time::TimestampFormat,
};

/// The shapes of a model, described.
#[derive(Debug)]
pub struct Model<'a> {
    tree: &'a OrderedJson,
    /// The names of the structures; the place here is the slot.
    names: Vec<&'a str>,
    shapes: Vec<(&'static Schema, Option<&'static ErrorSchema>)>,
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_text(text: &str) -> &'static str {
    text.to_owned().leak()
}

impl<'a> Model<'a> {
    /// Describes the shapes of `tree`, an object with `metadata` and `shapes`, and makes this the thread's current model:
    /// values of an earlier one are not to be used any more.
    pub fn new(tree: &'a OrderedJson) -> Self {
        let names = tree.get("shapes").entries().iter();
        let names = names.filter(|(_, shape)| shape.get("type").text() == Some("structure"));
        let names = names.map(|(name, _)| name.as_str()).collect();
        let mut model = Self { tree, names, shapes: Vec::new() };
        model.shapes = (0..model.names.len()).map(|slot| (model.schema(slot), model.error(slot))).collect();
        let shapes: Vec<_> = model.shapes.iter().map(|&(schema, error)| Shape { schema, error }).collect();
        schema_table::set_current(&shapes);
        model
    }

    /// Describes an operation of a service that speaks `protocol`.
    pub fn operation(
        &self,
        given: &OrderedJson,
        protocol: &'static dyn Protocol,
    ) -> &'static OperationSchema {
        let http = given.get("http");
        let (name, method) = (text(given, "name"), text(http, "method"));
        let uri = text(http, "requestUri");
        let (input, output) = (self.body(given.get("input")), self.body(given.get("output")));
        let mut operation =
            OperationSchema::new(leak(self.service(protocol)), name, method, uri, input, output);
        operation.has_input = !given.get("input").is_null();
        operation.result_wrapper = match (given.get("output").get("resultWrapper").text(), protocol.name()) {
            (Some(wrapper), _) => Some(leak_text(wrapper)),
            // The suites leave it out and mean it.
            (None, "query") => Some(leak_text(&format!("{name}Result"))),
            _ => None,
        };
        let errors = given.get("errors").items().iter().filter_map(|error| self.find(error)?.1);
        operation.errors = leak(errors.collect::<Vec<_>>());
        operation.host_prefix = given.get("endpoint").get("hostPrefix").text().map(leak_text);
        leak(operation)
    }

    fn service(&self, protocol: &'static dyn Protocol) -> ServiceSchema {
        let metadata = self.tree.get("metadata");
        let id = text(metadata, "serviceId");
        let mut service = ServiceSchema::new(id, id, text(metadata, "apiVersion"), "example", protocol);
        service.target_prefix = text(metadata, "targetPrefix");
        service.json_version = text(metadata, "jsonVersion");
        service.xml_namespace = metadata.get("xmlNamespace").text().map(leak_text);
        service.query_compatible = !metadata.get("awsQueryCompatible").is_null();
        service
    }

    /// The reference to an operation's input or output.
    fn body(&self, reference: &OrderedJson) -> Member {
        if reference.is_null() { structure::<DynamicStructure>("") } else { self.member("", reference) }
    }

    fn find(&self, reference: &OrderedJson) -> Option<(&'static Schema, Option<&'static ErrorSchema>)> {
        let slot = self.slot(reference.get("shape").text()?)?;
        self.shapes.get(slot).copied()
    }

    fn slot(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| *other == name)
    }

    fn shape(&self, name: &str) -> &'a OrderedJson {
        self.tree.get("shapes").get(name)
    }

    fn schema(&self, slot: usize) -> &'static Schema {
        let shape = self.shape(self.names[slot]);
        let payload = shape.get("payload").text();
        let members = shape.get("members").entries().iter();
        let members: Vec<Member> = members
            .map(|(name, reference)| {
                let mut member = self.member(name, reference);
                if payload == Some(name) {
                    member.location = Location::Payload;
                    // The member's own name says nothing of the root, unless the reference gives that a namespace as well.
                    let whole = !reference.get("xmlNamespace").is_null();
                    member.location_name =
                        member.location_name.filter(|wire_name| whole || wire_name != name);
                }
                member
            })
            .collect();
        let fields: Vec<&str> = members.iter().map(|member| member.name).collect();
        let constructor = if shape.get("union").is_set() { Schema::union } else { Schema::structure };
        leak(constructor(leak_text(self.names[slot]), leak(members), leak(fields)))
    }

    fn error(&self, slot: usize) -> Option<&'static ErrorSchema> {
        let name = self.names[slot];
        let shape = self.shape(name);
        if !shape.get("exception").is_set() {
            return None;
        }
        let error = shape.get("error");
        let status = error.get("httpStatusCode").number().and_then(serde_json::Number::as_u64);
        let code = leak_text(error.get("code").text().unwrap_or(name));
        let mut schema = ErrorSchema::new::<super::DynamicError>(code);
        schema.status = status.and_then(|status| status.try_into().ok());
        schema.sender_fault = error.get("senderFault").is_set();
        schema.schema = schema_table::schema(slot);
        schema.empty = schema_table::empty(slot);
        Some(leak(schema))
    }

    /// A reference to a shape, with the traits of both.
    fn member(&self, name: &str, reference: &OrderedJson) -> Member {
        let shape = self.shape(reference.get("shape").text().unwrap_or_default());
        let merged =
            |key: &str| if reference.get(key).is_null() { shape.get(key) } else { reference.get(key) };
        let flag = |key: &str| merged(key).is_set();
        let mut member = string(leak_text(name));
        member.target = self.target(reference, shape, flag("streaming"), merged("timestampFormat").text());
        member.location_name = merged("locationName").text().map(leak_text);
        // A list that only this member flattens keeps the member's name; one that is flat everywhere is named by its elements.
        if reference.get("flattened").is_set() && member.location_name.is_none() && !name.is_empty() {
            member.location_name = Some(member.name);
        }
        member.query_name = merged("queryName").text().map(leak_text);
        member.location = match merged("location").text() {
            Some("uri") => Location::Label,
            Some("querystring") => Location::Query,
            Some("header") => Location::Header,
            Some("headers") => Location::Headers,
            Some("statusCode") => Location::StatusCode,
            _ => Location::Body,
        };
        member.namespace = namespace(merged("xmlNamespace"));
        member.sensitive = flag("sensitive");
        member.flattened = flag("flattened");
        member.attribute = flag("xmlAttribute");
        member.json_value = flag("jsonvalue");
        member.idempotency_token = flag("idempotencyToken");
        member.host_label = flag("hostLabel");
        member.sparse = flag("sparse");
        member.event_header = flag("eventheader");
        member.event_payload = flag("eventpayload");
        member.requires_length = flag("requiresLength");
        member
    }

    fn target(
        &self,
        reference: &OrderedJson,
        shape: &OrderedJson,
        streaming: bool,
        format: Option<&str>,
    ) -> Target {
        let inner = |key: &str| -> &'static Member { leak(self.member("", shape.get(key))) };
        match shape.get("type").text().unwrap_or_default() {
            "boolean" => Target::Boolean,
            "integer" | "short" | "byte" => Target::Integer,
            "long" => Target::Long,
            "float" => Target::Float,
            "double" => Target::Double,
            "string" | "character" => Target::String,
            "blob" if streaming => Target::Stream,
            "blob" => Target::Blob,
            "timestamp" => Target::Timestamp(match format {
                Some("iso8601") => Some(TimestampFormat::DateTime),
                Some("rfc822") => Some(TimestampFormat::HttpDate),
                Some("unixTimestamp") => Some(TimestampFormat::EpochSeconds),
                _ => None,
            }),
            "list" => Target::List(inner("member")),
            "map" => Target::Map(inner("key"), inner("value")),
            "structure" if shape.get("document").is_set() => Target::Document,
            "structure" => {
                let slot = reference.get("shape").text().and_then(|name| self.slot(name));
                let schema = schema_table::schema(slot.expect("every structure has a slot"));
                if shape.get("eventstream").is_set() {
                    Target::Events(schema)
                } else {
                    Target::Structure(schema)
                }
            }
            other => panic!("the suite has a shape of the unknown type {other:?}"),
        }
    }
}

fn text(tree: &OrderedJson, key: &str) -> &'static str {
    leak_text(tree.get(key).text().unwrap_or_default())
}

/// Services give the URI alone, members an object.
fn namespace(tree: &OrderedJson) -> Option<Namespace> {
    let uri = tree.text().or_else(|| tree.get("uri").text())?;
    Some(Namespace::new(text(tree, "prefix"), leak_text(uri)))
}
