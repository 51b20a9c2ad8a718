//! A hand-written service with a trivial protocol: the body is plain text.

use bytes::Bytes;
use http::HeaderValue;
use myrina::{
    ByteStream, Document, Map, Timestamp,
    codec::{CodecError, List, Mapping, MemberWriter, Reader, StreamingBody, Structure, Value, Writer},
    codegen::{Operation, structure},
    error::ServiceError,
    operation::{
        Auth, OperationSchema, Protocol, Request, RequestOptions, Response, ResponseBody, ServiceSchema,
    },
    schema::{self, Location, Member},
};
use std::borrow::Cow;

pub(crate) const SERVICE: ServiceSchema =
    ServiceSchema::new("Plain Text", "plain", "2020-02-02", "plaintext", &PlainText).signing_name("plain");

/// Text in, text out.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(crate) struct Ask {
    pub(crate) name: String,
    pub(crate) text: Option<String>,
}

structure! {
    Ask "AskRequest" new(name: required String) {
        0 NAME name: required String = string("Name").required().label("Name");
        1 TEXT text: optional String = string("Text");
    }
}

#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub(crate) struct Told {
    pub(crate) text: Option<String>,
}

structure! {
    Told "AskResponse" new() {
        0 TEXT text: optional String = string("Text");
    }
}

const ASK: OperationSchema = OperationSchema::new(
    &SERVICE,
    "Ask",
    "POST",
    "/ask/{Name}?plain",
    myrina::codec::structure::<Ask>(""),
    myrina::codec::structure::<Told>(""),
);

impl Operation for Ask {
    type Response = Told;
    const SCHEMA: &'static OperationSchema = &ASK;
}

/// The same with another trait.
macro_rules! variant {
    ($name:ident $schema:expr) => {
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub(crate) struct $name {
            pub(crate) name: String,
        }

        structure! {
            $name "AskRequest" new(name: required String) {
                0 NAME name: required String = string("Name").required().label("Name");
            }
        }

        impl Operation for $name {
            type Response = Told;
            const SCHEMA: &'static OperationSchema = &$schema;
        }
    };
}

variant! { AskAnonymously ASK.auth(&[Auth::None]) }
variant! { AskOfData ASK.host_prefix("data.") }
variant! { AskWithToken ASK.auth(&[Auth::Bearer]) }
variant! { AskEitherWay ASK.auth(&[Auth::SigV4a, Auth::SigV4, Auth::Bearer]) }
variant! { AskEverywhere ASK.auth(&[Auth::SigV4a]) }

/// A stream in, a stream out.
#[non_exhaustive]
pub(crate) struct Relay {
    pub(crate) body: Option<ByteStream>,
}

structure! {
    Relay "Relay" new() {
        0 BODY body: optional ByteStream = stream("Body").payload();
    }
}

const RELAY: OperationSchema = OperationSchema::new(
    &SERVICE,
    "Relay",
    "PUT",
    "/relay",
    myrina::codec::structure::<Relay>(""),
    myrina::codec::structure::<Relay>(""),
);

impl Operation for Relay {
    type Response = Relay;
    const SCHEMA: &'static OperationSchema = &RELAY;
}

#[derive(Debug)]
struct PlainText;

impl Protocol for PlainText {
    fn name(&self) -> &'static str {
        "plain-text"
    }

    fn write_request(
        &self,
        operation: &'static OperationSchema,
        input: &dyn Structure,
        settings: &RequestOptions<'_>,
    ) -> Result<Request, CodecError> {
        let mut texts = Texts { schema: input.schema(), found: Map::default() };
        input.write(&mut texts);
        let name = texts.found.swap_remove("Name").unwrap_or_default();
        let token = HeaderValue::try_from((settings.idempotency_token)());
        let token = token.map_err(|error| CodecError::new(error.to_string()))?;
        let mut request = Request::new(operation.method, operation.uri.replace("{Name}", &name));
        request.headers.insert("x-token", token);
        request.body = texts.found.swap_remove("Text").unwrap_or_default().into();
        request.host_prefix = operation.host_prefix.map(ToOwned::to_owned);
        Ok(request)
    }

    fn read_response(
        &self,
        _: &'static OperationSchema,
        response: Response,
        output: &mut dyn Structure,
    ) -> Result<(), CodecError> {
        let Some(member) = output.schema().members.first() else { return Ok(()) };
        let slot = output.member_mut(0).ok_or_else(|| CodecError::new("no slot"))?;
        let read = slot.read(member, &mut Whole(Some(response.body)));
        read.map_err(|error| error.in_member(member.name))
    }

    fn read_error(&self, _: &'static OperationSchema, response: Response) -> ServiceError {
        let text = match response.body {
            ResponseBody::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            ResponseBody::Stream(_) => "errors do not stream".to_owned(),
        };
        let code =
            response.headers.get("x-code").and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
        let error = ServiceError::new(response.status).with_message(Some(text));
        if let Some(code) = code { error.with_code(code) } else { error }
    }
}

/// The texts among the members.
struct Texts {
    schema: &'static schema::Schema,
    found: Map<&'static str, String>,
}

impl MemberWriter for Texts {
    fn member(&mut self, index: usize, value: &dyn Value) {
        let member = &self.schema.members[index];
        if member.location != Location::Payload && !value.is_absent() {
            value.write(member, self);
        }
    }
}

impl Writer for Texts {
    fn string(&mut self, at: &'static Member, value: &str) {
        self.found.insert(at.name, value.to_owned());
    }

    fn null(&mut self, _: &'static Member) {}
    fn boolean(&mut self, _: &'static Member, _: bool) {}
    fn integer(&mut self, _: &'static Member, _: i64) {}
    fn float(&mut self, _: &'static Member, _: f32) {}
    fn double(&mut self, _: &'static Member, _: f64) {}
    fn blob(&mut self, _: &'static Member, _: &Bytes) {}
    fn timestamp(&mut self, _: &'static Member, _: Timestamp) {}
    fn document(&mut self, _: &'static Member, _: &Document) {}
    fn structure(&mut self, _: &'static Member, _: &dyn Structure) {}
    fn list(&mut self, _: &'static Member, _: &dyn List) {}
    fn map(&mut self, _: &'static Member, _: &dyn Mapping) {}
    fn fail(&mut self, _: CodecError) {}
}

/// The whole body as text, or as it comes.
struct Whole(Option<ResponseBody>);

fn other<T>() -> Result<T, CodecError> {
    Err(CodecError::expected("text", "something else"))
}

impl Reader for Whole {
    fn string(&mut self, at: &'static Member) -> Result<Cow<'_, str>, CodecError> {
        match self.0.take() {
            Some(ResponseBody::Bytes(bytes)) => match String::from_utf8(bytes.into()) {
                Ok(text) => Ok(text.into()),
                Err(error) => Err(CodecError::expected(at.expected(), error)),
            },
            _ => Err(CodecError::new("the body is not whole")),
        }
    }

    fn take_body(&mut self, _: &'static Member) -> Result<Option<StreamingBody>, CodecError> {
        match self.0.take() {
            Some(ResponseBody::Stream(stream)) => Ok(Some(Box::new(stream))),
            _ => Err(CodecError::new("the body does not stream")),
        }
    }

    fn null(&mut self) -> Result<bool, CodecError> {
        Ok(false)
    }
    fn boolean(&mut self, _: &'static Member) -> Result<bool, CodecError> {
        other()
    }
    fn integer(&mut self, _: &'static Member) -> Result<i64, CodecError> {
        other()
    }
    fn double(&mut self, _: &'static Member) -> Result<f64, CodecError> {
        other()
    }
    fn blob(&mut self, _: &'static Member) -> Result<Bytes, CodecError> {
        other()
    }
    fn timestamp(&mut self, _: &'static Member) -> Result<Timestamp, CodecError> {
        other()
    }
    fn document(&mut self, _: &'static Member) -> Result<Document, CodecError> {
        other()
    }
    fn structure(&mut self, _: &'static Member, _: &mut dyn Structure) -> Result<(), CodecError> {
        other()
    }
    fn list(&mut self, _: &'static Member, _: &mut dyn List) -> Result<(), CodecError> {
        other()
    }
    fn map(&mut self, _: &'static Member, _: &mut dyn Mapping) -> Result<(), CodecError> {
        other()
    }
}
