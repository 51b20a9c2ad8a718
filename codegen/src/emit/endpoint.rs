//! Endpoint rules as a table, and what operations tell them.

use super::layout::{Node, Source};
use crate::{
    ir::{ContextParam, ContextSource, EndpointRules, Expr, ParameterKind, Rule, RuleParameter, Variable},
    jmespath::Step,
};
use proc_macro2::TokenStream;
use quote::quote;
use std::{cell::RefCell, collections::BTreeSet};

pub(super) fn endpoint(rules: &EndpointRules) -> Source {
    let mut source = Source::new();
    source.docs(["Where requests go: the rules of the service."]);
    source.lines(&["use myrina::codegen::rules::*;"]);
    let parameters = rules.parameters.iter().map(|parameter| &parameter.variable);
    let names: Vec<&Variable> = parameters.chain(&rules.variables).collect();
    let print = Print { names, used: RefCell::default() };
    let table = Node::slice(rules.rules.iter().map(|rule| print.rule(rule)));
    if let Some(constants) = print.constants() {
        source.lines(&[&constants]);
    }
    let parameters = rules.parameters.iter().map(|parameter| print.parameter(parameter));
    let variables = rules.variables.iter().map(|variable| text(&variable.name));
    let fields = [
        Node::slice(parameters).field("parameters"),
        Node::slice(variables).field("variables"),
        table.field("rules"),
    ];
    let docs = "/// The rules, of which the first that applies counts.";
    source.value(docs, "pub(crate) static RULES: RuleSet =", &Node::structure("RuleSet", fields));
    source
}

fn text(text: &str) -> Node {
    Node::word(quote!(#text).to_string())
}

struct Print<'r> {
    names: Vec<&'r Variable>,
    /// The numbers that what was printed so far refers to; templates refer to names.
    used: RefCell<BTreeSet<usize>>,
}

impl Print<'_> {
    /// The constants for these numbers, if there are any.
    fn constants(&self) -> Option<String> {
        let used = self.used.borrow();
        let used = used.iter().filter_map(|slot| Some((slot, self.names.get(*slot)?)));
        let constants = used.map(|(slot, variable)| format!("const {}: Slot = {slot};", variable.constant));
        let constants: Vec<_> = constants.collect();
        (!constants.is_empty()).then(|| constants.join("\n"))
    }

    fn parameter(&self, parameter: &RuleParameter) -> Node {
        let RuleParameter { variable, kind, built_in, client, required, default } = parameter;
        let constructor = match kind {
            ParameterKind::String => "string",
            ParameterKind::Boolean => "boolean",
            ParameterKind::Strings => "strings",
        };
        let mut row = format!("{constructor}({})", text(&variable.name));
        if let Some(name) = built_in {
            row += &format!(".built_in({})", text(name));
        }
        if *client {
            row += ".client()";
        }
        if *required {
            row += ".required()";
        }
        if let Some(default) = default {
            row += &format!(".default({})", self.expr(default));
        }
        Node::word(row)
    }

    fn rule(&self, rule: &Rule) -> Node {
        match rule {
            Rule::Tree(conditions, rules) => {
                let rules = Node::slice(rules.iter().map(|rule| self.rule(rule)));
                Node::call("Tree", [self.slice(conditions), rules])
            }
            Rule::Error(conditions, message) => {
                Node::call("Error", [self.slice(conditions), self.expr(message)])
            }
            Rule::Endpoint { conditions, url, properties, headers } => {
                let (conditions, url) = (self.slice(conditions), self.expr(url));
                if properties.is_empty() && headers.is_empty() {
                    return Node::call("Url", [conditions, url]);
                }
                let headers =
                    headers.iter().map(|(name, values)| Node::tuple([text(name), self.slice(values)]));
                let parts = [conditions, url, self.entries(properties), Node::slice(headers)];
                Node::call("Endpoint", parts)
            }
        }
    }

    fn expr(&self, expr: &Expr) -> Node {
        match expr {
            Expr::Text(literal) => Node::call("Text", [text(literal)]),
            Expr::Template(template) => Node::call("Template", [text(template)]),
            Expr::Bool(value) => Node::call("Bool", [Node::word(value.to_string())]),
            Expr::Number(number) => Node::call("Number", [Node::word(number.to_string())]),
            Expr::Variable(slot) => Node::call("Var", [self.slot(*slot)]),
            Expr::Let(slot, value) => Node::call("Let", [self.slot(*slot), self.expr(value).referred()]),
            Expr::Get(whole, path) => Node::call("Get", [self.expr(whole).referred(), text(path)]),
            Expr::Call(function, arguments) => {
                Node::call("Call", [Node::word(*function), self.slice(arguments)])
            }
            Expr::List(items) => Node::call("List", [self.slice(items)]),
            Expr::Object(members) => Node::call("Object", [self.entries(members)]),
        }
    }

    fn slice(&self, exprs: &[Expr]) -> Node {
        Node::slice(exprs.iter().map(|expr| self.expr(expr)))
    }

    fn entries(&self, entries: &[(String, Expr)]) -> Node {
        Node::slice(entries.iter().map(|(name, value)| Node::tuple([text(name), self.expr(value)])))
    }

    fn slot(&self, slot: usize) -> Node {
        self.used.borrow_mut().insert(slot);
        Node::word(self.names.get(slot).map_or("0", |variable| &variable.constant))
    }
}

/// What an operation tells the rules.
pub(super) fn context(params: &[ContextParam]) -> TokenStream {
    let params = params.iter().map(|ContextParam { name, source }| match source {
        ContextSource::Text(value) => quote!(text(#name, #value)),
        ContextSource::Flag(value) => quote!(flag(#name, #value)),
        ContextSource::Texts(values) => quote!(texts(#name, &[#(#values),*])),
        ContextSource::Path(path) => {
            let steps = steps(path);
            quote!(path(#name, #steps))
        }
    });
    quote! {
        const CONTEXT: &[myrina::codegen::context::ContextParam] = {
            use myrina::codegen::context::*;
            &[#(#params),*]
        };
    }
}

fn steps(path: &[Step]) -> TokenStream {
    let steps = path.iter().map(|step| match step {
        Step::Member(name) => quote!(Member(#name)),
        Step::Each => quote!(Each),
        Step::Keys => quote!(Keys),
        Step::Any(paths) => {
            let paths = paths.iter().map(|path| steps(path));
            quote!(Any(&[#(#paths),*]))
        }
    });
    quote!(&[#(#steps),*])
}
