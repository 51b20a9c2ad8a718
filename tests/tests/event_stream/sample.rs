//! A service with events of all kinds, as its generated crate would be, for the protocols that have event streams.

use myrina::{
    ByteStream, Bytes, EventStream, Timestamp,
    codec::Structure,
    codegen::{ErrorSchema, OperationSchema, ServiceSchema, describe},
    operation::Response,
    protocol::{AWS_JSON, REST_JSON, REST_XML, RPC_CBOR},
};

/// Bytes, and of each kind of header what it may be.
#[derive(Clone, PartialEq)]
pub(crate) struct Piece {
    pub(crate) data: Option<Bytes>,
    pub(crate) offset: Option<i64>,
    pub(crate) count: Option<i32>,
    pub(crate) last: Option<bool>,
    pub(crate) kind: Option<String>,
    pub(crate) digest: Option<Bytes>,
    pub(crate) sent: Option<Timestamp>,
}

myrina::codegen::structure! {
    Piece "Piece" new() {
        0 DATA data: optional Bytes = blob("Data").event_payload();
        1 OFFSET offset: optional i64 = long("Offset").event_header();
        2 COUNT count: optional i32 = integer("Count").event_header();
        3 LAST last: optional bool = boolean("Last").event_header();
        4 KIND kind: optional String = string("Kind").event_header();
        5 DIGEST digest: optional Bytes = blob("Digest").event_header();
        6 SENT sent: optional Timestamp = timestamp("Sent").event_header();
    }
}

/// Text alone.
#[derive(Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
}

myrina::codegen::structure! {
    Line "Line" new(text: required String) {
        0 TEXT text: required String = string("Text").event_payload();
    }
}

/// A document and a header beside it; also the state itself, one inside the other.
#[derive(Clone, PartialEq)]
pub(crate) struct State {
    pub(crate) name: Option<String>,
    pub(crate) changed: Option<Timestamp>,
    pub(crate) number: Option<i32>,
}

myrina::codegen::structure! {
    State "State" new() {
        0 NAME name: optional String = string("Name").named("name");
        1 CHANGED changed: optional Timestamp = timestamp("Changed");
        2 NUMBER number: optional i32 = integer("Number").event_header();
    }
}

/// A state as the payload, and not its members.
#[derive(Clone, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) state: Option<State>,
}

myrina::codegen::structure! {
    Snapshot "Snapshot" new() {
        0 STATE state: optional State = structure::<State>("State").event_payload();
    }
}

/// Nothing but that it happened.
#[derive(Clone, PartialEq)]
pub(crate) struct Pause {}

myrina::codegen::structure! {
    Pause "Pause" new() {}
}

/// An error that is one of the events, under another name.
#[derive(Clone, PartialEq)]
pub(crate) struct Overloaded {
    pub(crate) message: Option<String>,
    pub(crate) seconds: Option<i32>,
}

myrina::codegen::structure! {
    Overloaded "OverloadedException" new() {
        0 MESSAGE message: optional String = string("message");
        1 SECONDS seconds: optional i32 = integer("Seconds");
    }
}

myrina::codegen::error! { Overloaded "OverloadedException".status(429).sender_fault(), message message }

/// The events.
#[derive(Clone, PartialEq)]
pub(crate) enum Event {
    Piece(Piece),
    Line(Line),
    State(Box<State>),
    Snapshot(Snapshot),
    Pause(Pause),
    Overloaded(Overloaded),
    Unknown(String),
}

myrina::codegen::union! {
    Event "Event" unknown Unknown {
        0 PIECE Piece: Piece = structure::<Piece>("Piece");
        1 LINE Line: Line = structure::<Line>("Line");
        2 STATE State: Box<State> = structure::<State>("State");
        3 SNAPSHOT Snapshot: Snapshot = structure::<Snapshot>("Snapshot");
        4 PAUSE Pause: Pause = structure::<Pause>("Pause");
        5 OVERLOADED Overloaded: Overloaded = structure::<Overloaded>("overloaded");
    }
}

/// What is sent and answered: a stream, and in the header or in the first message its name.
pub(crate) struct Talk {
    pub(crate) session: Option<String>,
    pub(crate) events: EventStream<Event>,
}

myrina::codegen::structure! {
    Talk "Talk" new(events: required EventStream<Event>) {
        0 SESSION session: optional String = string("Session").header("x-session");
        1 EVENTS events: required EventStream<Event> = events::<Event>("Events").payload();
    }
}

/// The same for a protocol that binds nothing to HTTP.
pub(crate) struct Subscription {
    pub(crate) session: Option<String>,
    pub(crate) events: Option<EventStream<Event>>,
}

myrina::codegen::structure! {
    Subscription "Subscription" new() {
        0 SESSION session: optional String = string("Session");
        1 EVENTS events: optional EventStream<Event> = events::<Event>("Events");
    }
}

const ERRORS: &[&ErrorSchema] = &[Overloaded::ERROR];

static REST: ServiceSchema =
    ServiceSchema::new("Talks", "talks", "2020-01-01", "talks", &REST_JSON).errors(ERRORS);
static XML: ServiceSchema =
    ServiceSchema::new("Talks", "talks", "2020-01-01", "talks", &REST_XML).errors(ERRORS);
static JSON: ServiceSchema = ServiceSchema::new("Talks", "talks", "2020-01-01", "talks", &AWS_JSON)
    .target_prefix("Talks")
    .errors(ERRORS);

static CBOR: ServiceSchema = ServiceSchema::new("Talks", "talks", "2020-01-01", "talks", &RPC_CBOR)
    .target_prefix("Talks")
    .errors(ERRORS);

pub(crate) static TALK: OperationSchema = TALK_OVER;

const TALK_OVER: OperationSchema = OperationSchema::new(
    &REST,
    "Talk",
    "POST",
    "/talk",
    describe::structure::<Talk>(""),
    describe::structure::<Talk>(""),
);

/// The same with documents in XML.
pub(crate) static TALK_XML: OperationSchema = TALK_OVER.in_service(&XML);

/// The same with documents in CBOR.
pub(crate) static TALK_CBOR: OperationSchema = TALK_OVER.in_service(&CBOR);

/// What has its first message as the document, in CBOR.
pub(crate) static SUBSCRIBE_CBOR: OperationSchema = SUBSCRIBE_OVER.in_service(&CBOR);

pub(crate) static SUBSCRIBE: OperationSchema = SUBSCRIBE_OVER;

const SUBSCRIBE_OVER: OperationSchema = OperationSchema::new(
    &JSON,
    "Subscribe",
    "POST",
    "/",
    describe::structure::<Subscription>(""),
    describe::structure::<Subscription>(""),
);

/// The stream of `TALK`'s output where this is the body.
pub(crate) fn received(body: ByteStream) -> EventStream<Event> {
    received_by(&TALK, body)
}

/// The same for another protocol.
pub(crate) fn received_by(operation: &'static OperationSchema, body: ByteStream) -> EventStream<Event> {
    let headers = [("x-amzn-requestid", "the-id"), ("smithy-protocol", "rpc-v2-cbor")];
    let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    let response = Response::new(200, headers.collect(), body);
    let mut output = <Talk as Structure>::empty();
    operation.service.protocol.read_response(operation, response, &mut output).unwrap();
    output.events
}
