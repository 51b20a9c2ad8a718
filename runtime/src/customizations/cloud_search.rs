//! Rules of CloudSearch's domains.

use crate::{
    codec::CodecError,
    operation::{Interceptor, OperationSchema, Request},
};
use http::{
    HeaderValue,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};

/// A search has its parameters in the query, which may become longer than servers take: they are sent as a form instead.
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchForm;

/// [`SearchForm`], to be named.
pub static SEARCH_FORM: SearchForm = SearchForm;

impl Interceptor for SearchForm {
    fn request(&self, _: &'static OperationSchema, request: &mut Request) -> Result<(), CodecError> {
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
