//! Prints endpoint rules as a table, and the context that operations give to them.

use super::{nested::Value, source_file::SourceFile, tokens::ident};
use crate::ir::{
    ContextParam, ContextSource, ContextStep, EndpointRules, Expr, ParameterKind, PropertiesOf, Rule,
    RuleFunction, RuleParameter, Variable,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::{cell::RefCell, collections::BTreeSet};

pub(super) fn endpoint(rules: &EndpointRules) -> SourceFile {
    let mut source = SourceFile::new();
    source.docs(["The endpoint rules of the service."]);
    let parameters = rules.parameters.iter().map(|parameter| &parameter.variable);
    let names: Vec<&Variable> = parameters.chain(&rules.variables).collect();
    let printer = EndpointPrinter { names, used: RefCell::default(), imports: RefCell::default() };
    let parameters = rules.parameters.iter().map(|parameter| printer.parameter(parameter));
    let parameters = Value::slice(parameters).field("parameters");
    let variables = Value::slice(rules.variables.iter().map(|variable| text(&variable.name)));
    let table = Value::slice(rules.rules.iter().map(|rule| printer.rule(rule)));
    let shared: Vec<Value> = rules.shared.iter().map(|properties| printer.entries(properties)).collect();
    let imports = printer.imports(&shared);
    source.items(quote!(use myrina::codegen::rules::{#(#imports),*};));
    if let Some(constants) = printer.constants() {
        source.lines(&[&constants]);
    }
    for (number, properties) in shared.iter().enumerate() {
        source.value(&format!("const PROPERTIES_{number}: Entries ="), properties);
    }
    let fields = [parameters, variables.field("variables"), table.field("rules")];
    let declaration =
        "/// The rules. The first whose conditions hold applies.\npub(crate) static RULES: RuleSet =";
    source.value(declaration, &Value::structure("RuleSet", fields));
    source
}

fn text(text: &str) -> Value {
    Value::atom(quote!(#text).to_string())
}

struct EndpointPrinter<'r> {
    names: Vec<&'r Variable>,
    /// The indices of the variables that were printed so far; templates refer to names.
    used: RefCell<BTreeSet<usize>>,
    /// The names of the runtime that were printed so far.
    imports: RefCell<BTreeSet<&'static str>>,
}

impl EndpointPrinter<'_> {
    /// The constants for the variables that were printed, if there are any.
    fn constants(&self) -> Option<String> {
        let used = self.used.borrow();
        let used = used.iter().filter_map(|slot| Some((slot, self.names.get(*slot)?)));
        let constants = used.map(|(slot, variable)| format!("const {}: Slot = {slot};", variable.constant));
        let constants: Vec<_> = constants.collect();
        (!constants.is_empty()).then(|| constants.join("\n"))
    }

    /// The names of the runtime that were printed, and those that the table around them needs.
    fn imports(&self, shared: &[Value]) -> Vec<Ident> {
        let entries = (!shared.is_empty()).then_some("Entries");
        let slot = (!self.used.borrow().is_empty()).then_some("Slot");
        let imports = self.imports.borrow();
        let imports: BTreeSet<&str> =
            imports.iter().copied().chain(slot).chain(entries).chain(["RuleSet"]).collect();
        imports.into_iter().map(ident).collect()
    }

    /// A name of the runtime.
    fn import(&self, name: &'static str) -> &'static str {
        self.imports.borrow_mut().insert(name);
        name
    }

    /// A call of a function or variant of the runtime.
    fn call(&self, name: &'static str, arguments: impl IntoIterator<Item = Value>) -> Value {
        Value::call(self.import(name), arguments)
    }

    fn parameter(&self, parameter: &RuleParameter) -> Value {
        let RuleParameter { variable, kind, built_in, client, required, default } = parameter;
        let constructor = match kind {
            ParameterKind::String => "string",
            ParameterKind::Boolean => "boolean",
            ParameterKind::Strings => "strings",
        };
        let mut row = format!("{}({})", self.import(constructor), text(&variable.name));
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
        Value::atom(row)
    }

    fn rule(&self, rule: &Rule) -> Value {
        match rule {
            Rule::Tree(conditions, rules) => {
                let rules = Value::slice(rules.iter().map(|rule| self.rule(rule)));
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
                    PropertiesOf::Shared(number) => Value::atom(format!("PROPERTIES_{number}")),
                };
                let headers =
                    headers.iter().map(|(name, values)| Value::tuple([text(name), self.slice(values)]));
                let parts = [conditions, url, properties, Value::slice(headers)];
                self.call("Endpoint", parts)
            }
        }
    }

    fn expr(&self, expr: &Expr) -> Value {
        match expr {
            Expr::Text(literal) => self.call("Text", [text(literal)]),
            Expr::Template(template) => self.call("Template", [text(template)]),
            Expr::Bool(value) => self.call("Bool", [Value::atom(value.to_string())]),
            Expr::Number(number) => self.call("Number", [Value::atom(number.to_string())]),
            Expr::Variable(index) => self.call("Var", [self.variable(*index)]),
            Expr::Let(index, value) => {
                self.call("Let", [self.variable(*index), self.expr(value).by_reference()])
            }
            Expr::Get(whole, path) => self.call("Get", [self.expr(whole).by_reference(), text(path)]),
            Expr::Call(function, arguments) => {
                self.call("Call", [Value::atom(self.import(function_name(*function))), self.slice(arguments)])
            }
            Expr::List(items) => self.call("List", [self.slice(items)]),
            Expr::Object(members) => self.call("Object", [self.entries(members)]),
        }
    }

    fn slice(&self, exprs: &[Expr]) -> Value {
        Value::slice(exprs.iter().map(|expr| self.expr(expr)))
    }

    fn entries(&self, entries: &[(String, Expr)]) -> Value {
        Value::slice(entries.iter().map(|(name, value)| Value::tuple([text(name), self.expr(value)])))
    }

    fn variable(&self, index: usize) -> Value {
        self.used.borrow_mut().insert(index);
        Value::atom(self.names.get(index).map_or("0", |variable| &variable.constant))
    }
}

/// The name of a function in the runtime.
const fn function_name(function: RuleFunction) -> &'static str {
    match function {
        RuleFunction::IsSet => "is_set",
        RuleFunction::Not => "not",
        RuleFunction::Equals => "equals",
        RuleFunction::Partition => "partition",
        RuleFunction::ParseArn => "parse_arn",
        RuleFunction::IsVirtualHostableBucket => "is_virtual_hostable_bucket",
        RuleFunction::ParseUrl => "parse_url",
        RuleFunction::IsValidHostLabel => "is_valid_host_label",
        RuleFunction::Substring => "substring",
        RuleFunction::UriEncode => "uri_encode",
        RuleFunction::Split => "split",
        RuleFunction::Coalesce => "coalesce",
        RuleFunction::Ite => "ite",
    }
}

/// The values that an operation gives to the rules' parameters.
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

fn steps(path: &[ContextStep]) -> TokenStream {
    let steps = path.iter().map(|step| match step {
        ContextStep::Member(name) => quote!(myrina::codegen::context::Member(#name)),
        ContextStep::Each => quote!(myrina::codegen::context::Each),
        ContextStep::Keys => quote!(myrina::codegen::context::Keys),
        ContextStep::Any(paths) => {
            let paths = paths.iter().map(|path| steps(path));
            quote!(myrina::codegen::context::Any(&[#(#paths),*]))
        }
    });
    quote!(&[#(#steps),*])
}
