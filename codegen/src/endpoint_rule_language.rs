//! The endpoint rule language: its functions, boolean attributes and templates.

use crate::ir::RuleFunction;

/// A function of the rule language.
#[derive(Debug)]
pub(crate) struct Function {
    /// Its name in rule sets.
    pub(crate) name: &'static str,
    /// The function of the IR; `None` for `getAttr`, which is an expression of its own there.
    pub lowered: Option<RuleFunction>,
    /// How many arguments it has.
    pub(crate) arguments: std::ops::RangeInclusive<usize>,
    /// Whether it returns a boolean, or nothing.
    pub(crate) boolean: bool,
}

const fn function(
    name: &'static str,
    lowered: Option<RuleFunction>,
    arguments: usize,
    boolean: bool,
) -> Function {
    Function { name, lowered, arguments: arguments..=arguments, boolean }
}

/// All functions. `getAttr` has no function in the runtime: the tables have a dedicated entry for it.
pub(crate) static FUNCTIONS: [Function; 15] = [
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
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The attributes of objects that are booleans.
pub(crate) const BOOLEAN_ATTRIBUTES: [&str; 3] = ["supportsFIPS", "supportsDualStack", "isIp"];

/// A placeholder of a template: `{Name}` or `{Name#part}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placeholder<'t> {
    /// The parameter or variable.
    pub(crate) name: &'t str,
    /// The part of it.
    pub(crate) part: Option<&'t str>,
}

/// The placeholders of a template. `None` if its braces do not match. Double braces are escaped braces.
pub(crate) fn placeholders(template: &str) -> Option<Vec<Placeholder<'_>>> {
    let mut placeholders = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find(['{', '}']) {
        let from = rest.get(start..)?;
        if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
            rest = after;
            continue;
        }
        let (placeholder, after) = from.strip_prefix('{')?.split_once('}')?;
        if placeholder.contains('{') {
            return None;
        }
        let (name, part) =
            placeholder.split_once('#').map_or((placeholder, None), |(name, part)| (name, Some(part)));
        placeholders.push(Placeholder { name, part });
        rest = after;
    }
    Some(placeholders)
}

/// Whether a text has placeholders or escaped braces.
pub(crate) fn is_template(text: &str) -> bool {
    text.contains(['{', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_templates() {
        let placeholder = |name, part| Placeholder { name, part };
        assert_eq!(placeholders("https://x"), Some(vec![]));
        assert_eq!(
            placeholders("{A}.{B#c[0]}/{{x}}"),
            Some(vec![placeholder("A", None), placeholder("B", Some("c[0]"))])
        );
        for broken in ["{A", "A}", "{A{B}}", "{", "}"] {
            assert_eq!(placeholders(broken), None, "{broken}");
        }
    }
}
