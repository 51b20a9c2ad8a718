//! Endpoint rules as a table, and what operations tell them.

use super::{
    layout::{Node, Source},
    tokens::ident,
};
use crate::{
    ir::{
        ContextParam, ContextSource, EndpointRules, Expr, ParameterKind, PropertiesOf, Rule, RuleParameter,
        Variable,
    },
    jmespath::Step,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::{cell::RefCell, collections::BTreeSet};

pub(super) fn endpoint(rules: &EndpointRules) -> Source {
    let mut source = Source::new();
    source.docs(["Where requests go: the rules of the service."]);
    let parameters = rules.parameters.iter().map(|parameter| &parameter.variable);
    let names: Vec<&Variable> = parameters.chain(&rules.variables).collect();
    let print = Print { names, used: RefCell::default(), words: RefCell::default() };
    let parameters = rules.parameters.iter().map(|parameter| print.parameter(parameter));
    let parameters = Node::slice(parameters).field("parameters");
    let variables = Node::slice(rules.variables.iter().map(|variable| text(&variable.name)));
    let table = Node::slice(rules.rules.iter().map(|rule| print.rule(rule)));
    let shared: Vec<Node> = rules.shared.iter().map(|properties| print.entries(properties)).collect();
    let words = print.words(&shared);
    source.items(quote!(use myrina::codegen::rules::{#(#words),*};));
    if let Some(constants) = print.constants() {
        source.lines(&[&constants]);
    }
    for (number, properties) in shared.iter().enumerate() {
        source.value(&format!("const PROPERTIES_{number}: Entries ="), properties);
    }
    let fields = [parameters, variables.field("variables"), table.field("rules")];
    let declaration =
        "/// The rules, of which the first that applies counts.\npub(crate) static RULES: RuleSet =";
    source.value(declaration, &Node::structure("RuleSet", fields));
    source
}

fn text(text: &str) -> Node {
    Node::word(quote!(#text).to_string())
}

struct Print<'r> {
    names: Vec<&'r Variable>,
    /// The numbers that what was printed so far refers to; templates refer to names.
    used: RefCell<BTreeSet<usize>>,
    /// What it is made of.
    words: RefCell<BTreeSet<&'static str>>,
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

    /// The words of the runtime that were printed, and those of the table around.
    fn words(&self, shared: &[Node]) -> Vec<Ident> {
        let entries = (!shared.is_empty()).then_some("Entries");
        let slot = (!self.used.borrow().is_empty()).then_some("Slot");
        let words = self.words.borrow();
        let words: BTreeSet<&str> =
            words.iter().copied().chain(slot).chain(entries).chain(["RuleSet"]).collect();
        words.into_iter().map(ident).collect()
    }

    /// A word of the runtime.
    fn word(&self, word: &'static str) -> &'static str {
        self.words.borrow_mut().insert(word);
        word
    }

    /// A call of such a word.
    fn call(&self, word: &'static str, arguments: impl IntoIterator<Item = Node>) -> Node {
        Node::call(self.word(word), arguments)
    }

    fn parameter(&self, parameter: &RuleParameter) -> Node {
        let RuleParameter { variable, kind, built_in, client, required, default } = parameter;
        let constructor = match kind {
            ParameterKind::String => "string",
            ParameterKind::Boolean => "boolean",
            ParameterKind::Strings => "strings",
        };
        let mut row = format!("{}({})", self.word(constructor), text(&variable.name));
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
                self.call("Tree", [self.slice(conditions), rules])
            }
            Rule::Error(conditions, message) => {
                self.call("Error", [self.slice(conditions), self.expr(message)])
            }
            Rule::Endpoint { conditions, url, properties, headers } => {
                let (conditions, url) = (self.slice(conditions), self.expr(url));
                let properties = match properties {
                    PropertiesOf::Own(own) if own.is_empty() && headers.is_empty() => {
                        return self.call("Url", [conditions, url]);
                    }
                    PropertiesOf::Own(own) => self.entries(own),
                    PropertiesOf::Shared(number) => Node::word(format!("PROPERTIES_{number}")),
                };
                let headers =
                    headers.iter().map(|(name, values)| Node::tuple([text(name), self.slice(values)]));
                let parts = [conditions, url, properties, Node::slice(headers)];
                self.call("Endpoint", parts)
            }
        }
    }

    fn expr(&self, expr: &Expr) -> Node {
        match expr {
            Expr::Text(literal) => self.call("Text", [text(literal)]),
            Expr::Template(template) => self.call("Template", [text(template)]),
            Expr::Bool(value) => self.call("Bool", [Node::word(value.to_string())]),
            Expr::Number(number) => self.call("Number", [Node::word(number.to_string())]),
            Expr::Variable(slot) => self.call("Var", [self.slot(*slot)]),
            Expr::Let(slot, value) => self.call("Let", [self.slot(*slot), self.expr(value).referred()]),
            Expr::Get(whole, path) => self.call("Get", [self.expr(whole).referred(), text(path)]),
            Expr::Call(function, arguments) => {
                self.call("Call", [Node::word(self.word(function)), self.slice(arguments)])
            }
            Expr::List(items) => self.call("List", [self.slice(items)]),
            Expr::Object(members) => self.call("Object", [self.entries(members)]),
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
        ContextSource::Text(value) => quote!(myrina::codegen::context::text(#name, #value)),
        ContextSource::Flag(value) => quote!(myrina::codegen::context::flag(#name, #value)),
        ContextSource::Texts(values) => quote!(myrina::codegen::context::texts(#name, &[#(#values),*])),
        ContextSource::Path(path) => {
            let steps = steps(path);
            quote!(myrina::codegen::context::path(#name, #steps))
        }
    });
    quote! {
        const CONTEXT: &[myrina::codegen::context::ContextParam] = &[#(#params),*];
    }
}

fn steps(path: &[Step]) -> TokenStream {
    let steps = path.iter().map(|step| match step {
        Step::Member(name) => quote!(myrina::codegen::context::Member(#name)),
        Step::Each => quote!(myrina::codegen::context::Each),
        Step::Keys => quote!(myrina::codegen::context::Keys),
        Step::Any(paths) => {
            let paths = paths.iter().map(|path| steps(path));
            quote!(myrina::codegen::context::Any(&[#(#paths),*]))
        }
    });
    quote!(&[#(#steps),*])
}
