//! Sends operations by name.

use super::{Blobs, Operation};
use crate::{
    client::Client,
    codec::CodecError,
    error::{Error, ErrorKind},
    operation::ResponseMetadata,
    stream::StreamError,
};
use serde_json::Value;

impl Client {
    /// Sends `operation` with `input` as JSON, and reads the whole response: see [`dynamic`](crate::dynamic).
    ///
    /// Fails as [`send`](Self::send) does, and if a stream of the response is longer than the limit for responses
    /// ([`response_limit`](crate::client::Builder::response_limit)). If the input does not fit the model, nothing is sent, and the error contains the
    /// operation, the path and what was expected: `Lambda.ListFunctions: the request cannot be written: at MaxItems:
    /// expected a 32-bit integer, found a string`.
    pub async fn send_dynamic(
        &self,
        operation: &Operation,
        input: &Value,
        blobs: Blobs,
    ) -> Result<Value, Error> {
        let schema = operation.schema();
        let in_operation = |error: Error| error.in_operation(schema.service.id, schema.name);
        let request = operation.request(input, blobs);
        let mut request = request.map_err(|error| in_operation(ErrorKind::Request(error).into()))?;
        let mut response = operation.response();
        let metadata = self.call(schema, request.as_mut(), response.as_mut()).await?;
        let output = super::collect_up_to(response.as_mut(), blobs, self.response_limit()).await;
        output.map_err(|error| in_operation(stream_error(error, &metadata)))
    }
}

/// Converts an error of the response's streams, or of their conversion to JSON.
fn stream_error(error: StreamError, metadata: &ResponseMetadata) -> Error {
    // Errors of the client stay as they are.
    let error = match error.downcast::<Error>() {
        Ok(error) => return *error,
        Err(error) => error,
    };
    match error.downcast::<CodecError>() {
        Ok(error) => {
            let request_id = metadata.request_id().map(ToOwned::to_owned);
            ErrorKind::Response { status: metadata.status(), request_id, error: *error }.into()
        }
        Err(error) => ErrorKind::Connection(error).into(),
    }
}
