//! Customizations of CloudSearch domains.

use crate::{
    http::RequestBody,
    operation::{CallContext, HookError, Hooks, Interceptor, Request},
};
use http::{
    HeaderValue,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};

/// Sends the parameters of a search as a form in the body. The model puts them into the query, which can become longer than
/// servers accept.
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchForm;

impl Interceptor for SearchForm {
    fn hooks(&self) -> Hooks {
        Hooks::AFTER_SERIALIZATION
    }

    fn after_serialization(
        &self,
        _: &mut CallContext,
        request: &mut Request<RequestBody>,
    ) -> Result<(), HookError> {
        let Some((path, query)) = request.uri.split_once('?').filter(|_| request.method == "GET") else {
            return Ok(());
        };
        let (path, query) = (path.to_owned(), query.to_owned());
        request.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        request.headers.insert(CONTENT_LENGTH, HeaderValue::from(query.len()));
        request.method = "POST";
        request.uri = path;
        request.body = query.into();
        Ok(())
    }
}
