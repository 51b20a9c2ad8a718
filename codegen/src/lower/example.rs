//! The request in an operation's example: one expression with a placeholder for each required member.

use super::{Lowering, members::Role};
use crate::{
    ir::{Member, Module, Path, Structure, Type},
    model::Kind,
    names,
};

/// How many values an example may have: where structures that must be there hold one another many times over, there is none.
const VALUES: usize = 64;

impl Lowering<'_> {
    /// `Invoke::new("function_name", …)`.
    pub(super) fn example(&self, request: &Structure) -> Option<String> {
        let mut example = Example { lowering: self, left: VALUES };
        let arguments = example.arguments(request)?;
        Some(format!("{}::new({arguments})", request.name))
    }
}

/// An example in the making; each function gives `None` once it has too many values.
struct Example<'l, 'm> {
    lowering: &'l Lowering<'m>,
    left: usize,
}

impl Example<'_, '_> {
    fn arguments(&mut self, structure: &Structure) -> Option<String> {
        let arguments = structure.required().map(|member| self.argument(member));
        Some(arguments.collect::<Option<Vec<_>>>()?.join(", "))
    }

    /// What a constructor takes for a member: anything that converts into its type.
    fn argument(&mut self, member: &Member) -> Option<String> {
        Some(match &member.ty {
            Type::String | Type::Bytes | Type::ByteStream => placeholder(member),
            Type::List(element) => format!("[{}]", self.exact(element, member)?),
            Type::Map(key, value) => {
                format!("[({}, {})]", self.exact(key, member)?, self.exact(value, member)?)
            }
            other => self.exact(other, member)?,
        })
    }

    /// A value of just that type.
    fn exact(&mut self, ty: &Type, member: &Member) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
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
            Type::Boxed(inner) => format!("Box::new({})", self.exact(inner, member)?),
            Type::Nullable(inner) => format!("Some({})", self.exact(inner, member)?),
            Type::List(element) => format!("vec![{}]", self.exact(element, member)?),
            Type::Map(key, value) => {
                format!("myrina::Map::from([({}, {})])", self.exact(key, member)?, self.exact(value, member)?)
            }
        })
    }

    fn named(&mut self, path: &Path) -> Option<String> {
        let lowering = self.lowering;
        let module = match path.module {
            Module::Types => "types",
            Module::Errors => "errors",
            // How one of those is made, we cannot know.
            Module::Foreign => return None,
        };
        let full = format!("{module}::{}", path.name);
        let shapes = lowering.model.shapes.iter();
        let Some((shape_name, shape)) = shapes.clone().find(|(name, shape)| {
            matches!(shape.kind, Kind::Structure(_)) && lowering.type_name(name) == path.name
                || !shape.traits.values.is_empty() && lowering.type_name(name) == path.name
        }) else {
            return Some(full);
        };
        Some(match &shape.kind {
            Kind::Structure(structure) if structure.union => {
                let union = lowering.union(shape_name, path.name.clone(), shape, structure);
                let simple =
                    union.cases.iter().find(|case| !matches!(case.ty, Type::Boxed(_) | Type::Named(_)));
                match simple {
                    Some(case) => format!("{full}::{}({})", case.field, self.exact(&case.ty, case)?),
                    None => format!("{full}::{}(String::new())", union.unknown),
                }
            }
            Kind::Structure(structure) => {
                let structure =
                    lowering.role_structure(shape_name, path.name.clone(), shape, structure, Role::Part);
                format!("{full}::new({})", self.arguments(&structure)?)
            }
            _ => {
                let variants = names::variant_names(shape.traits.values.iter().map(String::as_str));
                variants.first().map_or(full.clone(), |variant| format!("{full}::{variant}"))
            }
        })
    }
}

fn placeholder(member: &Member) -> String {
    format!("{:?}", member.field.trim_start_matches("r#"))
}
