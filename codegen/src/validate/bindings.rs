//! Labels: each `{label}` of a URI or host prefix takes a member's value, and each member bound to one needs its label.

use super::structure;
use crate::model::{Model, Operation, Pointer, Reference, Structure};
use crate::protocol::Protocol;
use crate::source::Source;

pub(super) fn check(model: &Model, source: &mut Source) {
    let metadata = &model.metadata;
    let mut protocols = metadata.protocols().filter_map(Protocol::find);
    let rest = protocols.any(|protocol| protocol.info().has_bindings);
    host_letters(source, &metadata.at.key("endpointPrefix"), &metadata.endpoint_prefix);
    for operation in model.operations.values() {
        let input = operation.input.as_ref();
        let structure = input.and_then(|input| structure(model, &input.shape));
        if rest {
            uri(source, operation, structure);
        }
        host(source, operation, structure);
        checksum(source, operation, structure);
    }
}

/// The members that `httpChecksum` names must be header fields.
fn checksum(source: &mut Source, operation: &Operation, input: Option<&Structure>) {
    let Some(checksum) = &operation.checksum else { return };
    for (key, member) in [
        ("requestAlgorithmMember", &checksum.request_algorithm_member),
        ("requestValidationModeMember", &checksum.request_validation_mode_member),
    ] {
        let Some(name) = member else { continue };
        let found = members(input).find(|(member, _)| member == name);
        let is_header = found.is_some_and(|(_, member)| member.traits.location.as_deref() == Some("header"));
        if !is_header {
            let message = format!("the input has no member `{name}` that is bound to a header field");
            source.report(&checksum.at.key(key), message, "name a member with `location` `header`");
        }
    }
}

fn uri(source: &mut Source, operation: &Operation, input: Option<&Structure>) {
    let at = operation.at.key("http").key("requestUri");
    let uri = &operation.request_uri;
    if !uri.starts_with('/') {
        source.report(&at, format!("the URI `{uri}` does not begin with `/`"), format!("write `/{uri}`"));
    }
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    if query.contains(['{', '}']) {
        let help = "bind the member with `location` `querystring` instead";
        source.report(&at, format!("a label is in the query of the URI `{uri}`"), help);
    }
    let Some(labels) = labels(source, &at, path) else { return };
    let bound: Vec<(&str, &Reference)> = members(input)
        .filter(|(_, member)| member.traits.location.as_deref() == Some("uri"))
        .map(|(name, member)| (member.traits.location_name.as_deref().unwrap_or(name), member))
        .collect();
    let names = || bound.iter().map(|(name, _)| *name);
    for label in &labels {
        if !names().any(|name| name == *label) {
            let otherwise =
                format!("add a member `{label}` with `location` `uri` to the input, or remove the label");
            let help = source.did_you_mean(label, names().filter(|name| !labels.contains(name)), otherwise);
            source.report(&at, format!("no member of the input is bound to the label `{{{label}}}`"), help);
        }
    }
    for (name, member) in &bound {
        if !labels.contains(name) {
            let otherwise = format!("put `{{{name}}}` into the URI, or give the member another `location`");
            let help = source.did_you_mean(
                name,
                labels.iter().copied().filter(|label| !names().any(|n| n == *label)),
                otherwise,
            );
            let message = format!("the URI `{uri}` has no label `{{{name}}}` for this member");
            source.report(&member.at, message, help);
        }
    }
}

/// Reports characters that would end a host name, and so send the request elsewhere.
fn host_letters(source: &mut Source, at: &Pointer, text: &str) {
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')) {
        let shown = text.escape_debug();
        source.report(
            at,
            format!("`{shown}` cannot be part of the name of a host"),
            "such a name consists of letters, digits, `-` and `.`",
        );
    }
}

/// A host label is only a second place of its member, which is bound elsewhere too.
fn host(source: &mut Source, operation: &Operation, input: Option<&Structure>) {
    let Some(prefix) = &operation.host_prefix else { return };
    let at = operation.at.key("endpoint").key("hostPrefix");
    let Some(labels) = labels(source, &at, prefix) else { return };
    let rest =
        labels.iter().fold(prefix.clone(), |rest, label| rest.replacen(&format!("{{{label}}}"), "", 1));
    host_letters(source, &at, &rest);
    for label in labels {
        let bound = members(input).any(|(name, member)| name == label && member.traits.host_label);
        if !bound {
            let names = members(input).map(|(name, _)| name).filter(|name| *name != label);
            let otherwise =
                format!("set `hostLabel` on the member `{label}` of the input, or remove the label");
            let help = source.did_you_mean(label, names, otherwise);
            source.report(&at, format!("no member of the input with `hostLabel` is named `{label}`"), help);
        }
    }
}

fn members(input: Option<&Structure>) -> impl Iterator<Item = (&str, &Reference)> {
    input.into_iter().flat_map(|input| input.members.iter()).map(|(name, member)| (name.as_str(), member))
}

/// The labels of a template, without the `+` of those that keep their slashes. Wrong braces are reported.
fn labels<'t>(source: &mut Source, at: &Pointer, template: &'t str) -> Option<Vec<&'t str>> {
    let mut labels = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find(['{', '}']) {
        let label =
            rest.get(start..).and_then(|rest| rest.strip_prefix('{')).and_then(|rest| rest.split_once('}'));
        let Some((label, after)) = label.filter(|(label, _)| !label.contains('{')) else {
            source.report(
                at,
                format!("the braces of `{template}` do not match"),
                "a label is written `{name}`, or `{name+}`",
            );
            return None;
        };
        let name = label.strip_suffix('+').unwrap_or(label);
        if name.is_empty() || labels.contains(&name) {
            let message = if name.is_empty() {
                "a label has no name".to_owned()
            } else {
                format!("the label `{{{name}}}` is a duplicate")
            };
            source.report(at, message, "write each label once, with the name of its member");
            return None;
        }
        labels.push(name);
        rest = after;
    }
    Some(labels)
}
