//! The functions of the rule language, as Smithy's specification of endpoint rules defines them.
//!
//! A missing argument, or one of the wrong type, makes the result [`EndpointValue::None`].

use super::{EndpointValue, parse, partition};
use crate::percent::RESERVED;
use percent_encoding::utf8_percent_encode;

/// `isSet`: whether the argument has a value.
pub fn is_set<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    arguments.first().is_some_and(EndpointValue::is_set).into()
}

/// `not`: the negation of a boolean.
pub fn not<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    arguments.first().and_then(EndpointValue::as_bool).map(|value| !value).into()
}

/// `stringEquals` and `booleanEquals`. An unset value equals nothing, not even another unset one.
pub fn equals<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    let [one, other] = arguments else { return EndpointValue::None };
    (one.is_set() && one == other).into()
}

/// `aws.partition`: the partition of a region, which every region has: `name`, `dnsSuffix`, `dualStackDnsSuffix`,
/// `supportsFIPS`, `supportsDualStack`, `implicitGlobalRegion`.
pub fn partition<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    text(arguments, 0).map(|region| partition::of_region(region).to_value()).into()
}

/// `aws.parseArn`: the parts of an ARN: `partition`, `service`, `region`, `accountId`, and `resourceId` as a list.
pub fn parse_arn<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    text(arguments, 0).and_then(parse::arn).map(|arn| EndpointValue::Object(arn).into_owned()).into()
}

/// `parseURL`: the parts of a URL: `scheme`, `authority`, `path`, `normalizedPath`, `isIp`.
pub fn parse_url<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    text(arguments, 0).and_then(parse::url).map(|url| EndpointValue::Object(url).into_owned()).into()
}

/// `isValidHostLabel`: whether a string is a host label, or several of them separated by dots if the second argument is true.
pub fn is_valid_host_label<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    let (text, allow_dots) = (text(arguments, 0), flag(arguments, 1));
    (text.is_some_and(|text| parse::is_host_label(text, allow_dots))).into()
}

/// `aws.isVirtualHostableS3Bucket`: whether a bucket's name can be part of a host name, as several labels of it if the second
/// argument is true.
pub fn is_virtual_hostable_bucket<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    let (text, allow_dots) = (text(arguments, 0), flag(arguments, 1));
    (text.is_some_and(|text| parse::is_virtual_hostable_bucket(text, allow_dots))).into()
}

/// `substring`: an ASCII string's part from a start to a stop index, counted from the end if the last argument is true.
pub fn substring<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    let part = || {
        let text = text(arguments, 0).filter(|text| text.is_ascii())?;
        let (start, stop) = (index(arguments, 1)?, index(arguments, 2)?);
        let (start, stop) = if flag(arguments, 3) {
            (text.len().checked_sub(stop)?, text.len().checked_sub(start)?)
        } else {
            (start, stop)
        };
        text.get(start..stop).filter(|part| !part.is_empty()).map(str::to_owned)
    };
    part().into()
}

/// `uriEncode`: a string in percent-encoding.
pub fn uri_encode<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    text(arguments, 0).map(|text| utf8_percent_encode(text, RESERVED).to_string()).into()
}

/// `split`: the parts of a string between delimiters; at most as many as the last argument says, without limit if it is 0.
pub fn split<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    let parts = || {
        let (text, delimiter) = (text(arguments, 0)?, text(arguments, 1).filter(|text| !text.is_empty())?);
        let parts: Vec<_> = match index(arguments, 2)? {
            0 => text.split(delimiter).map(str::to_owned).collect(),
            limit => text.splitn(limit, delimiter).map(str::to_owned).collect(),
        };
        Some(parts)
    };
    parts().into()
}

/// `coalesce`: the first argument that has a value.
pub fn coalesce<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    arguments.iter().find(|value| value.is_set()).cloned().unwrap_or_default()
}

/// `ite`: the second argument if the first is true, or else the third.
pub fn ite<'a>(arguments: &[EndpointValue<'a>]) -> EndpointValue<'a> {
    let chosen = if flag(arguments, 0) { arguments.get(1) } else { arguments.get(2) };
    chosen.cloned().unwrap_or_default()
}

fn text<'v>(arguments: &'v [EndpointValue<'_>], index: usize) -> Option<&'v str> {
    arguments.get(index).and_then(EndpointValue::as_str)
}

fn flag(arguments: &[EndpointValue<'_>], index: usize) -> bool {
    arguments.get(index).and_then(EndpointValue::as_bool).unwrap_or(false)
}

fn index(arguments: &[EndpointValue<'_>], index: usize) -> Option<usize> {
    match arguments.get(index) {
        Some(EndpointValue::Number(number)) => (*number).try_into().ok(),
        _ => None,
    }
}
