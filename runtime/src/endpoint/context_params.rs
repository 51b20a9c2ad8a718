//! The endpoint parameters that an operation and its input supply.

use super::EndpointValue;
use crate::{
    codec::{CodecError, List, Mapping, MemberWriter, Structure, Value, Writer},
    operation::OperationSchema,
    schema::{ContextSource, Member, Schema, Step},
    time::Timestamp,
};
use bytes::Bytes;
use serde_json::Value as Document;

/// The value that `operation` or its input supplies for the parameter `name`.
pub(crate) fn value_of(
    operation: &OperationSchema,
    input: &dyn Structure,
    name: &str,
) -> EndpointValue<'static> {
    let sources = operation.context.iter().filter(|param| param.name == name);
    sources.map(|param| read_source(&param.source, input)).find(EndpointValue::is_set).unwrap_or_default()
}

fn read_source(source: &ContextSource, input: &dyn Structure) -> EndpointValue<'static> {
    match source {
        ContextSource::Text(text) => (*text).into(),
        ContextSource::Flag(flag) => (*flag).into(),
        ContextSource::Texts(texts) => texts.to_vec().into(),
        ContextSource::Path(steps) => {
            let mut walk = PathWalker { steps, found: Vec::new(), is_list: false };
            walk.visit_structure(input);
            // A path through a list yields a list, even an empty one; a path that ends nowhere yields no value.
            if walk.is_list { EndpointValue::List(walk.found) } else { walk.found.pop().into() }
        }
    }
}

/// Follows a path through the input and collects the values at its end.
struct PathWalker {
    steps: &'static [Step],
    found: Vec<EndpointValue<'static>>,
    /// The path went through a list or map, so the result is a list.
    is_list: bool,
}

impl PathWalker {
    /// Continues in a structure.
    fn visit_structure(&mut self, value: &dyn Structure) {
        match self.steps {
            [Step::Member(name), rest @ ..] => {
                let schema = value.schema();
                self.with_steps(rest, |walk| value.write(&mut MemberSelector { schema, name, walk }));
            }
            // Later steps could only flatten lists, which the generator resolves.
            [Step::Any(paths), ..] => {
                self.is_list = true;
                for path in *paths {
                    self.with_steps(path, |walk| walk.visit_structure(value));
                }
            }
            _ => {}
        }
    }

    /// Runs `visit` with these remaining steps.
    fn with_steps(&mut self, steps: &'static [Step], visit: impl FnOnce(&mut Self)) {
        let previous = std::mem::replace(&mut self.steps, steps);
        visit(self);
        self.steps = previous;
    }

    fn collect(&mut self, value: impl Into<EndpointValue<'static>>) {
        if self.steps.is_empty() {
            self.found.push(value.into());
        }
    }
}

/// Continues in the member of one name.
struct MemberSelector<'w> {
    schema: &'static Schema,
    name: &'static str,
    walk: &'w mut PathWalker,
}

impl MemberWriter for MemberSelector<'_> {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let member = self.schema.members.get(index).filter(|member| member.name == self.name);
        if let Some(member) = member.filter(|_| !value.is_absent()) {
            value.write(member, self.walk);
        }
    }
}

impl Writer for PathWalker {
    fn null(&mut self, _: &'static Member) {}

    fn boolean(&mut self, _: &'static Member, value: bool) {
        self.collect(value);
    }

    fn integer(&mut self, _: &'static Member, _: i64) {}

    fn float(&mut self, _: &'static Member, _: f32) {}

    fn double(&mut self, _: &'static Member, _: f64) {}

    fn string(&mut self, _: &'static Member, value: &str) {
        self.collect(value.to_owned());
    }

    fn blob(&mut self, _: &'static Member, _: &Bytes) {}

    fn timestamp(&mut self, _: &'static Member, _: Timestamp) {}

    fn document(&mut self, _: &'static Member, _: &Document) {}

    fn structure(&mut self, _: &'static Member, value: &dyn Structure) {
        self.visit_structure(value);
    }

    fn list(&mut self, at: &'static Member, value: &dyn List) {
        let crate::schema::Target::List(element) = at.target else { return };
        let rest = match self.steps {
            [] => self.steps,
            [Step::Each, rest @ ..] => rest,
            _ => return,
        };
        self.is_list = true;
        let items = (0..value.len()).filter_map(|index| value.item(index));
        self.with_steps(rest, |walk| items.for_each(|item| item.write(element, walk)));
    }

    fn map(&mut self, _: &'static Member, value: &dyn Mapping) {
        if let [Step::Keys] = self.steps {
            self.is_list = true;
            let entries = (0..value.len()).filter_map(|index| value.entry(index));
            self.found.extend(entries.map(|(key, _)| EndpointValue::from(key.to_owned())));
        }
    }

    fn fail(&mut self, _: CodecError) {}
}
