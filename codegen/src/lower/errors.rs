//! Error types.

use super::Lowering;
use crate::ir::{Call, ErrorType, Type};

impl Lowering<'_> {
    pub(super) fn error(&self, name: &str) -> Option<ErrorType> {
        let (shape, modeled) = (self.model.shapes.get(name)?, self.structure(name)?);
        let structure = self.plain_structure(name, self.type_name(name), shape, modeled);
        let message = structure
            .members
            .iter()
            .find(|member| member.wire_name.eq_ignore_ascii_case("message") && member.ty == Type::String)
            .map(|member| member.field.clone());
        let mut traits = Vec::new();
        traits.extend(modeled.status_code.map(|status| Call::number("status", status)));
        traits.extend(modeled.sender_fault.then(|| Call::flag("sender_fault")));
        traits.extend(modeled.retryable.map(|_| Call::flag("retryable")));
        traits.extend((modeled.retryable == Some(true)).then(|| Call::flag("throttling")));
        let code = modeled.error_code.clone().unwrap_or_else(|| name.to_owned());
        Some(ErrorType { structure, code, traits, message })
    }
}
