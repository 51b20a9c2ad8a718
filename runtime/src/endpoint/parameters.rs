//! The values of a rule set's parameters for one call.

use super::{EndpointContext, EndpointValue, Parameter, RuleSet, context_params};
use crate::{
    codec::Structure,
    config::{ConfigError, CustomEndpoint},
    operation::OperationSchema,
};

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
                Some(custom) if name == FORCE_PATH_STYLE => path_style(custom, operation, input, context)?,
                Some(_) => context.config.built_ins.get_for_custom_endpoint(name)?.clone(),
                None => context.config.built_ins.get(name)?.clone(),
            }
        }
    })
}

const FORCE_PATH_STYLE: &str = "AWS::S3::ForcePathStyle";

/// Whether a bucket is in the path of a custom endpoint: always if its host is an IP address, never if the bucket is an ARN, whose
/// parts the rules put in the host name.
fn path_style(
    custom: &CustomEndpoint,
    operation: &OperationSchema,
    input: &dyn Structure,
    context: &EndpointContext<'_>,
) -> Result<EndpointValue<'static>, ConfigError> {
    let built_ins = &context.config.built_ins;
    let setting = built_ins.get_for_custom_endpoint(FORCE_PATH_STYLE)?;
    let bucket = context_params::value_of(operation, input, "Bucket");
    Ok(if bucket.as_str().is_some_and(|bucket| bucket.starts_with("arn:")) {
        if built_ins.is_set(FORCE_PATH_STYLE) { setting.clone() } else { EndpointValue::Bool(false) }
    } else if custom.has_ip_host() {
        EndpointValue::Bool(true)
    } else {
        setting.clone()
    })
}

/// The values that are set, by name, for error messages.
pub(super) fn describe(rules: &RuleSet, values: &[EndpointValue<'_>]) -> String {
    let set = rules.parameters.iter().zip(values).filter(|(_, value)| value.is_set());
    let pairs: Vec<_> = set.map(|(parameter, value)| format!("{} = {value}", parameter.name)).collect();
    pairs.join(", ")
}
