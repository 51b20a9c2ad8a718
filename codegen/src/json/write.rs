//! Writing JSON for people: two spaces a level, one member a line, the order kept.

use super::Json;
use std::fmt::Write as _;

/// The document as text, with a newline at its end.
pub fn pretty(json: &Json) -> String {
    let mut out = String::new();
    value(&mut out, json, 0);
    out.push('\n');
    out
}

// The depth of a tree that was read is bounded by the reader.
fn value(out: &mut String, json: &Json, depth: usize) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(number) => {
            // Writing to a string does not fail.
            let _ = write!(out, "{number}");
        }
        Json::String(text) => string(out, text),
        Json::Array(items) => {
            let each = items.iter().map(|item| (None, item));
            block(out, depth, ['[', ']'], each);
        }
        Json::Object(members) => {
            let each = members.iter().map(|(key, member)| (Some(key.as_str()), member));
            block(out, depth, ['{', '}'], each);
        }
    }
}

fn block<'a>(
    out: &mut String,
    depth: usize,
    [open, close]: [char; 2],
    entries: impl Iterator<Item = (Option<&'a str>, &'a Json)>,
) {
    out.push(open);
    let mut empty = true;
    for (key, entry) in entries {
        if !empty {
            out.push(',');
        }
        empty = false;
        line(out, depth + 1);
        if let Some(key) = key {
            string(out, key);
            out.push_str(": ");
        }
        value(out, entry, depth + 1);
    }
    if !empty {
        line(out, depth);
    }
    out.push(close);
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
