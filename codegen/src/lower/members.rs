//! Lowers members of structures and variants of unions.

use super::{Lowering, docs};
use crate::{
    ir::{Binding, Member, Path, ShapeRef, Structure as IrStructure, Type, Union},
    model::{Kind, Reference, Shape, Structure},
    names,
    overrides::{
        MemberOverride,
        type_override::{self, TypeOverride},
    },
};

/// The role of a structure, which decides which members are optional.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StructureRole {
    /// A request: idempotency tokens, which the runtime can generate, are optional.
    Request,
    /// A response: the status and a stream are always there.
    Response,
    /// Anything else.
    Nested,
}

impl Lowering<'_> {
    pub(super) fn lower_structure(
        &self,
        name: &str,
        type_name: String,
        shape: &Shape,
        structure: &Structure,
        role: StructureRole,
    ) -> IrStructure {
        let members: Vec<_> = structure
            .members
            .iter()
            .map(|(member, reference)| self.member(name, structure, member, reference, role))
            .collect();
        IrStructure {
            wire_name: name.to_owned(),
            name: type_name,
            docs: docs::of_shape(name, shape, self.overrides.shapes.get(name)),
            deprecated: docs::deprecation(shape.traits.deprecated.as_ref()),
            streaming: members.iter().any(|member| matches!(member.ty, Type::ByteStream | Type::Events(_))),
            members,
        }
    }

    pub(super) fn lower_union(
        &self,
        name: &str,
        type_name: String,
        shape: &Shape,
        structure: &Structure,
    ) -> Union {
        let variants: Vec<_> = structure
            .members
            .iter()
            .map(|(variant, reference)| {
                let mut member = self.member(name, structure, variant, reference, StructureRole::Nested);
                let renamed = self.member_override(name, variant).and_then(|over| over.rename.as_deref());
                member.field = names::union_variant_name(renamed.unwrap_or(variant));
                member.lens = names::prism_name(renamed.unwrap_or(variant));
                member.required = true;
                member
            })
            .collect();
        Union {
            attribute_value: is_attribute_value(&self.path(name), &variants),
            wire_name: name.to_owned(),
            name: type_name,
            docs: docs::of_shape(name, shape, self.overrides.shapes.get(name)),
            deprecated: docs::deprecation(shape.traits.deprecated.as_ref()),
            unknown: names::unknown_name(variants.iter().map(|variant| variant.field.as_str())),
            variants,
        }
    }

    fn member(
        &self,
        shape: &str,
        structure: &Structure,
        name: &str,
        reference: &Reference,
        role: StructureRole,
    ) -> Member {
        let over = self.member_override(shape, name);
        let (mut ty, mut schema) = self.lower_reference(name, reference);
        if structure.payload.as_deref() == Some(name) {
            let shape = self.model.shapes.get(&reference.shape);
            let own_root = shape.and_then(|shape| shape.traits.location_name.as_deref());
            schema.binding = payload(name, reference, own_root, schema.binding);
            if self.is_streamed_blob(reference) {
                (ty, schema.shape) = (Type::ByteStream, ShapeRef::Stream);
            }
        }
        if let Some(sensitive) = over.and_then(|over| over.sensitive) {
            schema.traits.sensitive = sensitive;
        }
        let type_override = over.and_then(|over| over.value_type.as_deref()).and_then(TypeOverride::named);
        // A type that does not fit is reported by the checks of the overrides.
        if let Some((retyped, shape)) = type_override
            .and_then(|to| to.apply(type_override::source_kind(self.model, self.protocol, reference)))
        {
            ty = retyped;
            schema.shape = shape.unwrap_or(schema.shape);
        }
        if self.recursion.boxed.contains(&(shape, name)) {
            ty = Type::Boxed(Box::new(ty));
        }
        let required = self.is_required(shape, structure, name, reference, role, &ty);
        let modeled = structure.required.iter().any(|required| required == name)
            && over.is_none_or(|over| over.required != Some(false));
        schema.traits.required = modeled || required && over.is_some_and(|over| over.required.is_some());
        let rust_name = over.and_then(|over| over.rename.as_deref()).unwrap_or(name);
        Member {
            wire_name: name.to_owned(),
            field: names::field_name(rust_name),
            lens: names::lens_name(rust_name),
            docs: docs::of_member(name, reference, self.model.shapes.get(&reference.shape), over),
            deprecated: docs::deprecation(reference.traits.deprecated.as_ref()),
            required,
            ty,
            schema,
        }
    }

    /// Whether the field has no `Option`.
    fn is_required(
        &self,
        shape: &str,
        structure: &Structure,
        name: &str,
        reference: &Reference,
        role: StructureRole,
        ty: &Type,
    ) -> bool {
        let modeled = structure.required.iter().any(|required| required == name);
        let required = self.member_override(shape, name).and_then(|over| over.required).unwrap_or(modeled);
        let always_there = role == StructureRole::Response
            && (reference.traits.location.as_deref() == Some("statusCode")
                || matches!(ty, Type::ByteStream | Type::Events(_)));
        let has_default = role == StructureRole::Request && reference.traits.idempotency_token;
        let infinitely_sized = self.recursion.infinitely_sized.contains(&(shape, name));
        required && !has_default && !infinitely_sized || always_there
    }

    fn member_override(&self, shape: &str, member: &str) -> Option<&MemberOverride> {
        self.overrides.shapes.get(shape)?.members.get(member)
    }

    fn is_streamed_blob(&self, reference: &Reference) -> bool {
        self.resolve(reference)
            .is_some_and(|resolved| resolved.traits.streaming && matches!(resolved.shape.kind, Kind::Blob))
    }
}

/// The binding of the payload.
///
/// The root of an XML document has the shape's name, unless the reference gives it another. A reference that repeats the member's
/// own name names the root only if it describes the whole root, with its namespace: S3's `LifecycleConfiguration` of the shape
/// `BucketLifecycleConfiguration`. A shape with a `locationName` of its own names the root too: `own_root`.
fn payload(name: &str, reference: &Reference, own_root: Option<&str>, binding: Binding) -> Binding {
    let traits = &reference.traits;
    let names_root = match traits.location_name.as_deref() {
        Some(wire_name) => wire_name == name && traits.xml_namespace.is_some(),
        None => own_root == Some(name),
    };
    match binding {
        Binding::Body(wire_name) => Binding::Payload(wire_name.or(names_root.then(|| name.to_owned()))),
        bound => bound,
    }
}

/// Whether these are the variants of DynamoDB's attribute values, none of them renamed or of another type.
fn is_attribute_value(own: &Path, variants: &[Member]) -> bool {
    let own = || Box::new(Type::Named(own.clone()));
    let expected = [
        ("S", Type::String),
        ("N", Type::String),
        ("B", Type::Bytes),
        ("Ss", Type::List(Box::new(Type::String))),
        ("Ns", Type::List(Box::new(Type::String))),
        ("Bs", Type::List(Box::new(Type::Bytes))),
        ("M", Type::Map(Box::new(Type::String), own())),
        ("L", Type::List(own())),
        ("Null", Type::Bool),
        ("Bool", Type::Bool),
    ];
    variants
        .iter()
        .map(|variant| (variant.field.as_str(), &variant.ty))
        .eq(expected.iter().map(|(name, ty)| (*name, ty)))
}
