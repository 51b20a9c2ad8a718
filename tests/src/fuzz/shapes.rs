//! Shapes with everything that a reader treats specially, as a generated crate would have them.

use myrina::{
    Bytes, Document, EventStream, Json, Map, Timestamp,
    codegen::{ErrorSchema, enumeration, error, structure, union},
};

/// An open enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Small,
    Large,
    Unknown(String),
}

enumeration! { Kind unknown Unknown {
    Small = "small";
    Large = "LARGE-1";
} }

/// Every kind of member that a document may have in any format; the XML traits say nothing elsewhere.
#[derive(Clone, PartialEq)]
pub(super) struct Thing {
    pub(super) name: String,
    pub(super) xml_kind: Option<Kind>,
    pub(super) flag: Option<bool>,
    pub(super) count: Option<i32>,
    pub(super) long: Option<i64>,
    pub(super) float: Option<f32>,
    pub(super) double: Option<f64>,
    pub(super) text: Option<String>,
    pub(super) data: Option<Bytes>,
    pub(super) at: Option<Timestamp>,
    pub(super) date: Option<Timestamp>,
    pub(super) epoch: Option<Timestamp>,
    pub(super) texts: Option<Vec<String>>,
    pub(super) kinds: Option<Vec<Kind>>,
    pub(super) sparse: Option<Vec<Option<i64>>>,
    pub(super) flat: Option<Vec<i32>>,
    pub(super) things: Option<Vec<Thing>>,
    pub(super) lists: Option<Map<String, Vec<bool>>>,
    pub(super) sparse_map: Option<Map<String, Option<String>>>,
    pub(super) flat_map: Option<Map<Kind, f64>>,
    pub(super) named: Option<Map<String, Thing>>,
    pub(super) one: Option<Box<Thing>>,
    pub(super) choice: Option<Choice>,
    pub(super) empty: Option<Empty>,
}

structure! {
    Thing "Thing" new(name: required String) {
        0 NAME name: required String = string("name").required();
        1 XML_KIND xml_kind: optional Kind = string("xmlKind").named("x:kind").attribute();
        2 FLAG flag: optional bool = boolean("flag");
        3 COUNT count: optional i32 = integer("count").named("Count");
        4 LONG long: optional i64 = long("long");
        5 FLOAT float: optional f32 = float("float");
        6 DOUBLE double: optional f64 = double("double");
        7 TEXT text: optional String = string("text");
        8 DATA data: optional Bytes = blob("data");
        9 AT at: optional Timestamp = date_time("at");
        10 DATE date: optional Timestamp = http_date("date");
        11 EPOCH epoch: optional Timestamp = epoch_seconds("epoch");
        12 TEXTS texts: list String = list("texts", &string(""));
        13 KINDS kinds: list Kind = list("kinds", &string("").named("kind"));
        14 SPARSE sparse: list Option<i64> = list("sparse", &long("")).sparse();
        15 FLAT flat: list i32 = list("flat", &integer("").named("flatItem")).flattened();
        16 THINGS things: list Thing = list("things", &structure::<Thing>("").named("item"));
        17 LISTS lists: map String, Vec<bool> = map("lists", &string(""), &list("", &boolean("")));
        18 SPARSE_MAP sparse_map: map String, Option<String> =
            map("sparseMap", &string(""), &string("")).sparse();
        19 FLAT_MAP flat_map: map Kind, f64 =
            map("flatMap", &string("").named("K"), &double("").named("V")).flattened();
        20 NAMED named: map String, Thing = map("named", &string(""), &structure::<Thing>(""));
        21 ONE one: optional Box<Thing> = structure::<Thing>("one").namespace("x", "urn:x");
        22 CHOICE choice: optional Choice = structure::<Choice>("choice");
        23 EMPTY empty: optional Empty = structure::<Empty>("empty");
    }
}

/// Nothing but that it is there.
#[derive(Clone, PartialEq)]
pub(super) struct Empty {}

structure! { Empty "Empty" new() {} }

/// A union, of itself too.
#[derive(Clone, PartialEq)]
pub(super) enum Choice {
    Text(String),
    Number(f64),
    Texts(Vec<String>),
    Again(Box<Choice>),
    Thing(Box<Thing>),
    Unknown(String),
}

union! {
    Choice "Choice" unknown Unknown {
        0 TEXT Text: String = string("text");
        1 NUMBER Number: f64 = double("number");
        2 TEXTS Texts: Vec<String> = list("texts", &string(""));
        3 AGAIN Again: Box<Choice> = structure::<Choice>("again");
        4 THING Thing: Box<Thing> = structure::<Thing>("thing");
    }
}

/// What only JSON and CBOR have beside that.
#[derive(Clone, PartialEq)]
pub(super) struct Paper {
    pub(super) thing: Option<Thing>,
    pub(super) any: Option<Document>,
    pub(super) anys: Option<Vec<Document>>,
    pub(super) by_name: Option<Map<String, Document>>,
    pub(super) json: Option<Json>,
    pub(super) json_text: Option<Json>,
}

structure! {
    Paper "Paper" new() {
        0 THING thing: optional Thing = structure::<Thing>("thing");
        1 ANY any: optional Document = document("any");
        2 ANYS anys: list Document = list("anys", &document(""));
        3 BY_NAME by_name: map String, Document = map("byName", &string(""), &document(""));
        4 JSON json: optional Json = blob("json");
        5 JSON_TEXT json_text: optional Json = string("jsonText").json_value();
    }
}

/// A member at every place of a message that can carry one.
#[derive(Clone, PartialEq)]
pub(super) struct Bound {
    pub(super) label: String,
    pub(super) greedy: String,
    pub(super) number: Option<i32>,
    pub(super) since: Option<Timestamp>,
    pub(super) parameter: Option<String>,
    pub(super) parameters: Option<Vec<String>>,
    pub(super) doubles: Option<Vec<f64>>,
    pub(super) dates: Option<Vec<Timestamp>>,
    pub(super) others: Option<Map<String, Vec<String>>>,
    pub(super) x_text: Option<String>,
    pub(super) x_texts: Option<Vec<String>>,
    pub(super) x_flag: Option<bool>,
    pub(super) x_flags: Option<Vec<bool>>,
    pub(super) x_long: Option<i64>,
    pub(super) x_longs: Option<Vec<i64>>,
    pub(super) x_float: Option<f32>,
    pub(super) x_date: Option<Timestamp>,
    pub(super) x_dates: Option<Vec<Timestamp>>,
    pub(super) x_iso: Option<Timestamp>,
    pub(super) x_epochs: Option<Vec<Timestamp>>,
    pub(super) x_kind: Option<Kind>,
    pub(super) x_data: Option<Bytes>,
    pub(super) x_json: Option<String>,
    pub(super) x_meta: Option<Map<String, String>>,
    pub(super) status: Option<i32>,
    pub(super) thing: Option<Thing>,
    pub(super) rest: Option<String>,
}

structure! {
    Bound "Bound" new(label: required String; greedy: required String) {
        0 LABEL label: required String = string("label").label("label");
        1 GREEDY greedy: required String = string("greedy").label("greedy");
        2 NUMBER number: optional i32 = integer("number").query("number");
        3 SINCE since: optional Timestamp = timestamp("since").query("since");
        4 PARAMETER parameter: optional String = string("parameter").query("p");
        5 PARAMETERS parameters: list String = list("parameters", &string("")).query("ps");
        6 DOUBLES doubles: list f64 = list("doubles", &double("")).query("ds");
        7 DATES dates: list Timestamp = list("dates", &http_date("")).query("dates");
        8 OTHERS others: map String, Vec<String> = map("others", &string(""), &list("", &string(""))).query("");
        9 X_TEXT x_text: optional String = string("xText").header("x-text");
        10 X_TEXTS x_texts: list String = list("xTexts", &string("")).header("x-texts");
        11 X_FLAG x_flag: optional bool = boolean("xFlag").header("x-flag");
        12 X_FLAGS x_flags: list bool = list("xFlags", &boolean("")).header("x-flags");
        13 X_LONG x_long: optional i64 = long("xLong").header("x-long");
        14 X_LONGS x_longs: list i64 = list("xLongs", &long("")).header("x-longs");
        15 X_FLOAT x_float: optional f32 = float("xFloat").header("x-float");
        16 X_DATE x_date: optional Timestamp = timestamp("xDate").header("x-date");
        17 X_DATES x_dates: list Timestamp = list("xDates", &timestamp("")).header("x-dates");
        18 X_ISO x_iso: optional Timestamp = date_time("xIso").header("x-iso");
        19 X_EPOCHS x_epochs: list Timestamp = list("xEpochs", &epoch_seconds("")).header("x-epochs");
        20 X_KIND x_kind: optional Kind = string("xKind").header("x-kind");
        21 X_DATA x_data: optional Bytes = blob("xData").header("x-data");
        22 X_JSON x_json: optional String = string("xJson").header("x-json").json_value();
        23 X_META x_meta: map String, String = map("xMeta", &string(""), &string("")).headers("x-meta-");
        24 STATUS status: optional i32 = integer("status").status_code();
        25 THING thing: optional Thing = structure::<Thing>("thing");
        26 REST rest: optional String = string("rest");
    }
}

/// An error with data in the body and beside it.
#[derive(Clone, PartialEq)]
pub(super) struct Broken {
    pub(super) message: Option<String>,
    pub(super) seconds: Option<i32>,
    pub(super) thing: Option<Box<Thing>>,
}

structure! {
    Broken "Broken" new() {
        0 MESSAGE message: optional String = string("message");
        1 SECONDS seconds: optional i32 = integer("seconds").header("retry-after");
        2 THING thing: optional Box<Thing> = structure::<Thing>("thing");
    }
}

error! { Broken "BrokenException".status(409).sender_fault(), message message }

/// The errors of all operations.
pub(super) const ERRORS: &[&ErrorSchema] = &[Broken::ERROR];

/// Bytes, and of each kind of header what it may be.
#[derive(Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) data: Option<Bytes>,
    pub(super) offset: Option<i64>,
    pub(super) count: Option<i32>,
    pub(super) last: Option<bool>,
    pub(super) kind: Option<Kind>,
    pub(super) digest: Option<Bytes>,
    pub(super) sent: Option<Timestamp>,
}

structure! {
    Piece "Piece" new() {
        0 DATA data: optional Bytes = blob("Data").event_payload();
        1 OFFSET offset: optional i64 = long("Offset").event_header();
        2 COUNT count: optional i32 = integer("Count").event_header();
        3 LAST last: optional bool = boolean("Last").event_header();
        4 KIND kind: optional Kind = string("Kind").event_header();
        5 DIGEST digest: optional Bytes = blob("Digest").event_header();
        6 SENT sent: optional Timestamp = timestamp("Sent").event_header();
    }
}

/// A structure as the payload.
#[derive(Clone, PartialEq)]
pub(super) struct Snapshot {
    pub(super) thing: Option<Box<Thing>>,
}

structure! {
    Snapshot "Snapshot" new() {
        0 THING thing: optional Box<Thing> = structure::<Thing>("Thing").event_payload();
    }
}

/// Text as the payload.
#[derive(Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
}

structure! {
    Line "Line" new(text: required String) {
        0 TEXT text: required String = string("Text").event_payload();
    }
}

/// The events.
#[derive(Clone, PartialEq)]
pub(super) enum Event {
    Piece(Piece),
    Snapshot(Snapshot),
    Line(Line),
    Thing(Box<Thing>),
    Empty(Empty),
    Broken(Box<Broken>),
    Unknown(String),
}

union! {
    Event "Event" unknown Unknown {
        0 PIECE Piece: Piece = structure::<Piece>("Piece");
        1 SNAPSHOT Snapshot: Snapshot = structure::<Snapshot>("Snapshot");
        2 LINE Line: Line = structure::<Line>("Line");
        3 THING Thing: Box<Thing> = structure::<Thing>("Thing");
        4 EMPTY Empty: Empty = structure::<Empty>("Empty");
        5 BROKEN Broken: Box<Broken> = structure::<Broken>("broken");
    }
}

/// A stream of them, and a name beside it.
pub(super) struct Talk {
    pub(super) session: Option<String>,
    pub(super) events: EventStream<Event>,
}

structure! {
    Talk "Talk" new(events: required EventStream<Event>) {
        0 SESSION session: optional String = string("Session");
        1 EVENTS events: required EventStream<Event> = events::<Event>("Events").payload();
    }
}
