//! The functions of the rule language, as Smithy's specification of endpoint rules has them.
//!
//! An argument that is not there, or of the wrong type, makes the result [`Value::None`].

use super::{arn, host, partition, url};
use crate::{operation::rules::Value, percent::RESERVED};
use percent_encoding::utf8_percent_encode;

/// Whether there is a value.
pub fn is_set<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    arguments.first().is_some_and(Value::is_set).into()
}

/// The contrary of a boolean.
pub fn not<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    arguments.first().and_then(Value::boolean).map(|value| !value).into()
}

/// Whether two texts, or two booleans, are the same. What is not set is like nothing.
pub fn equals<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let [one, other] = arguments else { return Value::None };
    (one.is_set() && one == other).into()
}

/// The partition of a region, which every region has: `name`, `dnsSuffix`, `dualStackDnsSuffix`, `supportsFIPS`,
/// `supportsDualStack`, `implicitGlobalRegion`.
pub fn partition<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).map(|region| partition::of(region).describe()).into()
}

/// The parts of an ARN: `partition`, `service`, `region`, `accountId`, `resourceId` as a list.
pub fn parse_arn<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).and_then(arn::parse).map(|arn| Value::Object(arn).into_owned()).into()
}

/// The parts of a URL: `scheme`, `authority`, `path`, `normalizedPath`, `isIp`.
pub fn parse_url<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).and_then(url::parse).map(|url| Value::Object(url).into_owned()).into()
}

/// Whether a text can be a label of a host name; where the second argument is true, several with dots between them.
pub fn is_valid_host_label<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let (text, dots) = (text(arguments, 0), flag(arguments, 1));
    (text.is_some_and(|text| host::is_label(text, dots))).into()
}

/// Whether a bucket's name can be a part of a host name; where the second argument is true, several labels of it.
pub fn is_virtual_hostable_bucket<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let (text, dots) = (text(arguments, 0), flag(arguments, 1));
    (text.is_some_and(|text| host::is_bucket(text, dots))).into()
}

/// The part of an ASCII text from one place up to another, both counted from the end where the last argument is true.
pub fn substring<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let part = || {
        let text = text(arguments, 0).filter(|text| text.is_ascii())?;
        let (start, stop) = (place(arguments, 1)?, place(arguments, 2)?);
        let (start, stop) = if flag(arguments, 3) {
            (text.len().checked_sub(stop)?, text.len().checked_sub(start)?)
        } else {
            (start, stop)
        };
        text.get(start..stop).filter(|part| !part.is_empty()).map(str::to_owned)
    };
    part().into()
}

/// A text in percent-encoding.
pub fn uri_encode<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).map(|text| utf8_percent_encode(text, RESERVED).to_string()).into()
}

/// The parts of a text between a delimiter, of which as many as the last argument says; as many as there are where it is 0.
pub fn split<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let parts = || {
        let (text, delimiter) = (text(arguments, 0)?, text(arguments, 1).filter(|text| !text.is_empty())?);
        let parts: Vec<_> = match place(arguments, 2)? {
            0 => text.split(delimiter).map(str::to_owned).collect(),
            limit => text.splitn(limit, delimiter).map(str::to_owned).collect(),
        };
        Some(parts)
    };
    parts().into()
}

/// The first value that is set.
pub fn coalesce<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    arguments.iter().find(|value| value.is_set()).cloned().unwrap_or_default()
}

/// The second value where the first is true, or else the third.
pub fn ite<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let chosen = if flag(arguments, 0) { arguments.get(1) } else { arguments.get(2) };
    chosen.cloned().unwrap_or_default()
}

fn text<'v>(arguments: &'v [Value<'_>], index: usize) -> Option<&'v str> {
    arguments.get(index).and_then(Value::text)
}

fn flag(arguments: &[Value<'_>], index: usize) -> bool {
    arguments.get(index).and_then(Value::boolean).unwrap_or(false)
}

fn place(arguments: &[Value<'_>], index: usize) -> Option<usize> {
    match arguments.get(index) {
        Some(Value::Number(number)) => (*number).try_into().ok(),
        _ => None,
    }
}
