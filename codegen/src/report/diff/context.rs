//! What operations tell the endpoint rules, in words.

use crate::ir::{ContextParam, ContextSource, ContextStep};

/// What of one list is not in another: `StreamId is StreamId, Legacy is true`; `None` where there is no such thing.
pub(crate) fn beyond(list: &[ContextParam], other: &[ContextParam]) -> Option<String> {
    let own: Vec<String> = list.iter().filter(|param| !other.contains(param)).map(words).collect();
    (!own.is_empty()).then(|| own.join(", "))
}

/// Text is in quotes, so that it is told from a member.
fn words(param: &ContextParam) -> String {
    let source = match &param.source {
        ContextSource::Text(text) => format!("{text:?}"),
        ContextSource::Flag(flag) => flag.to_string(),
        ContextSource::Texts(texts) => format!("{texts:?}"),
        ContextSource::Path(steps) => path(steps),
    };
    format!("{} is {source}", param.name)
}

/// As the model writes it.
fn path(steps: &[ContextStep]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            ContextStep::Member(name) if text.is_empty() => text.push_str(name),
            ContextStep::Member(name) => text.push_str(&format!(".{name}")),
            ContextStep::Each => text.push_str("[*]"),
            ContextStep::Keys => text = format!("keys({text})"),
            ContextStep::Any(paths) => {
                let paths: Vec<String> = paths.iter().map(|steps| path(steps)).collect();
                let dot = if text.is_empty() { "" } else { "." };
                text.push_str(&format!("{dot}[{}][]", paths.join(", ")));
            }
        }
    }
    text
}
