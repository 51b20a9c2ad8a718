//! The evaluator of rule sets.

use super::{
    Endpoint, EndpointError, EndpointValue,
    rule_set::{Entries, Expr, Headers, Parameter, Rule, RuleSet, Slot},
};

/// The maximum nesting of rules and expressions. The reader of rule sets allows half of it.
const MAX_DEPTH: usize = 128;
/// The maximum number of rules and expressions that one resolution evaluates. S3's rules, the longest, have a few thousand.
const MAX_STEPS: usize = 100_000;

impl RuleSet {
    /// Resolves the endpoint for parameters by name. Parameters that the rule set does not declare are ignored.
    ///
    /// Fails with the message of the error rule that applies, or if the rule set is invalid.
    pub fn resolve<'a>(
        &self,
        parameters: impl IntoIterator<Item = (&'a str, EndpointValue<'a>)>,
    ) -> Result<Endpoint, EndpointError> {
        let mut values = vec![EndpointValue::None; self.parameters.len()];
        for (name, value) in parameters {
            let index = self.parameters.iter().position(|parameter| parameter.name == name);
            if let Some(slot) = index.and_then(|index| values.get_mut(index)) {
                *slot = value;
            }
        }
        self.resolve_values(&values)
    }

    /// Resolves the endpoint for one value per parameter, in the rule set's order.
    pub(crate) fn resolve_values(&self, values: &[EndpointValue<'_>]) -> Result<Endpoint, EndpointError> {
        let mut evaluation = Evaluation { rules: self, slots: Vec::new(), steps: 0 };
        evaluation.slots.reserve(self.parameters.len() + self.variables.len());
        for (index, parameter) in self.parameters.iter().enumerate() {
            let value = values.get(index).cloned().unwrap_or_default();
            let value = evaluation.parameter(parameter, value)?;
            evaluation.slots.push(value);
        }
        evaluation.slots.resize(self.parameters.len() + self.variables.len(), EndpointValue::None);
        evaluation
            .rules(self.rules, 0)?
            .ok_or_else(|| EndpointError::malformed("no rule applies, and no error rule says why"))
    }
}

/// The state of one resolution.
struct Evaluation<'r, 'a> {
    rules: &'r RuleSet,
    slots: Vec<EndpointValue<'a>>,
    steps: usize,
}

impl<'a> Evaluation<'_, 'a> {
    /// The value of a parameter, or else its default, checked against its type.
    fn parameter(
        &mut self,
        parameter: &Parameter,
        value: EndpointValue<'a>,
    ) -> Result<EndpointValue<'a>, EndpointError> {
        let value = match (value, &parameter.default) {
            (EndpointValue::None, Some(default)) => self.value(default, 0)?,
            (value, _) => value,
        };
        let Parameter { name, parameter_type, required, .. } = parameter;
        match value {
            EndpointValue::None if *required => {
                Err(EndpointError::Parameter(format!("the endpoint parameter {name} must be set")))
            }
            EndpointValue::None => Ok(value),
            _ if parameter_type.accepts(&value) => Ok(value),
            _ => {
                let expected = parameter_type.describe();
                let problem = format!("the endpoint parameter {name} must be {expected}, but it is {value}");
                Err(EndpointError::Parameter(problem))
            }
        }
    }

    /// The endpoint of the first rule that applies; `None` if no rule does.
    fn rules(&mut self, rules: &[Rule], depth: usize) -> Result<Option<Endpoint>, EndpointError> {
        self.step(depth)?;
        for rule in rules {
            let (Rule::Tree(conditions, ..)
            | Rule::Error(conditions, ..)
            | Rule::Url(conditions, ..)
            | Rule::Endpoint(conditions, ..)) = rule;
            if !self.all_hold(conditions, depth)? {
                continue;
            }
            return match rule {
                Rule::Tree(_, rules) => match self.rules(rules, depth + 1)? {
                    Some(endpoint) => Ok(Some(endpoint)),
                    None => {
                        Err(EndpointError::malformed("no rule of a tree applies, and no error rule says why"))
                    }
                },
                Rule::Error(_, message) => {
                    Err(EndpointError::Rule(self.text(message, "an error message", depth)?))
                }
                Rule::Url(_, url) => self.endpoint(url, &[], &[], depth).map(Some),
                Rule::Endpoint(_, url, properties, headers) => {
                    self.endpoint(url, properties, headers, depth).map(Some)
                }
            };
        }
        Ok(None)
    }

    fn all_hold(&mut self, conditions: &[Expr], depth: usize) -> Result<bool, EndpointError> {
        for condition in conditions {
            if !self.value(condition, depth)?.is_truthy() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn endpoint(
        &mut self,
        url: &Expr,
        properties: Entries,
        headers: Headers,
        depth: usize,
    ) -> Result<Endpoint, EndpointError> {
        let url = self.text(url, "the endpoint URL", depth)?;
        let mut endpoint = Endpoint::new(url);
        for (name, property) in properties {
            endpoint.properties.push((name, self.value(property, depth + 1)?.into_owned()));
        }
        for (name, values) in headers {
            let values = values.iter().map(|value| self.text(value, "a header value", depth));
            endpoint.headers.push(((*name).to_owned(), values.collect::<Result<_, _>>()?));
        }
        Ok(endpoint)
    }

    fn text(&mut self, expr: &Expr, what: &str, depth: usize) -> Result<String, EndpointError> {
        match self.value(expr, depth)? {
            EndpointValue::Text(text) => Ok(text.into_owned()),
            other => Err(EndpointError::malformed(format!(
                "{what} must be a string, but it is {}",
                other.type_name()
            ))),
        }
    }

    fn value(&mut self, expr: &Expr, depth: usize) -> Result<EndpointValue<'a>, EndpointError> {
        self.step(depth)?;
        Ok(match *expr {
            Expr::Text(text) => text.into(),
            Expr::Template(template) => {
                expand_template(template, |name, path| self.named(name, path))?.into()
            }
            Expr::Bool(value) => value.into(),
            Expr::Number(number) => EndpointValue::Number(number),
            Expr::Var(slot) => self.slot(slot)?.clone(),
            Expr::Let(slot, expr) => {
                let value = self.value(expr, depth + 1)?;
                self.slot(slot)?.clone_from(&value);
                value
            }
            Expr::Get(whole, path) => match whole {
                Expr::Var(slot) => self.slot(*slot)?.get_path(path).cloned().unwrap_or_default(),
                whole => self.value(whole, depth + 1)?.get_path(path).cloned().unwrap_or_default(),
            },
            Expr::Call(function, arguments) => function(&self.values(arguments, depth)?),
            Expr::List(items) => EndpointValue::List(self.values(items, depth)?),
            Expr::Object(entries) => {
                let entries = entries.iter().map(|(name, value)| Ok((*name, self.value(value, depth + 1)?)));
                EndpointValue::Object(entries.collect::<Result<_, EndpointError>>()?)
            }
        })
    }

    fn values(&mut self, exprs: &[Expr], depth: usize) -> Result<Vec<EndpointValue<'a>>, EndpointError> {
        exprs.iter().map(|expr| self.value(expr, depth + 1)).collect()
    }

    fn slot(&mut self, slot: Slot) -> Result<&mut EndpointValue<'a>, EndpointError> {
        let count = self.slots.len();
        self.slots.get_mut(usize::from(slot)).ok_or_else(|| {
            EndpointError::malformed(format!("a rule uses variable {slot}, but there are only {count}"))
        })
    }

    /// The string value of a variable by name, or of a part of it.
    fn named(&self, name: &str, path: Option<&str>) -> Result<&str, EndpointError> {
        let value = self.rules.slot(name).and_then(|slot| self.slots.get(slot));
        let value = value.and_then(|value| path.map_or(Some(value), |path| value.get_path(path)));
        value.and_then(EndpointValue::as_str).ok_or_else(|| {
            let part = path.map(|path| format!("#{path}")).unwrap_or_default();
            EndpointError::malformed(format!("the placeholder `{{{name}{part}}}` has no string value"))
        })
    }

    /// Counts one evaluated rule or expression. Rule sets are data: none may block a client or overflow its stack.
    fn step(&mut self, depth: usize) -> Result<(), EndpointError> {
        self.steps += 1;
        if depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return Err(EndpointError::malformed("the rules are nested too deeply or are too many"));
        }
        Ok(())
    }
}

/// Replaces the placeholders `{name}` and `{name#part}`; `{{` and `}}` are literal braces.
fn expand_template<'v>(
    template: &str,
    value: impl Fn(&str, Option<&str>) -> Result<&'v str, EndpointError>,
) -> Result<String, EndpointError> {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, brace, after)) = split_at_brace(rest) {
        text.push_str(before);
        if let Some(after) = after.strip_prefix(brace) {
            text.push(brace);
            rest = after;
            continue;
        }
        let placeholder = after.split_once('}').filter(|(name, _)| brace == '{' && !name.contains('{'));
        let (placeholder, after) = placeholder.ok_or_else(|| {
            EndpointError::malformed(format!("the template `{template}` has an unpaired brace"))
        })?;
        let (name, part) =
            placeholder.split_once('#').map_or((placeholder, None), |(name, part)| (name, Some(part)));
        text.push_str(value(name, part)?);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// Splits at the first brace: the text before it, the brace, the text after it.
fn split_at_brace(text: &str) -> Option<(&str, char, &str)> {
    let (index, brace) = text.char_indices().find(|(_, c)| matches!(c, '{' | '}'))?;
    Some((text.get(..index)?, brace, text.get(index + 1..)?))
}
