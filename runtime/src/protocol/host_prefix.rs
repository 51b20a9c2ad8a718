//! The host prefix of an operation.

use crate::{
    codec::{CodecError, MemberWriter, Structure, Value, text::TextWriter, truncated_quote},
    operation::OperationSchema,
    schema::Schema,
    time::TimestampFormat,
};

/// Returns the host prefix, with the labels from the members of `input`.
pub(super) fn host_prefix(
    operation: &'static OperationSchema,
    input: &dyn Structure,
) -> Result<Option<String>, CodecError> {
    let Some(template) = operation.host_prefix else { return Ok(None) };
    let mut labels = Labels { schema: input.schema(), values: Vec::new(), error: None };
    if template.contains('{') {
        input.write(&mut labels);
    }
    if let Some(error) = labels.error {
        return Err(error);
    }
    let mut prefix = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        prefix.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = labels.values.iter().find(|(label, _)| *label == name).map_or("", |(_, text)| text);
        prefix.push_str(check_label(value).map_err(|error| error.in_member(name))?);
        rest = after;
    }
    prefix.push_str(rest);
    Ok(Some(prefix))
}

/// Checks the characters of a label: others could direct the request, and its signature, to another host.
fn check_label(label: &str) -> Result<&str, CodecError> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    if !label.is_empty() && label.bytes().all(is_allowed) {
        return Ok(label);
    }
    Err(CodecError::expected(
        "a part of the host name, of letters, digits, dots and dashes",
        if label.is_empty() { "none".to_owned() } else { truncated_quote(label) },
    ))
}

/// The members that are host labels.
struct Labels {
    schema: &'static Schema,
    values: Vec<(&'static str, String)>,
    error: Option<CodecError>,
}

impl MemberWriter for Labels {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let Some(member) = self.schema.members.get(index).filter(|member| member.host_label) else { return };
        if value.is_absent() {
            return;
        }
        match TextWriter::texts(member, value, TimestampFormat::DateTime) {
            Ok(texts) => self.values.push((member.name, texts.concat())),
            Err(error) => self.error = Some(error.in_schema_member(member)),
        }
    }
}
