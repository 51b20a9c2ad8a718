//! The parameters of a rule set for one call.

use super::{BuiltIns, context};
use crate::{
    codec::Structure,
    config::ConfigError,
    operation::{
        OperationSchema,
        rules::{Parameter, RuleSet, Value},
    },
};

/// What a client contributes to an endpoint.
pub(crate) struct Client<'a> {
    pub(crate) built_ins: &'a BuiltIns,
    /// The region, if there is one.
    pub(crate) region: Option<&'a str>,
    /// The custom endpoint.
    pub(crate) endpoint: Option<&'a str>,
    /// The account of the credentials, where they tell.
    pub(crate) account: Option<&'a str>,
}

/// A value for each parameter of `rules`.
pub(super) fn gather<'a>(
    rules: &RuleSet,
    operation: &OperationSchema,
    input: &dyn Structure,
    client: &Client<'a>,
) -> Result<Vec<Value<'a>>, ConfigError> {
    rules.parameters.iter().map(|parameter| value(parameter, operation, input, client)).collect()
}

/// The first of what the operation, its input and the client say.
fn value<'a>(
    parameter: &Parameter,
    operation: &OperationSchema,
    input: &dyn Structure,
    client: &Client<'a>,
) -> Result<Value<'a>, ConfigError> {
    let told = context::value(operation, input, parameter.name);
    if told.is_set() {
        return Ok(told);
    }
    if let Some(given) = client.built_ins.given(parameter) {
        return Ok(given.clone());
    }
    Ok(match parameter.built_in {
        Some("AWS::Region") => client.region.into(),
        Some("SDK::Endpoint") => client.endpoint.into(),
        Some("AWS::Auth::AccountId") => client.account.into(),
        name => {
            let name = name.unwrap_or(parameter.name);
            match client.endpoint {
                Some(_) => client.built_ins.get_for_given(name)?.clone(),
                None => client.built_ins.get(name)?.clone(),
            }
        }
    })
}

/// The values by name, for messages: those that are set.
pub(super) fn shown(rules: &RuleSet, values: &[Value<'_>]) -> String {
    let set = rules.parameters.iter().zip(values).filter(|(_, value)| value.is_set());
    let pairs: Vec<_> = set.map(|(parameter, value)| format!("{} = {value}", parameter.name)).collect();
    pairs.join(", ")
}
