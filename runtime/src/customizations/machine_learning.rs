//! Rules of Machine Learning.

use super::text;
use crate::{
    codec::{CodecError, Structure},
    operation::{Interceptor, OperationSchema},
};

/// A prediction is asked of the model's own address, which is a member of the input and goes along as one.
#[derive(Clone, Copy, Debug, Default)]
pub struct PredictEndpoint;

/// [`PredictEndpoint`], to be named.
pub static PREDICT_ENDPOINT: PredictEndpoint = PredictEndpoint;

impl Interceptor for PredictEndpoint {
    fn endpoint(
        &self,
        _: &'static OperationSchema,
        input: &mut dyn Structure,
    ) -> Result<Option<String>, CodecError> {
        Ok(text(input, "PredictEndpoint").filter(|address| !address.is_empty()))
    }
}
