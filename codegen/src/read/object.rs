//! Takes the known keys out of an object, and reports the others.

use crate::json::Json;
use crate::model::Pointer;
use crate::source::Source;
use indexmap::IndexMap;
use serde_json::Value;

/// An object whose keys are taken one by one.
#[derive(Debug)]
pub(crate) struct Object {
    /// Its place.
    pub(crate) at: Pointer,
    members: IndexMap<String, Json>,
    known: Vec<&'static str>,
}

/// What a value of the tree can be taken as.
pub(crate) trait FromJson: Sized {
    /// What it has to be, with its article, for messages.
    const EXPECTED: &'static str;

    /// The value, or what stood there instead.
    fn from_json(json: Json) -> Result<Self, Json>;
}

/// Converts a value, or reports what it is and what it should be.
pub(crate) fn value<T: FromJson>(source: &mut Source, at: &Pointer, json: Json) -> Option<T> {
    T::from_json(json)
        .map_err(|other| {
            let found = match &other {
                Json::Number(number) => format!("the number {number}"),
                other => other.kind().to_owned(),
            };
            source.report(at, format!("{} is {found}", describe(at)), format!("write {} here", T::EXPECTED));
        })
        .ok()
}

/// A node by its last step: `` `shape` ``, or `this element`, or `the document`.
fn describe(at: &Pointer) -> String {
    match at.steps().last() {
        None => "the document".to_owned(),
        Some(step) if step.bytes().all(|byte| byte.is_ascii_digit()) => "this element".to_owned(),
        Some(step) => format!("`{step}`"),
    }
}

impl Object {
    /// Reads a value as an object. If it is none, that is reported.
    pub(crate) fn new(source: &mut Source, at: Pointer, json: Json) -> Option<Self> {
        let members = value(source, &at, json)?;
        Some(Self { at, members, known: Vec::new() })
    }

    /// Whether it has no keys.
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Whether it has this key and no other.
    pub(crate) fn only_has_key(&self, key: &str) -> bool {
        self.members.len() == 1 && self.members.contains_key(key)
    }

    /// Whether this key has a list with nothing in it.
    pub(crate) fn has_empty_list(&self, key: &str) -> bool {
        matches!(self.members.get(key), Some(Json::Array(elements)) if elements.is_empty())
    }

    /// The value of a key that may be absent.
    pub(crate) fn optional<T: FromJson>(&mut self, source: &mut Source, key: &'static str) -> Option<T> {
        let json = self.take_json(key)?;
        value(source, &self.at.key(key), json)
    }

    /// The value of a key that must be there; its absence is reported.
    pub(crate) fn required<T: FromJson>(&mut self, source: &mut Source, key: &'static str) -> Option<T> {
        if !self.members.contains_key(key) {
            self.report_missing(source, key, T::EXPECTED);
        }
        self.optional(source, key)
    }

    /// Whether a key is present and true.
    pub(crate) fn bool_flag(&mut self, source: &mut Source, key: &'static str) -> bool {
        self.optional(source, key).unwrap_or(false)
    }

    /// The object at a key that may be absent.
    pub(crate) fn optional_object(&mut self, source: &mut Source, key: &'static str) -> Option<Self> {
        let json = self.take_json(key)?;
        Self::new(source, self.at.key(key), json)
    }

    /// The object at a key that must be there.
    pub(crate) fn required_object(&mut self, source: &mut Source, key: &'static str) -> Option<Self> {
        if !self.members.contains_key(key) {
            self.report_missing(source, key, "an object");
        }
        self.optional_object(source, key)
    }

    /// The members of the object at a key, whose keys are names and not words of the format.
    pub(crate) fn entries(
        &mut self,
        source: &mut Source,
        key: &'static str,
    ) -> impl Iterator<Item = (Pointer, String, Json)> + use<> {
        self.optional_object(source, key).into_iter().flat_map(Self::into_entries)
    }

    /// The members of this object, whose keys are names and not words of the format.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = (Pointer, String, Json)> {
        let Self { at, members, .. } = self;
        members.into_iter().map(move |(name, json)| (at.key(&name), name, json))
    }

    /// The keys that were not taken, as JSON.
    pub(crate) fn into_json(self) -> Json {
        Json::Object(self.members)
    }

    /// The elements of the list at a key.
    pub(crate) fn elements(
        &mut self,
        source: &mut Source,
        key: &'static str,
    ) -> impl Iterator<Item = (Pointer, Json)> + use<> {
        let at = self.at.key(key);
        let items: Vec<Json> = self.optional(source, key).unwrap_or_default();
        items.into_iter().enumerate().map(move |(index, json)| (at.index(index), json))
    }

    /// The strings of the list at a key; empty if it is absent.
    pub(crate) fn strings(&mut self, source: &mut Source, key: &'static str) -> Vec<String> {
        self.elements(source, key).filter_map(|(at, json)| value(source, &at, json)).collect()
    }

    /// One string or a list of them.
    pub(crate) fn string_or_strings(&mut self, source: &mut Source, key: &'static str) -> Vec<String> {
        match self.members.get(key) {
            Some(Json::String(_)) => self.optional(source, key).into_iter().collect(),
            _ => self.strings(source, key),
        }
    }

    /// The value of a key, whatever it is.
    pub(crate) fn take_json(&mut self, key: &'static str) -> Option<Json> {
        self.known.push(key);
        self.members.shift_remove(key)
    }

    /// Accepts known keys that do not affect the generated code. A comment at each call gives the reason.
    pub(crate) fn ignore(&mut self, keys: &[&'static str]) {
        for key in keys {
            self.take_json(key);
        }
    }

    /// Reports the keys that were not taken.
    pub(crate) fn finish(self, source: &mut Source) {
        let Self { at, members, mut known } = self;
        if members.is_empty() {
            return;
        }
        known.sort_unstable();
        known.dedup();
        let list = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let allowed =
            if list.is_empty() { "expected no keys".to_owned() } else { format!("expected one of {list}") };
        for key in members.keys() {
            let help = source.did_you_mean(key, known.iter().copied(), allowed.as_str());
            source.report(&at.key(key), format!("unknown key `{key}`"), help);
        }
    }

    fn report_missing(&self, source: &mut Source, key: &str, expected: &str) {
        let whole = if self.at == Pointer::ROOT { "the document".to_owned() } else { describe(&self.at) };
        source.report(
            &self.at,
            format!("{whole} has no `{key}`"),
            format!("add the key `{key}` with {expected}"),
        );
    }
}

impl FromJson for String {
    const EXPECTED: &'static str = "a string";

    fn from_json(json: Json) -> Result<Self, Json> {
        match json {
            Json::String(text) => Ok(text),
            other => Err(other),
        }
    }
}

impl FromJson for bool {
    const EXPECTED: &'static str = "`true` or `false`";

    fn from_json(json: Json) -> Result<Self, Json> {
        match json {
            Json::Bool(value) => Ok(value),
            other => Err(other),
        }
    }
}

impl FromJson for u16 {
    const EXPECTED: &'static str = "an integer from 0 to 65535";

    fn from_json(json: Json) -> Result<Self, Json> {
        integer(json)
    }
}

impl FromJson for u32 {
    const EXPECTED: &'static str = "an integer from 0 to 4294967295";

    fn from_json(json: Json) -> Result<Self, Json> {
        integer(json)
    }
}

fn integer<T: TryFrom<u64>>(json: Json) -> Result<T, Json> {
    match &json {
        Json::Number(number) => number.as_u64().and_then(|number| T::try_from(number).ok()).ok_or(json),
        _ => Err(json),
    }
}

impl FromJson for IndexMap<String, Json> {
    const EXPECTED: &'static str = "an object";

    fn from_json(json: Json) -> Result<Self, Json> {
        match json {
            Json::Object(members) => Ok(members),
            other => Err(other),
        }
    }
}

impl FromJson for Vec<Json> {
    const EXPECTED: &'static str = "a list";

    fn from_json(json: Json) -> Result<Self, Json> {
        match json {
            Json::Array(items) => Ok(items),
            other => Err(other),
        }
    }
}

impl FromJson for Value {
    const EXPECTED: &'static str = "a value";

    fn from_json(json: Json) -> Result<Self, Json> {
        Ok(json.into())
    }
}

impl FromJson for Json {
    const EXPECTED: &'static str = "a value";

    fn from_json(json: Json) -> Result<Self, Json> {
        Ok(json)
    }
}
