//! What of a description is on the wire, taken apart into facets that are compared one by one.

use super::policy::Kind;
use crate::ir::{Argument, Call, Description, Target};
use std::collections::BTreeMap;

/// One facet that differs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) kind: Kind,
    pub(super) from: String,
    pub(super) to: String,
}

/// What a facet is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Facet {
    Binding,
    Name,
    Format,
    Trait(&'static str),
    /// The kind of value, where the Rust type does not tell it.
    Target,
    /// The member's name for those who name it themselves, apart from the wire.
    Model,
}

/// Facets by the part of the value that they are about: nothing for the value itself, `element`, `key`, `value`.
type Facets = BTreeMap<(String, Facet), String>;

/// Compares what two descriptions of one member say to the wire. `retyped` leaves aside what the type tells already.
pub(super) fn differences(old: &Description, new: &Description, retyped: bool) -> Vec<Difference> {
    let (mut old_facets, mut new_facets) = (Facets::new(), Facets::new());
    facets(&mut old_facets, "", old);
    facets(&mut new_facets, "", new);
    let mut keys: Vec<_> = old_facets.keys().chain(new_facets.keys()).cloned().collect();
    keys.sort_unstable();
    keys.dedup();
    let differing = |key: &(String, Facet)| old_facets.get(key) != new_facets.get(key);
    let moved = keys.iter().any(|key| matches!(key.1, Facet::Binding | Facet::Name) && differing(key));
    let both = |key: &(String, Facet)| old_facets.contains_key(key) && new_facets.contains_key(key);
    let told = |key: &(String, Facet)| match (&key.0, key.1) {
        // Whether a member is required is told of the member; whether elements may be null, by the type.
        (_, Facet::Trait("required")) => false,
        // Where only one side has a name in the body, the binding says so.
        (_, Facet::Name) if !both(key) => false,
        (_, Facet::Model) => !moved,
        (_, Facet::Target | Facet::Format | Facet::Trait("sparse")) => !retyped,
        (part, _) => !retyped || part.is_empty(),
    };
    let difference = |key: &(String, Facet)| {
        let kind = match key.1 {
            Facet::Binding => Kind::BindingChanged,
            Facet::Name => Kind::WireNameChanged,
            Facet::Format => Kind::TimestampFormatChanged,
            Facet::Trait("sensitive") => Kind::RedactionChanged,
            Facet::Trait("idempotency_token") => Kind::TokenChanged,
            Facet::Trait(_) | Facet::Target | Facet::Model => Kind::TraitChanged,
        };
        let said = |facets: &Facets| say(key, facets.get(key).map(String::as_str));
        Difference { kind, from: said(&old_facets), to: said(&new_facets) }
    };
    keys.iter().filter(|key| differing(key) && told(key)).map(difference).collect()
}

/// What a description says to the wire, in words: `header x-amz-log-type`, `body Name, sensitive`.
pub(crate) fn words(description: &Description) -> String {
    let mut all = Facets::new();
    facets(&mut all, "", description);
    let plain = |part: &str, facet: Facet| all.get(&(part.to_owned(), facet)).map(String::as_str);
    let mut words = Vec::new();
    for (key @ (part, facet), value) in &all {
        match facet {
            Facet::Binding if part.is_empty() => {
                let name = plain("", Facet::Name).unwrap_or_default();
                words.push(format!("{value} {name}").trim().to_owned());
            }
            Facet::Format if value != "timestamp" => words.push(say(key, Some(value))),
            // What is required is told by its type.
            Facet::Trait(name) if *name != "required" => words.push(say(key, Some(value))),
            Facet::Name if !part.is_empty() && !value.is_empty() => {
                words.push(format!("{part} {value}"));
            }
            _ => {}
        }
    }
    words.join(", ")
}

/// One side of a facet in words.
fn say((part, facet): &(String, Facet), value: Option<&str>) -> String {
    let part = if part.is_empty() { String::new() } else { format!("{part}: ") };
    let plain = |name: &str| name.replace('_', " ");
    let said = match (facet, value) {
        (Facet::Trait(name), Some(value)) => format!("{} {value}", plain(name)).trim().to_owned(),
        (Facet::Trait(name), None) => format!("not {}", plain(name)),
        (Facet::Name, Some("")) => "no name of its own".to_owned(),
        (_, Some(value)) => value.to_owned(),
        (_, None) => "nothing".to_owned(),
    };
    format!("{part}{said}")
}

fn facets(into: &mut Facets, part: &str, description: &Description) {
    let mut put = |facet, value: String| drop(into.insert((part.to_owned(), facet), value));
    let mut name = description.name.clone();
    let mut binding = None;
    for Call { method, arguments } in &description.traits {
        match *method {
            "named" => name = texts(arguments),
            "label" | "query" | "header" | "headers" | "status_code" | "payload" => {
                binding =
                    Some(format!("{} {}", method.replace('_', " "), texts(arguments)).trim().to_owned());
            }
            other => put(Facet::Trait(other), texts(arguments)),
        }
    }
    // What is bound to a place of the message has its name there.
    let in_body = binding.as_deref().is_none_or(|binding| binding == "payload");
    put(Facet::Binding, binding.unwrap_or_else(|| "body".to_owned()));
    if in_body {
        put(Facet::Name, name);
    }
    put(Facet::Model, description.name.clone());
    let target = match &description.target {
        Target::Simple(simple @ ("date_time" | "http_date" | "epoch_seconds" | "timestamp")) => {
            put(Facet::Format, simple.replace('_', " "));
            "timestamp"
        }
        Target::Simple(simple) => simple,
        Target::Structure(_) => "structure",
        Target::Events(_) => "events",
        Target::List(_) => "list",
        Target::Map(..) => "map",
    };
    put(Facet::Target, target.to_owned());
    let within = |step: &str| if part.is_empty() { step.to_owned() } else { format!("{part}'s {step}") };
    match &description.target {
        Target::List(element) => facets(into, &within("element"), element),
        Target::Map(key, value) => {
            facets(into, &within("key"), key);
            facets(into, &within("value"), value);
        }
        _ => {}
    }
}

/// The differences between two lists of calls, each in words: method, what it was, what it is.
pub(super) fn calls(old: &[Call], new: &[Call]) -> Vec<(&'static str, String, String)> {
    let by_method = |calls: &[Call]| -> BTreeMap<&'static str, String> {
        let mut all: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for call in calls {
            all.entry(call.method).or_default().push(texts(&call.arguments));
        }
        all.into_iter().map(|(method, texts)| (method, texts.join(", "))).collect()
    };
    let (old, new) = (by_method(old), by_method(new));
    let mut methods: Vec<&'static str> = old.keys().chain(new.keys()).copied().collect();
    methods.sort_unstable();
    methods.dedup();
    let said = |method: &str, value: Option<&String>| match value {
        Some(value) => speak(method, value),
        None if method == "auth" => "the usual authentication".to_owned(),
        None if method == "without_input" => "with input".to_owned(),
        None => format!("no {}", method.replace('_', " ")),
    };
    let differing = methods.into_iter().filter(|method| old.get(method) != new.get(method));
    differing.map(|method| (method, said(method, old.get(method)), said(method, new.get(method)))).collect()
}

/// What a list of calls says, in words: method and text.
pub(crate) fn spoken(calls: &[Call]) -> Vec<(&'static str, String)> {
    calls.iter().map(|call| (call.method, speak(call.method, &texts(&call.arguments)))).collect()
}

fn speak(method: &str, arguments: &str) -> String {
    match (method, arguments) {
        ("auth", "None") => "no authentication".to_owned(),
        ("auth", "Bearer") => "a bearer token".to_owned(),
        _ => format!("{} {arguments}", method.replace('_', " ")).trim().to_owned(),
    }
}

fn texts(arguments: &[Argument]) -> String {
    let text = |argument: &Argument| match argument {
        Argument::Text(text) => text.clone(),
        Argument::Number(number) => number.to_string(),
        Argument::Auth(auth) => (*auth).to_owned(),
    };
    arguments.iter().map(text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description(target: Target, traits: Vec<Call>) -> Description {
        Description { name: "Sent".to_owned(), target, traits }
    }

    #[test]
    fn facets_are_told_one_by_one() {
        let time = |format, traits| description(Target::Simple(format), traits);
        let old = time("timestamp", vec![Call::text("header", "x-sent")]);
        let new = time("date_time", vec![Call::text("query", "sent"), Call::flag("sensitive")]);
        let told: Vec<_> = differences(&old, &new, false)
            .into_iter()
            .map(|Difference { kind, from, to }| format!("{kind:?} {from} > {to}"))
            .collect();
        assert_eq!(
            told,
            [
                "BindingChanged header x-sent > query sent",
                "TimestampFormatChanged timestamp > date time",
                "RedactionChanged not sensitive > sensitive",
            ]
        );
        assert_eq!(differences(&old, &old, false), []);
    }

    #[test]
    fn elements_have_facets_too() {
        let list = |name| {
            let element = Description {
                name: String::new(),
                target: Target::Simple("string"),
                traits: vec![Call::text("named", name)],
            };
            description(Target::List(Box::new(element)), Vec::new())
        };
        let differences = differences(&list("item"), &list("member"), false);
        assert_eq!(
            differences,
            [Difference {
                kind: Kind::WireNameChanged,
                from: "element: item".into(),
                to: "element: member".into()
            }]
        );
    }
}
