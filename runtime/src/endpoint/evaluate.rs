//! The one evaluator of all rule sets.

use super::{EndpointError, ResolvedEndpoint, template};
use crate::operation::rules::{Entries, Expr, Headers, Parameter, Rule, RuleSet, Slot, Value};

/// How deep rules and expressions may be nested. The reader of rule sets allows half of it.
const DEPTH: usize = 128;
/// How many rules and expressions one resolution may look at. S3's rules, the longest of all, have a few thousand.
const STEPS: usize = 100_000;

impl RuleSet {
    /// The endpoint that these parameters lead to, by name; what the rule set does not know is passed over.
    ///
    /// Fails with the message of the rule that says that there is none, or where the rule set is not sound.
    pub fn resolve<'a>(
        &self,
        parameters: impl IntoIterator<Item = (&'a str, Value<'a>)>,
    ) -> Result<ResolvedEndpoint, EndpointError> {
        let mut values = vec![Value::None; self.parameters.len()];
        for (name, value) in parameters {
            let place = self.parameters.iter().position(|parameter| parameter.name == name);
            if let Some(slot) = place.and_then(|place| values.get_mut(place)) {
                *slot = value;
            }
        }
        self.resolve_values(&values)
    }

    /// The same for a value of each parameter, in the order of the rule set's.
    pub(super) fn resolve_values(&self, values: &[Value<'_>]) -> Result<ResolvedEndpoint, EndpointError> {
        let mut evaluation = Evaluation { rules: self, slots: Vec::new(), steps: 0 };
        evaluation.slots.reserve(self.parameters.len() + self.variables.len());
        for (index, parameter) in self.parameters.iter().enumerate() {
            let given = values.get(index).cloned().unwrap_or_default();
            let value = evaluation.parameter(parameter, given)?;
            evaluation.slots.push(value);
        }
        evaluation.slots.resize(self.parameters.len() + self.variables.len(), Value::None);
        evaluation.rules(self.rules, 0)?.ok_or_else(|| {
            EndpointError::malformed("no rule applies, and none of them says why there is no endpoint")
        })
    }
}

/// One resolution under way.
struct Evaluation<'r, 'a> {
    rules: &'r RuleSet,
    slots: Vec<Value<'a>>,
    steps: usize,
}

impl<'a> Evaluation<'_, 'a> {
    /// The value of a parameter: the given one or the default, which must be of its kind.
    fn parameter(&mut self, parameter: &Parameter, given: Value<'a>) -> Result<Value<'a>, EndpointError> {
        let value = match (given, &parameter.default) {
            (Value::None, Some(default)) => self.value(default, 0)?,
            (given, _) => given,
        };
        let Parameter { name, kind, required, .. } = parameter;
        match value {
            Value::None if *required => {
                Err(EndpointError::Parameter(format!("the endpoint parameter {name} must be set")))
            }
            Value::None => Ok(value),
            _ if kind.fits(&value) => Ok(value),
            _ => {
                let expected = kind.described();
                let problem = format!("the endpoint parameter {name} must be {expected}, but is {value}");
                Err(EndpointError::Parameter(problem))
            }
        }
    }

    /// What the first rule that applies says; `None` where none does.
    fn rules(&mut self, rules: &[Rule], depth: usize) -> Result<Option<ResolvedEndpoint>, EndpointError> {
        self.step(depth)?;
        for rule in rules {
            let (Rule::Tree(conditions, ..)
            | Rule::Error(conditions, ..)
            | Rule::Url(conditions, ..)
            | Rule::Endpoint(conditions, ..)) = rule;
            if !self.hold(conditions, depth)? {
                continue;
            }
            return match rule {
                Rule::Tree(_, rules) => match self.rules(rules, depth + 1)? {
                    Some(endpoint) => Ok(Some(endpoint)),
                    None => Err(EndpointError::malformed(
                        "no rule of a tree applies, and none of them says why there is no endpoint",
                    )),
                },
                Rule::Error(_, message) => {
                    Err(EndpointError::Rule(self.text(message, "the message of an error", depth)?))
                }
                Rule::Url(_, url) => self.endpoint(url, &[], &[], depth).map(Some),
                Rule::Endpoint(_, url, properties, headers) => {
                    self.endpoint(url, properties, headers, depth).map(Some)
                }
            };
        }
        Ok(None)
    }

    fn hold(&mut self, conditions: &[Expr], depth: usize) -> Result<bool, EndpointError> {
        for condition in conditions {
            if !self.value(condition, depth)?.holds() {
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
    ) -> Result<ResolvedEndpoint, EndpointError> {
        let url = self.text(url, "the address of an endpoint", depth)?;
        let mut endpoint = ResolvedEndpoint { url, properties: Vec::new(), headers: Vec::new() };
        for (name, property) in properties {
            endpoint.properties.push((name, self.value(property, depth + 1)?.into_owned()));
        }
        for (name, values) in headers {
            let values = values.iter().map(|value| self.text(value, "a header field", depth));
            endpoint.headers.push(((*name).to_owned(), values.collect::<Result<_, _>>()?));
        }
        Ok(endpoint)
    }

    fn text(&mut self, expr: &Expr, what: &str, depth: usize) -> Result<String, EndpointError> {
        match self.value(expr, depth)? {
            Value::Text(text) => Ok(text.into_owned()),
            other => Err(EndpointError::malformed(format!("{what} must be text, but is {}", other.kind()))),
        }
    }

    fn value(&mut self, expr: &Expr, depth: usize) -> Result<Value<'a>, EndpointError> {
        self.step(depth)?;
        Ok(match *expr {
            Expr::Text(text) => text.into(),
            Expr::Template(template) => template::fill(template, |name, path| self.named(name, path))?.into(),
            Expr::Bool(value) => value.into(),
            Expr::Number(number) => Value::Number(number),
            Expr::Var(slot) => self.slot(slot)?.clone(),
            Expr::Let(slot, expr) => {
                let value = self.value(expr, depth + 1)?;
                self.slot(slot)?.clone_from(&value);
                value
            }
            Expr::Get(whole, path) => match whole {
                Expr::Var(slot) => self.slot(*slot)?.part(path).cloned().unwrap_or_default(),
                whole => self.value(whole, depth + 1)?.part(path).cloned().unwrap_or_default(),
            },
            Expr::Call(function, arguments) => function(&self.values(arguments, depth)?),
            Expr::List(items) => Value::List(self.values(items, depth)?),
            Expr::Object(entries) => {
                let entries = entries.iter().map(|(name, value)| Ok((*name, self.value(value, depth + 1)?)));
                Value::Object(entries.collect::<Result<_, EndpointError>>()?)
            }
        })
    }

    fn values(&mut self, exprs: &[Expr], depth: usize) -> Result<Vec<Value<'a>>, EndpointError> {
        exprs.iter().map(|expr| self.value(expr, depth + 1)).collect()
    }

    fn slot(&mut self, slot: Slot) -> Result<&mut Value<'a>, EndpointError> {
        let there = self.slots.len();
        self.slots.get_mut(usize::from(slot)).ok_or_else(|| {
            EndpointError::malformed(format!("a rule refers to variable {slot}, but there are {there}"))
        })
    }

    /// The text of a variable, or of a part of it, by name.
    fn named(&self, name: &str, path: Option<&str>) -> Result<&str, EndpointError> {
        let value = self.rules.slot(name).and_then(|slot| self.slots.get(slot));
        let value = value.and_then(|value| path.map_or(Some(value), |path| value.part(path)));
        value.and_then(Value::text).ok_or_else(|| {
            let part = path.map(|path| format!("#{path}")).unwrap_or_default();
            EndpointError::malformed(format!("`{{{name}{part}}}` has no text to be filled in"))
        })
    }

    /// Counts one thing that is looked at. Rule sets are data: none may keep a client busy, or use up the stack.
    fn step(&mut self, depth: usize) -> Result<(), EndpointError> {
        self.steps += 1;
        if depth > DEPTH || self.steps > STEPS {
            return Err(EndpointError::malformed("the rules are nested too deep or are too many"));
        }
        Ok(())
    }
}
