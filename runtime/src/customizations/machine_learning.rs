//! Customizations of Machine Learning.

use super::text;
use crate::{
    codec::Structure,
    operation::{AttemptContext, HookError, Hooks, Interceptor},
};

/// Sends a prediction to the endpoint of its model, which is a member of the input.
#[derive(Clone, Copy, Debug, Default)]
pub struct PredictEndpoint;

impl Interceptor for PredictEndpoint {
    fn hooks(&self) -> Hooks {
        Hooks::ENDPOINT
    }

    fn endpoint(
        &self,
        _: &mut AttemptContext<'_>,
        input: &mut dyn Structure,
    ) -> Result<Option<String>, HookError> {
        Ok(text(input, "PredictEndpoint").filter(|endpoint| !endpoint.is_empty()))
    }
}
