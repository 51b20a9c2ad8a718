//! Calls by name.

use super::{Blobs, Operation};
use crate::{
    client::Client,
    codec::CodecError,
    error::{Error, ErrorKind},
    stream::StreamError,
};
use serde_json::Value;

impl Client {
    /// Sends the request that is `operation` with `input`, and waits for all of its answer: [`dynamic`](crate::dynamic) says
    /// how JSON stands for either.
    ///
    /// Fails as [`send`](Self::send) does. Input that does not fit the model is an error before anything is sent, with the
    /// operation, the place and what was expected there: `Lambda.ListFunctions: the request cannot be written: at MaxItems:
    /// expected a 32-bit integer, found a string`.
    pub async fn send_dynamic(
        &self,
        operation: &Operation,
        input: &Value,
        blobs: Blobs,
    ) -> Result<Value, Error> {
        let schema = operation.schema();
        let told = |error: Error| error.in_operation(schema.service.id, schema.name);
        let request = operation.request(input, blobs);
        let mut request = request.map_err(|error| told(ErrorKind::Request(error).into()))?;
        let mut response = operation.response();
        self.call(schema, request.as_mut(), response.as_mut()).await?;
        super::collect(response.as_mut(), blobs).await.map_err(|error| told(within_answer(error)))
    }
}

/// What went wrong while the answer's streams were read, or became JSON.
fn within_answer(error: StreamError) -> Error {
    // The client says its own errors in its own words.
    let error = match error.downcast::<Error>() {
        Ok(error) => return *error,
        Err(error) => error,
    };
    match error.downcast::<CodecError>() {
        // There is output behind successes only.
        Ok(error) => ErrorKind::Response { status: 200, request_id: None, error: *error }.into(),
        Err(error) => ErrorKind::Connection(error).into(),
    }
}
