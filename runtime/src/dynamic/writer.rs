//! Writes JSON with the names of the model.

use super::Blobs;
use crate::{
    codec::{
        CodecError, List, Mapping, MemberWriter, PathSegment, Structure, Value, Writer, base64, document,
        number,
    },
    schema::{Member, Schema, Target},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::{Map, Number, Value as Json};

/// Writes the members of a structure.
pub(super) struct Members {
    schema: &'static Schema,
    blobs: Blobs,
    object: Map<String, Json>,
    error: Option<CodecError>,
}

/// Writes a value.
struct JsonWriter {
    blobs: Blobs,
    json: Json,
    error: Option<CodecError>,
}

impl Members {
    pub(super) fn new(schema: &'static Schema, blobs: Blobs) -> Self {
        Self { schema, blobs, object: Map::new(), error: None }
    }

    pub(super) fn finish_with(mut self, streams: Vec<(String, Json)>) -> Result<Json, CodecError> {
        self.object.extend(streams);
        self.error.map_or(Ok(Json::Object(self.object)), Err)
    }
}

impl MemberWriter for Members {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index).filter(|_| !value.is_absent()) else { return };
        if matches!(member.target, Target::Stream | Target::Events(_)) {
            return;
        }
        match write(member, value, self.blobs) {
            Ok(json) => drop(self.object.insert(member.name.to_owned(), json)),
            Err(error) => drop(self.error.get_or_insert(error.in_schema_member(member))),
        }
    }
}

fn write(at: &'static Member, value: &dyn Value, blobs: Blobs) -> Result<Json, CodecError> {
    let mut writer = JsonWriter { blobs, json: Json::Null, error: None };
    value.write(at, &mut writer);
    writer.error.map_or(Ok(writer.json), Err)
}

pub(super) fn blob(value: &[u8], blobs: Blobs) -> Json {
    match (blobs, std::str::from_utf8(value)) {
        (Blobs::Text, Ok(text)) => text.into(),
        _ => base64::encode(value).into(),
    }
}

impl JsonWriter {
    fn put(&mut self, result: Result<Json, CodecError>) {
        match result {
            Ok(json) => self.json = json,
            Err(error) => self.fail(error),
        }
    }
}

impl Writer for JsonWriter {
    fn null(&mut self, _: &'static Member) {
        self.json = Json::Null;
    }

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.json = value.into();
    }

    fn integer(&mut self, _: &'static Member, value: i64) {
        self.json = value.into();
    }

    fn float(&mut self, at: &'static Member, value: f32) {
        // By way of the shortest text of the 32-bit number: its 64-bit value has more digits.
        self.double(at, value.to_string().parse().unwrap_or(value.into()));
    }

    fn double(&mut self, _: &'static Member, value: f64) {
        self.json = match Number::from_f64(value) {
            Some(number) => Json::Number(number),
            None => number::special(value).into(),
        };
    }

    fn string(&mut self, _: &'static Member, value: &str) {
        self.json = value.into();
    }

    fn blob(&mut self, _: &'static Member, value: &Bytes) {
        self.json = blob(value, self.blobs);
    }

    fn timestamp(&mut self, _: &'static Member, value: Timestamp) {
        self.json = match value.nanoseconds() {
            0 => value.seconds().into(),
            _ => value.to_f64().into(),
        };
    }

    fn document(&mut self, _: &'static Member, value: &Json) {
        self.json = value.clone();
    }

    fn structure(&mut self, _: &'static Member, value: &dyn Structure) {
        self.put(super::write(value, self.blobs));
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let Target::List(element) = at.target else { return };
        let items = (0..value.len()).filter_map(|index| Some((index, value.item(index)?)));
        let items = items.map(|(index, item)| {
            write(element, item, self.blobs).map_err(|error| error.at(PathSegment::Index(index)))
        });
        let array = items.collect::<Result<_, _>>().map(Json::Array);
        self.put(array);
    }

    fn map(&mut self, at: &'static Member, value: &dyn Mapping) {
        let Target::Map(_, element) = at.target else { return };
        let entries = (0..value.len()).filter_map(|index| value.entry(index));
        let entries = entries.map(|(key, value)| {
            let json =
                write(element, value, self.blobs).map_err(|error| error.at(PathSegment::Key(key.into())))?;
            Ok((key.to_owned(), json))
        });
        let object = entries.collect::<Result<_, _>>().map(Json::Object);
        self.put(object);
    }

    fn json(&mut self, _: &'static Member, text: &Bytes) -> bool {
        // With `Blobs::Text`, it is a string.
        let value = (self.blobs == Blobs::Base64).then(|| document::parse(text));
        match value {
            Some(Ok(value)) => self.json = value,
            _ => return false,
        }
        true
    }

    fn fail(&mut self, error: CodecError) {
        self.error.get_or_insert(error);
    }
}
