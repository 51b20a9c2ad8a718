//! The parameters that an operation and its input give.

use crate::{
    codec::{CodecError, List, Mapping, MemberWriter, Structure, Value as CodecValue, Writer},
    operation::{OperationSchema, rules::Value},
    schema::{ContextSource, Member, Schema, Step},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;

/// The value that `operation` and its input give to the parameter `name`.
pub(super) fn value(operation: &OperationSchema, input: &dyn Structure, name: &str) -> Value<'static> {
    let sources = operation.context.iter().filter(|param| param.name == name);
    sources.map(|param| of(&param.source, input)).find(Value::is_set).unwrap_or_default()
}

fn of(source: &ContextSource, input: &dyn Structure) -> Value<'static> {
    match source {
        ContextSource::Text(text) => (*text).into(),
        ContextSource::Flag(flag) => (*flag).into(),
        ContextSource::Texts(texts) => texts.to_vec().into(),
        ContextSource::Path(steps) => {
            let mut walk = Walk { steps, found: Vec::new(), several: false };
            walk.structure_at(input);
            // A list that is there and empty is a list; what leads nowhere is nothing.
            if walk.several { Value::List(walk.found) } else { walk.found.pop().into() }
        }
    }
}

/// Walks through the input, and keeps what is at the end of the path.
struct Walk {
    steps: &'static [Step],
    found: Vec<Value<'static>>,
    /// The path led through a list or map: what is found is a list, be it of one.
    several: bool,
}

impl Walk {
    /// Goes on from a structure.
    fn structure_at(&mut self, value: &dyn Structure) {
        match self.steps {
            [Step::Member(name), rest @ ..] => {
                let schema = value.schema();
                self.along(rest, |walk| value.write(&mut Pick { schema, name, walk }));
            }
            [Step::Any(paths), rest @ ..] => {
                self.several = true;
                for path in *paths {
                    self.along(path, |walk| walk.structure_at(value));
                }
                // What comes behind is a flattening, which the generator leaves out.
                let _ = rest;
            }
            _ => {}
        }
    }

    /// Goes on with these steps, and comes back.
    fn along(&mut self, steps: &'static [Step], go: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.steps, steps);
        go(self);
        self.steps = before;
    }

    fn keep(&mut self, value: impl Into<Value<'static>>) {
        if self.steps.is_empty() {
            self.found.push(value.into());
        }
    }
}

/// Goes on from the member of one name.
struct Pick<'w> {
    schema: &'static Schema,
    name: &'static str,
    walk: &'w mut Walk,
}

impl MemberWriter for Pick<'_> {
    fn member(&mut self, index: usize, value: &dyn CodecValue) {
        let member = self.schema.members.get(index).filter(|member| member.name == self.name);
        if let Some(member) = member.filter(|_| !value.is_absent()) {
            value.write(member, self.walk);
        }
    }
}

impl Writer for Walk {
    fn null(&mut self, _: &'static Member) {}

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.keep(value);
    }

    fn integer(&mut self, _: &'static Member, _: i64) {}

    fn float(&mut self, _: &'static Member, _: f32) {}

    fn double(&mut self, _: &'static Member, _: f64) {}

    fn string(&mut self, _: &'static Member, value: &str) {
        self.keep(value.to_owned());
    }

    fn blob(&mut self, _: &'static Member, _: &Bytes) {}

    fn timestamp(&mut self, _: &'static Member, _: Timestamp) {}

    fn document(&mut self, _: &'static Member, _: &Document) {}

    fn structure(&mut self, _: &'static Member, value: &dyn Structure) {
        self.structure_at(value);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let crate::schema::Target::List(element) = at.target else { return };
        let rest = match self.steps {
            [] => self.steps,
            [Step::Each, rest @ ..] => rest,
            _ => return,
        };
        self.several = true;
        let items = (0..value.len()).filter_map(|index| value.item(index));
        self.along(rest, |walk| items.for_each(|item| item.write(element, walk)));
    }

    fn map(&mut self, _: &'static Member, value: &dyn Mapping) {
        if let [Step::Keys] = self.steps {
            self.several = true;
            let entries = (0..value.len()).filter_map(|index| value.entry(index));
            self.found.extend(entries.map(|(key, _)| Value::from(key.to_owned())));
        }
    }

    fn refuse(&mut self, _: CodecError) {}
}
