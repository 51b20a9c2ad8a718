//! Generated types for tests.

// The macros define the public items of a generated crate, not all of which are used.
#![allow(dead_code, unreachable_pub)]

use crate::{ByteStream, Bytes, Document, Map, Timestamp};

#[derive(Clone, PartialEq)]
pub(crate) struct AllTypes {
    pub(crate) name: String,
    pub(crate) flag: Option<bool>,
    pub(crate) count: Option<i32>,
    pub(crate) total: Option<i64>,
    pub(crate) half: Option<f32>,
    pub(crate) whole: Option<f64>,
    pub(crate) data: Option<Bytes>,
    pub(crate) at: Option<Timestamp>,
    pub(crate) date: Option<Timestamp>,
    pub(crate) document: Option<Document>,
    pub(crate) list: Option<Vec<String>>,
    pub(crate) sparse: Option<Vec<Option<String>>>,
    pub(crate) map: Option<Map<String, i32>>,
    pub(crate) inner: Option<Box<AllTypes>>,
    pub(crate) choice: Option<Choice>,
    pub(crate) all: Option<Vec<AllTypes>>,
}

crate::codegen::structure! {
    AllTypes "AllTypes" new(name: required String) {
        0 NAME name: required String = string("Name").required();
        1 FLAG flag: optional bool = boolean("Flag");
        2 COUNT count: optional i32 = integer("Count").named("_count");
        3 TOTAL total: optional i64 = long("Total");
        4 HALF half: optional f32 = float("Half");
        5 WHOLE whole: optional f64 = double("Whole");
        6 DATA data: optional Bytes = blob("Data");
        7 AT at: optional Timestamp = timestamp("At");
        8 DATE date: optional Timestamp = date_time("Date");
        9 DOCUMENT document: optional Document = document("Document");
        10 LIST list: list String = list("List", &string(""));
        11 SPARSE sparse: list Option<String> = list("Sparse", &string("")).sparse();
        12 MAP map: map String, i32 = map("Map", &string(""), &integer(""));
        13 INNER inner: optional Box<AllTypes> = structure::<AllTypes>("Inner");
        14 CHOICE choice: optional Choice = structure::<Choice>("Choice");
        15 ALL all: list AllTypes = list("All", &structure::<AllTypes>(""));
    }
}

#[derive(Clone, PartialEq)]
pub(crate) enum Choice {
    Text(String),
    Number(i32),
    Unknown(String),
}

crate::codegen::union! {
    Choice "Choice" unknown Unknown {
        0 TEXT Text: String = string("text");
        1 NUMBER Number: i32 = integer("number");
    }
}

/// A structure with a member in each part of an HTTP message.
#[derive(Clone, PartialEq)]
pub(crate) struct AllBindings {
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) marker: Option<String>,
    pub(crate) ids: Option<Vec<i32>>,
    pub(crate) filters: Option<Map<String, Vec<String>>>,
    pub(crate) since: Option<Timestamp>,
    pub(crate) agent: Option<String>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) dates: Option<Vec<Timestamp>>,
    pub(crate) context: Option<String>,
    pub(crate) metadata: Option<Map<String, String>>,
    pub(crate) token: Option<String>,
    pub(crate) status: Option<i32>,
    pub(crate) text: Option<String>,
}

crate::codegen::structure! {
    AllBindings "AllBindings" new(bucket: required String; key: required String) {
        0 BUCKET bucket: required String = string("Bucket").required().label("Bucket").host_label();
        1 KEY key: required String = string("Key").required().label("Key");
        2 MARKER marker: optional String = string("Marker").query("marker");
        3 IDS ids: list i32 = list("Ids", &integer("")).query("id");
        4 FILTERS filters: map String, Vec<String> = map("Filters", &string(""), &list("", &string(""))).query("");
        5 SINCE since: optional Timestamp = timestamp("Since").header("If-Modified-Since");
        6 AGENT agent: optional String = string("Agent").header("x-agent");
        7 TAGS tags: list String = list("Tags", &string("")).header("x-tags");
        8 DATES dates: list Timestamp = list("Dates", &timestamp("")).header("x-dates");
        9 CONTEXT context: optional String = string("Context").header("x-context").json_value();
        10 METADATA metadata: map String, String = map("Metadata", &string(""), &string("")).headers("x-meta-");
        11 TOKEN token: optional String = string("Token").header("x-token").idempotency_token();
        12 STATUS status: optional i32 = integer("Status").status_code();
        13 TEXT text: optional String = string("Text");
    }
}

/// A structure whose payload is a stream.
pub(crate) struct StreamPayload {
    pub(crate) kind: Option<String>,
    pub(crate) body: Option<ByteStream>,
}

crate::codegen::structure! {
    StreamPayload "StreamPayload" new() {
        0 KIND kind: optional String = string("Kind").header("Content-Type");
        1 BODY body: optional ByteStream = stream("Body").payload();
    }
}

/// A structure whose payload is a blob.
#[derive(Clone, PartialEq)]
pub(crate) struct BlobPayload {
    pub(crate) kind: Option<String>,
    pub(crate) body: Option<Bytes>,
}

crate::codegen::structure! {
    BlobPayload "BlobPayload" new() {
        0 KIND kind: optional String = string("Kind").header("Content-Type");
        1 BODY body: optional Bytes = blob("Body").payload();
    }
}

/// A structure whose payload is a structure.
#[derive(Clone, PartialEq)]
pub(crate) struct StructurePayload {
    pub(crate) body: Option<AllTypes>,
}

crate::codegen::structure! {
    StructurePayload "StructurePayload" new() {
        0 BODY body: optional AllTypes = structure::<AllTypes>("Body").payload();
    }
}

/// An error.
#[derive(Clone, PartialEq)]
pub(crate) struct Throttled {
    pub(crate) message: Option<String>,
    pub(crate) retry_after: Option<i32>,
    pub(crate) reason: Option<String>,
}

crate::codegen::structure! {
    Throttled "Throttled" new() {
        0 MESSAGE message: optional String = string("message");
        1 RETRY_AFTER retry_after: optional i32 = integer("RetryAfter").header("Retry-After");
        2 REASON reason: optional String = string("Reason");
    }
}

crate::codegen::error! { Throttled "Slow".status(429).sender_fault(), message message }
