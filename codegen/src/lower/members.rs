//! Members of structures and cases of unions.

use super::{
    Lowering, docs,
    retype::{self, Retype},
};
use crate::{
    ir::{Call, Mark, Member, Structure as IrStructure, Target, Type, Union},
    model::{Kind, Reference, Shape, Structure},
    names,
    overrides::MemberOverride,
};

/// What becomes of a structure; it decides what may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A request: tokens that Myrina can make up need not be given.
    Request,
    /// A response: the status is always there, and so is a stream.
    Response,
    /// Anything else.
    Part,
}

impl Lowering<'_> {
    pub(super) fn plain_structure(
        &self,
        name: &str,
        type_name: String,
        shape: &Shape,
        structure: &Structure,
    ) -> IrStructure {
        self.role_structure(name, type_name, shape, structure, Role::Part)
    }

    pub(super) fn role_structure(
        &self,
        name: &str,
        type_name: String,
        shape: &Shape,
        structure: &Structure,
        role: Role,
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

    pub(super) fn union(&self, name: &str, type_name: String, shape: &Shape, structure: &Structure) -> Union {
        let cases: Vec<_> = structure
            .members
            .iter()
            .map(|(case, reference)| {
                let mut member = self.member(name, structure, case, reference, Role::Part);
                let renamed = self.member_override(name, case).and_then(|case| case.rename.as_deref());
                member.field = names::case_name(renamed.unwrap_or(case));
                member.lens = names::prism_name(renamed.unwrap_or(case));
                member.mark = Mark::Required;
                member
            })
            .collect();
        Union {
            wire_name: name.to_owned(),
            name: type_name,
            docs: docs::of_shape(name, shape, self.overrides.shapes.get(name)),
            deprecated: docs::deprecation(shape.traits.deprecated.as_ref()),
            unknown: names::unknown_name(cases.iter().map(|case| case.field.as_str())),
            cases,
        }
    }

    fn member(
        &self,
        shape: &str,
        structure: &Structure,
        name: &str,
        reference: &Reference,
        role: Role,
    ) -> Member {
        let over = self.member_override(shape, name);
        let (mut ty, mut description) = self.lower_reference(name, reference);
        if structure.payload.as_deref() == Some(name) {
            description.traits.insert(0, Call::flag("payload"));
            // An XML document's root has the shape's name, unless the reference gives it another. One that is the member's own
            // counts where the reference describes the whole root, with its namespace: S3's `LifecycleConfiguration` of the
            // shape `BucketLifecycleConfiguration`. Elsewhere it only says again what the member is called.
            let traits = &reference.traits;
            if traits.xml_namespace.is_some() && traits.location_name.as_deref() == Some(name) {
                description.traits.push(Call::text("named", name));
            }
            if self.streams(reference) {
                (ty, description.target) = (Type::ByteStream, Target::Simple("stream"));
            }
        }
        let retype = over.and_then(|over| over.retype.as_deref()).and_then(Retype::named);
        // One that does not fit is reported by the checks of the overrides.
        if let Some((retyped, target)) =
            retype.and_then(|to| to.of(retype::from(self.model, self.protocol, reference)))
        {
            ty = retyped;
            description.target = target.unwrap_or(description.target);
        }
        if self.recursion.boxed.contains(&(shape, name)) {
            ty = Type::Boxed(Box::new(ty));
        }
        let mark = self.mark(shape, structure, name, reference, role, &ty);
        let modeled = structure.required.iter().any(|required| required == name)
            && over.is_none_or(|over| over.required != Some(false));
        if modeled || mark == Mark::Required && over.is_some_and(|over| over.required.is_some()) {
            description.traits.push(Call::flag("required"));
        }
        let rust_name = over.and_then(|over| over.rename.as_deref()).unwrap_or(name);
        Member {
            wire_name: name.to_owned(),
            field: names::field_name(rust_name),
            lens: names::lens_name(rust_name),
            docs: docs::of_member(name, reference, self.model.shapes.get(&reference.shape), over),
            deprecated: docs::deprecation(reference.traits.deprecated.as_ref()),
            mark,
            ty,
            description,
        }
    }

    fn mark(
        &self,
        shape: &str,
        structure: &Structure,
        name: &str,
        reference: &Reference,
        role: Role,
        ty: &Type,
    ) -> Mark {
        let modeled = structure.required.iter().any(|required| required == name);
        let required = self.member_override(shape, name).and_then(|over| over.required).unwrap_or(modeled);
        let always_there = role == Role::Response
            && (reference.traits.location.as_deref() == Some("statusCode")
                || matches!(ty, Type::ByteStream | Type::Events(_)));
        let made_up = role == Role::Request && reference.traits.idempotency_token;
        let endless = self.recursion.endless.contains(&(shape, name));
        if (required && !made_up && !endless) || always_there { Mark::Required } else { Mark::Optional }
    }

    fn member_override(&self, shape: &str, member: &str) -> Option<&MemberOverride> {
        self.overrides.shapes.get(shape)?.members.get(member)
    }

    /// A blob that is never held as a whole.
    fn streams(&self, reference: &Reference) -> bool {
        self.resolve(reference)
            .is_some_and(|resolved| resolved.traits.streaming && matches!(resolved.shape.kind, Kind::Blob))
    }
}
