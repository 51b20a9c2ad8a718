//! Lowers error types.

use super::{Lowering, members::StructureRole};
use crate::ir::{ErrorTraits, ErrorType, Type};

impl Lowering<'_> {
    pub(super) fn error(&self, name: &str) -> Option<ErrorType> {
        let (shape, modeled) = (self.model.shapes.get(name)?, self.structure(name)?);
        let structure =
            self.lower_structure(name, self.type_name(name), shape, modeled, StructureRole::Nested);
        let message = structure
            .members
            .iter()
            .find(|member| member.wire_name.eq_ignore_ascii_case("message") && member.ty == Type::String)
            .map(|member| member.field.clone());
        let traits = ErrorTraits {
            status: modeled.status_code,
            sender_fault: modeled.sender_fault,
            retryable: modeled.retryable.is_some(),
            throttling: modeled.retryable == Some(true),
        };
        let code = modeled.error_code.clone().unwrap_or_else(|| name.to_owned());
        Some(ErrorType { structure, code, traits, message })
    }
}
