//! The values of a rule set's parameters for one call.

use super::{EndpointContext, EndpointValue, Parameter, RuleSet, context_params};
use crate::{codec::Structure, config::ConfigError, operation::OperationSchema};

/// Returns a value for each parameter of `rules`, in order.
pub(super) fn collect<'a>(
    rules: &RuleSet,
    operation: &OperationSchema,
    input: &dyn Structure,
    context: &EndpointContext<'a>,
) -> Result<Vec<EndpointValue<'a>>, ConfigError> {
    rules.parameters.iter().map(|parameter| value_of(parameter, operation, input, context)).collect()
}

/// The first value that the operation, its input, or the client supplies.
fn value_of<'a>(
    parameter: &Parameter,
    operation: &OperationSchema,
    input: &dyn Structure,
    context: &EndpointContext<'a>,
) -> Result<EndpointValue<'a>, ConfigError> {
    let value = context_params::value_of(operation, input, parameter.name);
    if value.is_set() {
        return Ok(value);
    }
    if let Some(explicit) = context.config.built_ins.client_context(parameter) {
        return Ok(explicit.clone());
    }
    Ok(match parameter.built_in {
        Some("AWS::Region") => context.config.region.as_deref().ok().into(),
        Some("SDK::Endpoint") => context.custom.map(|custom| custom.setting.value.as_str()).into(),
        Some("AWS::Auth::AccountId") => context.account_id.into(),
        name => {
            let name = name.unwrap_or(parameter.name);
            match context.custom {
                Some(_) => context.config.built_ins.get_if_readable(name)?.clone(),
                None => context.config.built_ins.get(name)?.clone(),
            }
        }
    })
}

/// The values that are set, by name, for error messages.
pub(super) fn describe(rules: &RuleSet, values: &[EndpointValue<'_>]) -> String {
    let set = rules.parameters.iter().zip(values).filter(|(_, value)| value.is_set());
    let pairs: Vec<_> = set.map(|(parameter, value)| format!("{} = {value}", parameter.name)).collect();
    pairs.join(", ")
}
