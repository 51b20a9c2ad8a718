//! Prints the request of an operation's example: one expression with a placeholder for each required member.

use crate::{
    ir::{Member, Module, Path, Structure, Type},
    type_graph::{TypeGraph, TypeNode},
    type_printer::path_text,
};
use std::collections::BTreeSet;

/// The most values in an example: required structures can contain one another so often that it would be too long.
const MAX_VALUES: usize = 64;

/// A request in an example.
pub(super) struct Example {
    /// `Invoke::new("function_name", …)`.
    pub(super) expression: String,
    /// The modules that the expression names: `errors`, `types`.
    pub(super) modules: BTreeSet<&'static str>,
}

/// The request of an example; `None` if it would be too long, or needs a type that an override names.
pub(super) fn example(types: &TypeGraph<'_>, request: &Structure) -> Option<Example> {
    let mut printer = Printer { types, values_left: MAX_VALUES, modules: BTreeSet::new() };
    let arguments = printer.arguments(request)?;
    let expression = format!("{}::new({arguments})", request.name);
    Some(Example { expression, modules: printer.modules })
}

struct Printer<'t, 'c> {
    types: &'t TypeGraph<'c>,
    values_left: usize,
    modules: BTreeSet<&'static str>,
}

impl Printer<'_, '_> {
    fn arguments(&mut self, structure: &Structure) -> Option<String> {
        let arguments = structure.required().map(|member| self.argument(member));
        Some(arguments.collect::<Option<Vec<_>>>()?.join(", "))
    }

    /// An argument of a constructor, which converts it into the member's type.
    fn argument(&mut self, member: &Member) -> Option<String> {
        Some(match &member.ty {
            Type::String | Type::Bytes | Type::ByteStream => placeholder(member),
            Type::List(element) => format!("[{}]", self.value(element, member)?),
            Type::Map(key, value) => {
                format!("[({}, {})]", self.value(key, member)?, self.value(value, member)?)
            }
            other => self.value(other, member)?,
        })
    }

    /// A value of exactly this type.
    fn value(&mut self, ty: &Type, member: &Member) -> Option<String> {
        self.values_left = self.values_left.checked_sub(1)?;
        Some(match ty {
            Type::Bool => "true".into(),
            Type::I32 | Type::I64 => "1".into(),
            Type::F32 => "1.0_f32".into(),
            Type::F64 => "1.0".into(),
            Type::String => format!("{}.to_owned()", placeholder(member)),
            Type::Bytes | Type::ByteStream => format!("{}.into()", placeholder(member)),
            Type::Timestamp => "myrina::Timestamp::EPOCH".into(),
            Type::Document => "myrina::Document::Null".into(),
            Type::Json => "myrina::Json::from_bytes(\"{}\")".into(),
            Type::Events(_) => "myrina::EventStream::default()".into(),
            Type::Named(path) => self.named(path)?,
            Type::Boxed(inner) => format!("Box::new({})", self.value(inner, member)?),
            Type::Nullable(inner) => format!("Some({})", self.value(inner, member)?),
            Type::List(element) => format!("vec![{}]", self.value(element, member)?),
            Type::Map(key, value) => {
                format!("myrina::Map::from([({}, {})])", self.value(key, member)?, self.value(value, member)?)
            }
        })
    }

    fn named(&mut self, path: &Path) -> Option<String> {
        self.modules.insert(match path.module {
            Module::Types => "types",
            Module::Errors => "errors",
            // How to make a value of such a type is unknown.
            Module::Foreign => return None,
        });
        let name = path_text(path);
        Some(match self.types.types.get(path)? {
            TypeNode::Structure(structure) => format!("{name}::new({})", self.arguments(structure)?),
            TypeNode::Error(error) => format!("{name}::new({})", self.arguments(&error.structure)?),
            TypeNode::Union(union) => {
                let is_simple = |variant: &&Member| !matches!(variant.ty, Type::Boxed(_) | Type::Named(_));
                match union.variants.iter().find(is_simple) {
                    Some(variant) => {
                        format!("{name}::{}({})", variant.field, self.value(&variant.ty, variant)?)
                    }
                    None => format!("{name}::{}(String::new())", union.unknown),
                }
            }
            TypeNode::Enumeration(enumeration) => {
                format!("{name}::{}", enumeration.variants.first()?.name)
            }
        })
    }
}

fn placeholder(member: &Member) -> String {
    format!("{:?}", member.plain_field())
}
