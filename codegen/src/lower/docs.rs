//! Writes documentation: the override's Markdown, or else the model's prose, or else the name.

use crate::{
    ir::Docs,
    markdown::{self, escape},
    model::{Deprecated, Operation, Reference, Shape},
    overrides::{MemberOverride, OperationOverride, Overrides, ShapeOverride, ValueOverride},
};

pub(crate) fn of_service(html: Option<&str>, over: &Overrides) -> Docs {
    let docs = choose(over.documentation.as_deref(), html).unwrap_or_default();
    with_reason(docs, over.reason.as_deref())
}

pub(crate) fn of_operation(name: &str, operation: &Operation, over: Option<&OperationOverride>) -> Docs {
    let markdown = over.and_then(|over| over.documentation.as_deref());
    let docs = choose(markdown, operation.documentation.as_deref()).unwrap_or_else(|| named(name));
    with_reason(docs, over.and_then(|over| over.reason.as_deref()))
}

pub(crate) fn of_request(operation: &Operation, docs: Docs) -> Docs {
    if docs.is_empty() || docs == named_shape(operation.input.as_ref()) {
        return Docs::line(format!("The request of [`{}`](self).", operation.name));
    }
    docs
}

pub(crate) fn of_response(operation: &Operation, docs: Docs) -> Docs {
    if docs.is_empty() || docs == named_shape(operation.output.as_ref()) {
        return of_shared_response(operation);
    }
    docs
}

/// The documentation of a response that has none in the model, and of the alias of a shared structure.
pub(super) fn of_shared_response(operation: &Operation) -> Docs {
    Docs::line(format!("The response of [`{}`](self).", operation.name))
}

pub(crate) fn of_shape(name: &str, shape: &Shape, over: Option<&ShapeOverride>) -> Docs {
    let markdown = over.and_then(|over| over.documentation.as_deref());
    let docs = choose(markdown, shape.traits.documentation.as_deref()).unwrap_or_else(|| named(name));
    with_reason(docs, over.and_then(|over| over.reason.as_deref()))
}

pub(crate) fn of_member(
    name: &str,
    reference: &Reference,
    shape: Option<&Shape>,
    over: Option<&MemberOverride>,
) -> Docs {
    let markdown = over.and_then(|over| over.documentation.as_deref());
    let shape_html = || shape.and_then(|shape| shape.traits.documentation.as_deref());
    let docs = choose(markdown, reference.traits.documentation.as_deref().or_else(shape_html));
    with_reason(docs.unwrap_or_else(|| named(name)), over.and_then(|over| over.reason.as_deref()))
}

pub(crate) fn of_value(value: &str, over: Option<&ValueOverride>) -> Docs {
    let markdown = over.and_then(|over| over.documentation.as_deref());
    choose(markdown, None).unwrap_or_else(|| named(value))
}

/// The note of `#[deprecated]`, with the model's message and date.
pub(crate) fn deprecation(deprecated: Option<&Deprecated>) -> Option<String> {
    let deprecated = deprecated?;
    let message = deprecated.message.as_deref().unwrap_or("the service's model marks this as deprecated");
    let since = deprecated.since.as_ref().map(|since| format!(" (since {since})")).unwrap_or_default();
    Some(format!("{message}{since}"))
}

fn choose(markdown: Option<&str>, html: Option<&str>) -> Option<Docs> {
    let docs = match (markdown, html) {
        (Some(markdown), _) => Docs { lines: markdown::lines(markdown) },
        (None, Some(html)) => Docs { lines: markdown::from_html(html) },
        (None, None) => return None,
    };
    (!docs.is_empty()).then_some(docs)
}

/// Adds the reason of an override as the last paragraph.
fn with_reason(mut docs: Docs, reason: Option<&str>) -> Docs {
    if let Some(reason) = reason {
        let gap = (!docs.is_empty()).then(String::new);
        docs.lines.extend(gap.into_iter().chain(markdown::lines(reason)));
    }
    docs
}

fn named_shape(reference: Option<&Reference>) -> Docs {
    reference.map(|reference| named(&reference.shape)).unwrap_or_default()
}

/// Whether the documentation is only the name in the model.
pub(crate) fn is_name(docs: &Docs, name: &str) -> bool {
    *docs == named(name)
}

/// The model's name as code.
fn named(name: &str) -> Docs {
    Docs::line(format!("{}.", escape::code_span(&escape::strip_control_chars(name))))
}
