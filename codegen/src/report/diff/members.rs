//! Members of structures and variants of unions.

use super::{Comparison, Documented, Kind, Site, wire, without_raw_prefix};
use crate::did_you_mean::closest;
use crate::ir::Member;
use crate::type_printer::member_type_text;

/// The members of one structure, or the variants of one union, on both sides.
pub(super) struct Members<'a> {
    /// The old and the new name of the type.
    pub(super) owner: (&'a str, &'a str),
    pub(super) old: &'a [Member],
    pub(super) new: &'a [Member],
    /// They are variants.
    pub(super) variants: bool,
}

/// The kinds that have other words for variants than for members.
struct Kinds {
    added: Kind,
    removed: Kind,
    renamed: Kind,
    retyped: Kind,
}

const MEMBERS: Kinds = Kinds {
    added: Kind::MemberAdded,
    removed: Kind::MemberRemoved,
    renamed: Kind::MemberRenamed,
    retyped: Kind::MemberRetyped,
};

const VARIANTS: Kinds = Kinds {
    added: Kind::VariantAdded,
    removed: Kind::VariantRemoved,
    renamed: Kind::VariantRenamed,
    retyped: Kind::VariantRetyped,
};

impl Comparison<'_> {
    /// Compares members in the new model's order; removed ones come last.
    pub(super) fn members(&mut self, site: &Site, members: &Members<'_>) {
        let kinds = if members.variants { VARIANTS } else { MEMBERS };
        let pairs = self.pairs(members);
        for new in members.new {
            let item = format!("{}::{}", members.owner.1, without_raw_prefix(&new.field));
            let pair = pairs.iter().find(|(_, other)| std::ptr::eq(*other, new));
            if let Some((old, _)) = pair {
                self.member(site, &item, old, new, &kinds);
                continue;
            }
            let kind =
                if !members.variants && required(new) { Kind::RequiredMemberAdded } else { kinds.added };
            let ty = self.new_type(new);
            self.push(site, kind, item).with_values(None, ty).with_wire_name(&new.wire_name);
        }
        for old in members.old {
            if !pairs.iter().any(|(other, _)| std::ptr::eq(*other, old)) {
                let item = format!("{}::{}", members.owner.0, without_raw_prefix(&old.field));
                let ty = self.old_type(old);
                self.push(site, kinds.removed, item).with_values(ty, None).with_wire_name(&old.wire_name);
            }
        }
        self.member_order(site, members, &pairs);
    }

    /// Pairs old and new members: by the field's name, or else by type, wire format and similar name.
    fn pairs<'m>(&self, members: &Members<'m>) -> Vec<(&'m Member, &'m Member)> {
        let named = |members: &'m [Member], name: &str| members.iter().find(|member| member.field == name);
        let mut pairs: Vec<_> =
            members.old.iter().filter_map(|old| Some((old, named(members.new, &old.field)?))).collect();
        let mut free: Vec<&Member> =
            members.new.iter().filter(|new| named(members.old, &new.field).is_none()).collect();
        let gone = members.old.iter().filter(|old| named(members.new, &old.field).is_none());
        for old in gone {
            let same =
                |new: &&&Member| new.required == old.required && self.renames.same_type(&old.ty, &new.ty);
            let alike: Vec<&Member> = free.iter().filter(same).copied().collect();
            let same_wire = alike.iter().find(|new| {
                wire::differences(&old.schema, &new.schema, false)
                    .iter()
                    .all(|difference| difference.kind == Kind::TraitChanged)
            });
            let near = closest(&old.wire_name, alike.iter().map(|new| new.wire_name.as_str()));
            let near = || alike.iter().find(|new| Some(new.wire_name.as_str()) == near);
            if let Some(new) = same_wire.or_else(near).copied() {
                free.retain(|other| !std::ptr::eq(*other, new));
                pairs.push((old, new));
            }
        }
        pairs
    }

    fn member(&mut self, site: &Site, item: &str, old: &Member, new: &Member, kinds: &Kinds) {
        let renamed = (&old.field, &old.lens) != (&new.field, &new.lens);
        if renamed {
            let (from, to) =
                (without_raw_prefix(&old.field).to_owned(), without_raw_prefix(&new.field).to_owned());
            self.push(site, kinds.renamed, item).with_values(from, to).with_wire_name(&new.wire_name);
        }
        let retyped = !self.renames.same_type(&old.ty, &new.ty);
        if retyped {
            let (from, to) = (self.old_type(old), self.new_type(new));
            self.push(site, kinds.retyped, item).with_values(from, to).with_wire_name(&new.wire_name);
        }
        let requirement = match (old.required, new.required) {
            (false, true) => Some(Kind::MemberRequired),
            (true, false) => Some(Kind::MemberOptional),
            _ => None,
        };
        if let Some(kind) = requirement {
            let (from, to) = (self.old_type(old), self.new_type(new));
            self.push(site, kind, item).with_values(from, to).with_wire_name(&new.wire_name);
        }
        for wire::Difference { kind, from, to } in wire::differences(&old.schema, &new.schema, retyped) {
            // The rename in Rust already reports the new name on the wire.
            if !(renamed && kind == Kind::WireNameChanged) {
                self.push(site, kind, item).with_values(from, to).with_wire_name(&new.wire_name);
            }
        }
        self.documentation(site, item, Documented::of(old), Documented::of(new));
    }

    /// Compares the order of the members that both sides have; the required ones are the constructor's parameters.
    fn member_order(&mut self, site: &Site, members: &Members<'_>, pairs: &[(&Member, &Member)]) {
        let new_of =
            |old: &Member| pairs.iter().find(|(other, _)| std::ptr::eq(*other, old)).map(|pair| pair.1);
        let before: Vec<&Member> = members.old.iter().filter_map(new_of).collect();
        let is_old = |new: &&Member| pairs.iter().any(|(_, other)| std::ptr::eq(*other, *new));
        let after: Vec<&Member> = members.new.iter().filter(is_old).collect();
        if before.iter().zip(&after).all(|(before, after)| std::ptr::eq(*before, *after)) {
            return;
        }
        let both = |new: &Member| {
            let pair = pairs.iter().find(|(_, other)| std::ptr::eq(*other, new));
            pair.is_some_and(|(old, new)| required(old) && required(new))
        };
        let parameters = |members: &[&Member]| {
            let required: Vec<&str> = members
                .iter()
                .filter(|member| both(member))
                .map(|member| without_raw_prefix(&member.field))
                .collect();
            format!("new({})", required.join(", "))
        };
        let (from, to) = (parameters(&before), parameters(&after));
        if !members.variants && from != to {
            let item = format!("{}::new", members.owner.1);
            self.push(site, Kind::ConstructorReordered, item).with_values(from, to);
        } else {
            self.push(site, Kind::MembersReordered, members.owner.1);
        }
    }

    fn old_type(&self, member: &Member) -> String {
        member_type_text(self.crates().0, member)
    }

    fn new_type(&self, member: &Member) -> String {
        member_type_text(self.crates().1, member)
    }
}

fn required(member: &Member) -> bool {
    member.required
}

impl<'a> Documented<'a> {
    fn of(member: &'a Member) -> Self {
        Self { name: &member.wire_name, docs: &member.docs, deprecated: member.deprecated.as_deref() }
    }
}
