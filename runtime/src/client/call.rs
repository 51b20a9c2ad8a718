//! One call, from the input to the output. Everything here is compiled once, for all operations.

use super::{Client, attempt::attempt, prepare::prepare, presigned};
use crate::{
    codec::Structure,
    error::{Error, ErrorKind, Timeout, TimeoutKind},
    operation::OperationSchema,
};
use std::pin::Pin;

/// A call under way.
type Call<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

impl Client {
    /// Sends `input`, and reads the answer into `output`.
    pub(crate) fn call<'a>(
        &'a self,
        operation: &'static OperationSchema,
        input: &'a mut dyn Structure,
        output: &'a mut dyn Structure,
    ) -> Call<'a> {
        Box::pin(async move {
            let work = self.exchange(operation, input, output);
            let result = match self.0.limits.operation {
                Some(limit) => tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
                    Err(ErrorKind::Timeout(Timeout::new(TimeoutKind::Operation, limit)).into())
                }),
                None => work.await,
            };
            result.map_err(|error| error.in_operation(operation.service.id, operation.name))
        })
    }

    async fn exchange(
        &self,
        operation: &'static OperationSchema,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        let mut request = prepare(&self.0, operation, input).await?;
        presigned::add_copy(&self.0, &mut request).await?;
        attempt(&self.0, &mut request, 1, output).await
    }
}
