//! The words of the endpoint rule language that more than one part of the generator must know.

use crate::ir::RuleFunction;

/// A function of the rule language.
#[derive(Debug)]
pub struct Function {
    /// Its name in rule sets.
    pub name: &'static str,
    /// The function of the IR; `None` for `getAttr`, which is an expression of its own there.
    pub lowered: Option<RuleFunction>,
    /// How many arguments it has.
    pub arguments: std::ops::RangeInclusive<usize>,
    /// It gives `true` or `false`, or nothing.
    pub boolean: bool,
}

const fn function(
    name: &'static str,
    lowered: Option<RuleFunction>,
    arguments: usize,
    boolean: bool,
) -> Function {
    Function { name, lowered, arguments: arguments..=arguments, boolean }
}

/// All functions but `getAttr`, which the tables have a word of their own for.
pub static FUNCTIONS: [Function; 15] = [
    function("isSet", Some(RuleFunction::IsSet), 1, true),
    function("not", Some(RuleFunction::Not), 1, true),
    function("booleanEquals", Some(RuleFunction::Equals), 2, true),
    function("stringEquals", Some(RuleFunction::Equals), 2, true),
    function("aws.partition", Some(RuleFunction::Partition), 1, false),
    function("aws.parseArn", Some(RuleFunction::ParseArn), 1, false),
    function("aws.isVirtualHostableS3Bucket", Some(RuleFunction::IsVirtualHostableBucket), 2, true),
    function("parseURL", Some(RuleFunction::ParseUrl), 1, false),
    function("isValidHostLabel", Some(RuleFunction::IsValidHostLabel), 2, true),
    function("substring", Some(RuleFunction::Substring), 4, false),
    function("uriEncode", Some(RuleFunction::UriEncode), 1, false),
    function("split", Some(RuleFunction::Split), 3, false),
    Function {
        name: "coalesce",
        lowered: Some(RuleFunction::Coalesce),
        arguments: 2..=usize::MAX,
        boolean: false,
    },
    function("ite", Some(RuleFunction::Ite), 3, false),
    function("getAttr", None, 2, false),
];

/// The function of this name.
pub fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The attributes of objects that are `true` or `false`.
pub const FLAGS: [&str; 3] = ["supportsFIPS", "supportsDualStack", "isIp"];

/// A place of a template to be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'t> {
    /// The parameter or variable.
    pub name: &'t str,
    /// The part of it.
    pub part: Option<&'t str>,
}

/// The places of a template; `None` where its braces do not pair. Doubled braces are braces.
pub fn places(template: &str) -> Option<Vec<Place<'_>>> {
    let mut places = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find(['{', '}']) {
        let from = rest.get(start..)?;
        if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
            rest = after;
            continue;
        }
        let (place, after) = from.strip_prefix('{')?.split_once('}')?;
        if place.contains('{') {
            return None;
        }
        let (name, part) = place.split_once('#').map_or((place, None), |(name, part)| (name, Some(part)));
        places.push(Place { name, part });
        rest = after;
    }
    Some(places)
}

/// Whether a text has braces, and so is more than it seems.
pub fn is_template(text: &str) -> bool {
    text.contains(['{', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_templates() {
        let place = |name, part| Place { name, part };
        assert_eq!(places("https://x"), Some(vec![]));
        assert_eq!(places("{A}.{B#c[0]}/{{x}}"), Some(vec![place("A", None), place("B", Some("c[0]"))]));
        for broken in ["{A", "A}", "{A{B}}", "{", "}"] {
            assert_eq!(places(broken), None, "{broken}");
        }
    }
}
