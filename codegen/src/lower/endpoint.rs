//! Lowers endpoint rules, and the values that operations give to their parameters.
//!
//! Simplifies conditions, and drops parameters that no rule reads, so that they do not become part of the cache key.

use super::Lowering;
use crate::{
    endpoint_rule_language,
    ir::{
        ContextParam, ContextSource, ContextStep, EndpointRules, Expr, ParameterKind, Properties,
        PropertiesOf, Rule, RuleFunction, RuleParameter, Variable,
    },
    jmespath::{self, Step},
    model::{Condition, Expression, ExpressionKind, Operation, Outcome, Rule as ModelRule, RuleSet},
    names,
};
use indexmap::IndexMap;
use std::collections::BTreeSet;

impl Lowering<'_> {
    /// The rules; `None` if the model has none.
    pub(super) fn endpoint_rules(&self) -> Option<EndpointRules> {
        let rules = self.model.endpoint_rules.as_ref()?;
        let is_client_param = |name: &str| self.model.client_context_params.contains_key(name);
        Some(lower(rules, is_client_param))
    }

    /// The values that an operation gives to the rules' parameters, in their order of precedence.
    pub(super) fn context(&self, operation: &Operation) -> Vec<ContextParam> {
        let used = self.model.endpoint_rules.as_ref().map(used).unwrap_or_default();
        let statics = operation.static_context_params.iter();
        let statics = statics.filter_map(|(name, value)| Some((name, static_source(value)?)));
        let members = operation.input.as_ref().and_then(|input| self.structure(&input.shape));
        let members = members.into_iter().flat_map(|structure| &structure.members);
        let members = members.filter_map(|(name, member)| {
            let path = vec![ContextStep::Member(name.clone())];
            Some((member.traits.context_param.as_ref()?, ContextSource::Path(path)))
        });
        // Invalid paths were reported when the model was read.
        let paths = operation.operation_context_params.iter();
        let paths = paths.filter_map(|(name, path)| {
            Some((name, ContextSource::Path(steps(&jmespath::parse(path).ok()?))))
        });
        let all = statics.chain(members).chain(paths).filter(|(name, _)| used.contains(name.as_str()));
        all.map(|(name, source)| ContextParam { name: name.clone(), source }).collect()
    }

    /// Whether the first label of the path is the bucket that the rules put into the endpoint.
    pub(super) fn bucket_in_endpoint(&self, operation: &Operation) -> bool {
        let label = operation.request_uri.strip_prefix("/{Bucket}");
        let whole = label.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        let from_member = |param: &ContextParam| match &param.source {
            ContextSource::Path(steps) => {
                param.name == "Bucket" && *steps == [ContextStep::Member("Bucket".to_owned())]
            }
            _ => false,
        };
        whole && self.context(operation).iter().any(from_member)
    }
}

fn steps(path: &[Step]) -> Vec<ContextStep> {
    let step = |step: &Step| match step {
        Step::Member(name) => ContextStep::Member(name.clone()),
        Step::Each => ContextStep::Each,
        Step::Keys => ContextStep::Keys,
        Step::Any(paths) => ContextStep::Any(paths.iter().map(|path| steps(path)).collect()),
    };
    path.iter().map(step).collect()
}

fn static_source(value: &serde_json::Value) -> Option<ContextSource> {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    match value {
        serde_json::Value::Bool(flag) => Some(ContextSource::Flag(*flag)),
        serde_json::Value::String(text) => Some(ContextSource::Text(text.clone())),
        serde_json::Value::Array(items) => {
            items.iter().map(text).collect::<Option<_>>().map(ContextSource::Texts)
        }
        _ => None,
    }
}

/// Lowers a rule set. `is_client_param` says which parameters a client can set.
pub fn lower(rules: &RuleSet, is_client_param: impl Fn(&str) -> bool) -> EndpointRules {
    let used = used(rules);
    let parameters: Vec<_> =
        rules.parameters.iter().filter(|(name, _)| used.contains(name.as_str())).collect();
    let assigned = assigned(rules);
    let names: Vec<&str> = parameters.iter().map(|(name, _)| name.as_str()).collect();
    let variables: Vec<&str> = assigned.into_iter().filter(|name| used.contains(name)).collect();
    let names = [names, variables.clone()].concat();
    let flags = parameters.iter().filter(|(_, parameter)| parameter.kind.eq_ignore_ascii_case("boolean"));
    let lowering = RuleLowering { flags: flags.map(|(name, _)| name.as_str()).collect(), names: &names };
    let constants = names::constants(names.iter().copied());
    let lowered = parameters.iter().zip(&constants).map(|((name, parameter), constant)| RuleParameter {
        variable: Variable { name: (*name).clone(), constant: constant.clone() },
        kind: match parameter.kind.to_ascii_lowercase().as_str() {
            "boolean" => ParameterKind::Boolean,
            "stringarray" => ParameterKind::Strings,
            _ => ParameterKind::String,
        },
        built_in: parameter.built_in.clone(),
        client: is_client_param(name),
        required: parameter.required,
        default: parameter.default.as_ref().map(|default| lowering.expression(default)),
    });
    let mut rules = lowering.rules(&rules.rules);
    let shared = share(&mut rules);
    let variable = |(name, constant): (&&str, &String)| Variable {
        name: (*name).to_owned(),
        constant: constant.clone(),
    };
    EndpointRules {
        parameters: lowered.collect(),
        variables: variables.iter().zip(constants.iter().skip(parameters.len())).map(variable).collect(),
        shared,
        rules,
    }
}

/// The names of parameters and variables; their order numbers them.
struct RuleLowering<'r> {
    names: &'r [&'r str],
    /// The boolean parameters.
    flags: BTreeSet<&'r str>,
}

impl RuleLowering<'_> {
    fn rules(&self, rules: &[ModelRule]) -> Vec<Rule> {
        rules.iter().map(|rule| self.rule(rule)).collect()
    }

    fn rule(&self, rule: &ModelRule) -> Rule {
        let conditions = rule.conditions.iter().map(|condition| self.condition(condition)).collect();
        match &rule.outcome {
            Outcome::Tree(rules) => Rule::Tree(conditions, self.rules(rules)),
            Outcome::Error(message) => Rule::Error(conditions, self.expression(message)),
            Outcome::Endpoint { url, properties, headers } => {
                let properties =
                    properties.iter().map(|(name, value)| (name.clone(), self.expression(value)));
                let values =
                    |values: &Vec<Expression>| values.iter().map(|value| self.expression(value)).collect();
                let headers = headers.iter().map(|(name, list)| (name.clone(), values(list)));
                Rule::Endpoint {
                    conditions,
                    url: self.expression(url),
                    properties: PropertiesOf::Own(properties.collect()),
                    headers: headers.collect(),
                }
            }
        }
    }

    fn condition(&self, condition: &Condition) -> Expr {
        match condition.assign.as_ref().and_then(|name| self.variable_index(name)) {
            Some(index) => Expr::Let(index, Box::new(self.expression(&condition.value))),
            None => self.test(&condition.value),
        }
    }

    /// A condition whose value is not used. A comparison of a flag with `true` becomes the flag.
    fn test(&self, value: &Expression) -> Expr {
        if let ExpressionKind::Call(name, arguments) = &value.kind
            && name == "booleanEquals"
            && let [one, other] = arguments.as_slice()
        {
            match (&one.kind, &other.kind) {
                (ExpressionKind::Bool(expected), _) if self.is_flag(other) => {
                    return self.flag(other, *expected);
                }
                (_, ExpressionKind::Bool(expected)) if self.is_flag(one) => return self.flag(one, *expected),
                _ => {}
            }
        }
        self.expression(value)
    }

    fn flag(&self, value: &Expression, expected: bool) -> Expr {
        if expected { self.test(value) } else { Expr::Call(RuleFunction::Not, vec![self.expression(value)]) }
    }

    fn is_flag(&self, value: &Expression) -> bool {
        match &value.kind {
            ExpressionKind::Reference(name) => self.flags.contains(name.as_str()),
            ExpressionKind::Call(name, arguments) if name == "getAttr" => {
                let path = arguments.get(1).map(|path| &path.kind);
                matches!(path, Some(ExpressionKind::Text(path)) if endpoint_rule_language::BOOLEAN_ATTRIBUTES.contains(&path.as_str()))
            }
            ExpressionKind::Call(name, _) => {
                endpoint_rule_language::find(name).is_some_and(|function| function.boolean)
            }
            _ => false,
        }
    }

    fn expression(&self, expression: &Expression) -> Expr {
        match &expression.kind {
            ExpressionKind::Bool(value) => Expr::Bool(*value),
            ExpressionKind::Number(number) => Expr::Number(*number),
            ExpressionKind::Text(text) => self.text(text),
            ExpressionKind::Reference(name) => self.variable(name),
            ExpressionKind::List(items) => Expr::List(self.expressions(items)),
            ExpressionKind::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.clone(), self.expression(value)));
                Expr::Object(members.collect())
            }
            ExpressionKind::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
                ("getAttr", [whole, Expression { kind: ExpressionKind::Text(path), .. }]) => {
                    Expr::Get(Box::new(self.expression(whole)), path.clone())
                }
                // Comparisons have the literal last, because models swap the sides from one release to the next.
                ("stringEquals" | "booleanEquals", [literal, value])
                    if is_literal(literal) && !is_literal(value) =>
                {
                    Expr::Call(RuleFunction::Equals, vec![self.expression(value), self.expression(literal)])
                }
                (name, arguments) => {
                    let function = endpoint_rule_language::find(name)
                        .and_then(|function| function.lowered)
                        .unwrap_or(RuleFunction::IsSet);
                    Expr::Call(function, self.expressions(arguments))
                }
            },
        }
    }

    fn expressions(&self, expressions: &[Expression]) -> Vec<Expr> {
        expressions.iter().map(|expression| self.expression(expression)).collect()
    }

    /// Text or a template; a template that is one placeholder becomes its value.
    fn text(&self, text: &str) -> Expr {
        if !endpoint_rule_language::is_template(text) {
            return Expr::Text(text.to_owned());
        }
        let only = match endpoint_rule_language::placeholders(text).as_deref() {
            Some([place]) => {
                let part = place.part.map_or(String::new(), |part| format!("#{part}"));
                (format!("{{{}{part}}}", place.name) == text).then_some(*place)
            }
            _ => None,
        };
        match only {
            Some(endpoint_rule_language::Placeholder { name, part: None }) => self.variable(name),
            Some(endpoint_rule_language::Placeholder { name, part: Some(part) }) => {
                Expr::Get(Box::new(self.variable(name)), part.to_owned())
            }
            None => Expr::Template(text.to_owned()),
        }
    }

    /// Unknown names were reported when the rules were read.
    fn variable(&self, name: &str) -> Expr {
        Expr::Variable(self.variable_index(name).unwrap_or_default())
    }

    fn variable_index(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| *other == name)
    }
}

fn is_literal(expression: &Expression) -> bool {
    matches!(expression.kind, ExpressionKind::Text(_) | ExpressionKind::Bool(_) | ExpressionKind::Number(_))
}

/// Moves properties that more than one endpoint has out of the rules.
fn share(rules: &mut [Rule]) -> Vec<Properties> {
    let mut counts = IndexMap::new();
    for_each_properties(rules, &mut |properties| {
        if let PropertiesOf::Own(own) = properties {
            *counts.entry(format!("{own:?}")).or_insert(0) += usize::from(!own.is_empty());
        }
    });
    counts.retain(|_, count| *count > 1);
    let mut shared = vec![Properties::new(); counts.len()];
    for_each_properties(rules, &mut |properties| {
        if let PropertiesOf::Own(own) = properties
            && let Some(number) = counts.get_index_of(&format!("{own:?}"))
        {
            if let Some(properties) = shared.get_mut(number) {
                *properties = std::mem::take(own);
            }
            *properties = PropertiesOf::Shared(number);
        }
    });
    shared
}

fn for_each_properties(rules: &mut [Rule], visit: &mut impl FnMut(&mut PropertiesOf)) {
    for rule in rules {
        match rule {
            Rule::Tree(_, rules) => for_each_properties(rules, visit),
            Rule::Endpoint { properties, .. } => visit(properties),
            Rule::Error(..) => {}
        }
    }
}

/// The names that rules refer to.
fn used(rules: &RuleSet) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for_each_expression(&rules.rules, &mut |expression| match &expression.kind {
        ExpressionKind::Reference(name) => {
            names.insert(name.as_str());
        }
        ExpressionKind::Text(text) => {
            names.extend(
                endpoint_rule_language::placeholders(text).into_iter().flatten().map(|place| place.name),
            );
        }
        _ => {}
    });
    names
}

/// The names that conditions assign, in the order of the rules.
fn assigned(rules: &RuleSet) -> Vec<&str> {
    fn collect<'r>(rules: &'r [ModelRule], names: &mut Vec<&'r str>) {
        for rule in rules {
            for name in rule.conditions.iter().filter_map(|condition| condition.assign.as_deref()) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            if let Outcome::Tree(rules) = &rule.outcome {
                collect(rules, names);
            }
        }
    }
    let mut names = Vec::new();
    collect(&rules.rules, &mut names);
    names
}

/// Visits every expression of the rules.
fn for_each_expression<'r>(rules: &'r [ModelRule], visit: &mut impl FnMut(&'r Expression)) {
    for rule in rules {
        for condition in &rule.conditions {
            visit_expression(&condition.value, visit);
        }
        match &rule.outcome {
            Outcome::Tree(rules) => for_each_expression(rules, visit),
            Outcome::Error(message) => visit_expression(message, visit),
            Outcome::Endpoint { url, properties, headers } => {
                visit_expression(url, visit);
                for value in properties.values().chain(headers.values().flatten()) {
                    visit_expression(value, visit);
                }
            }
        }
    }
}

fn visit_expression<'r>(expression: &'r Expression, visit: &mut impl FnMut(&'r Expression)) {
    visit(expression);
    match &expression.kind {
        ExpressionKind::Call(_, parts) | ExpressionKind::List(parts) => {
            for part in parts {
                visit_expression(part, visit);
            }
        }
        ExpressionKind::Object(members) => {
            for part in members.values() {
                visit_expression(part, visit);
            }
        }
        _ => {}
    }
}
