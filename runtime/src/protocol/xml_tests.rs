// The macros define the public items of a generated crate, not all of which are used.
#![allow(dead_code, unreachable_pub)]

use super::{AWS_QUERY, EC2_QUERY, REST_XML};
use crate::{
    Bytes,
    codec::{Structure, structure},
    error::{ErrorSchema, ServiceError},
    format::fixtures::{AllBindings, AllTypes, BlobPayload, StructurePayload, Throttled},
    operation::{OperationSchema, Protocol, Request, RequestOptions, Response, ResponseBody, ServiceSchema},
};

static ERRORS: &[&ErrorSchema] = &[Throttled::ERROR];

const fn service(protocol: &'static dyn Protocol) -> ServiceSchema {
    ServiceSchema::new("Test", "test", "2020-01-01", "test", protocol).errors(ERRORS).xml_namespace("urn:t")
}

const fn operation<I: Structure, O: Structure>(service: &'static ServiceSchema) -> OperationSchema {
    OperationSchema::new(
        service,
        "Do",
        "POST",
        "/",
        structure::<I>("").named("DoRequest"),
        structure::<O>(""),
    )
}

static REST: ServiceSchema = service(&REST_XML);
static QUERY: ServiceSchema = service(&AWS_QUERY);
static EC2: ServiceSchema = service(&EC2_QUERY);
static REST_DO: OperationSchema = operation::<AllTypes, AllTypes>(&REST);
static QUERY_DO: OperationSchema = operation::<AllTypes, AllTypes>(&QUERY);
static EC2_DO: OperationSchema = operation::<AllTypes, AllTypes>(&EC2);
static NESTED: OperationSchema = operation::<StructurePayload, StructurePayload>(&REST);
static RAW: OperationSchema = operation::<BlobPayload, BlobPayload>(&REST);
static LOCATION: OperationSchema = operation::<AllBindings, Location>(&REST);

/// An output whose document consists of its root.
#[derive(Clone, PartialEq)]
struct Location {
    place: Option<String>,
    status: Option<i32>,
}

crate::codegen::structure! {
    Location "GetLocationOutput" new() {
        0 PLACE place: optional String = string("LocationConstraint");
        1 STATUS status: optional i32 = integer("Status").status_code();
    }
}

fn write(operation: &'static OperationSchema, input: &dyn Structure) -> Request {
    let options = RequestOptions { idempotency_token: &|| "token".to_owned() };
    operation.service.protocol.write_request(operation, input, &options).unwrap()
}

fn response(status: u16, headers: &[(&'static str, &'static str)], body: &'static str) -> Response {
    let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    Response {
        status,
        headers: headers.collect(),
        body: ResponseBody::Bytes(Bytes::from_static(body.as_bytes())),
    }
}

fn read<O: Structure>(operation: &'static OperationSchema, body: &'static str) -> Result<O, String> {
    let mut output = <O as Structure>::empty();
    let read = operation.service.protocol.read_response(operation, response(200, &[], body), &mut output);
    read.map(|()| output).map_err(|error| error.to_string())
}

fn body(response: Response) -> String {
    let ResponseBody::Bytes(bytes) = response.body else { return String::new() };
    String::from_utf8(bytes.into()).unwrap()
}

#[test]
fn requests_have_their_media_type() {
    let request = write(&REST_DO, &AllTypes::new("a"));
    assert_eq!(request.body, "<DoRequest><Name>a</Name></DoRequest>");
    assert_eq!(request.headers["content-type"], "application/xml");
    let request = write(&NESTED, &StructurePayload::new());
    assert!(request.body.is_empty() && request.headers.is_empty());
    for operation in [&QUERY_DO, &EC2_DO] {
        let request = write(operation, &AllTypes::new("a"));
        assert_eq!((request.method, &*request.uri), ("POST", "/"));
        assert_eq!(request.body, "Action=Do&Version=2020-01-01&Name=a");
        assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded; charset=utf-8");
        assert_eq!(request.headers["content-length"], "35");
    }
}

#[test]
fn results_are_read_from_the_protocols_element() {
    let wrapped = "<DoResponse xmlns='urn:t'><ResponseMetadata><Name>b</Name></ResponseMetadata>\
        <DoResult><Name>a</Name></DoResult></DoResponse>";
    assert_eq!(read::<AllTypes>(&QUERY_DO, wrapped).unwrap(), AllTypes::new("a"));
    assert_eq!(
        read::<AllTypes>(&QUERY_DO, "<DoResponse><Name>a</Name></DoResponse>").unwrap(),
        AllTypes::new("a")
    );
    let error = read::<AllTypes>(&QUERY_DO, "<DoResponse><DoResult><Name>a</Name></DoResult>").unwrap_err();
    assert!(
        error.contains("expected the end tags of all elements, found the end of the document"),
        "{error}"
    );
    let root = "<DoResponse xmlns='urn:t'><requestId>r</requestId><Name>a</Name></DoResponse>";
    assert_eq!(read::<AllTypes>(&EC2_DO, root).unwrap(), AllTypes::new("a"));
    assert_eq!(
        body(AWS_QUERY.write_response(&QUERY_DO, &AllTypes::new("a"), 200).unwrap()),
        "<DoResponse xmlns=\"urn:t\"><DoResult><Name>a</Name></DoResult></DoResponse>"
    );
    assert_eq!(
        body(EC2_QUERY.write_response(&EC2_DO, &AllTypes::new("a"), 200).unwrap()),
        "<DoResponse xmlns=\"urn:t\"><Name>a</Name></DoResponse>"
    );
}

#[test]
fn a_document_may_consist_of_its_root() {
    for (body, place) in [
        (
            "<?xml version='1.0'?>\n<LocationConstraint xmlns='urn:s3'>eu-west-1</LocationConstraint>\n",
            Some("eu-west-1"),
        ),
        ("<LocationConstraint/>", None),
        ("<LocationConstraint><LocationConstraint>x</LocationConstraint></LocationConstraint>", Some("x")),
        ("<DoOutput><LocationConstraint>y</LocationConstraint></DoOutput>", Some("y")),
        ("", None),
    ] {
        assert_eq!(read::<Location>(&LOCATION, body).unwrap().place.as_deref(), place, "{body}");
    }
}

#[test]
fn errors_contain_their_data() {
    let text = "<ErrorResponse><Error><Type>Sender</Type><Code>Slow</Code><Message>Wait.</Message>\
        <Reason>many</Reason></Error><RequestId>body</RequestId><HostId>host</HostId></ErrorResponse>";
    let error = REST_XML.read_error(&REST_DO, response(429, &[("retry-after", "7")], text));
    assert_eq!((error.status(), error.code(), error.message()), (429, Some("Slow"), Some("Wait.")));
    assert_eq!((error.request_id(), error.extended_request_id()), (Some("body"), Some("host")));
    let data = Throttled::new().message("Wait.").retry_after(7).reason("many");
    assert_eq!(error.modeled::<Throttled>(), Some(&data));

    let headers = &[("x-amz-request-id", "head")];
    let error =
        REST_XML.read_error(&REST_DO, response(500, headers, "<Throttled><Reason>a</Reason></Throttled>"));
    assert_eq!((error.code(), error.request_id()), (Some("Throttled"), Some("head")));
    assert_eq!(error.modeled::<Throttled>().and_then(|data| data.reason.as_deref()), Some("a"));

    for (text, message) in [("", None), ("<html><body>Bad<br></body></html>", Some("Bad")), ("\u{0}", None)] {
        for operation in [&REST_DO, &QUERY_DO, &EC2_DO] {
            let error = operation.service.protocol.read_error(operation, response(502, &[], text));
            assert_eq!((error.status(), error.code(), error.message()), (502, None, message), "{text}");
        }
    }
}

#[test]
fn errors_are_written_in_the_protocols_envelope() {
    let error =
        ServiceError::of(Throttled::new().reason("many").retry_after(7)).with_request_id(Some("id".into()));
    let rest = REST_XML.write_error(&REST_DO, &error).unwrap();
    assert_eq!(rest.headers["retry-after"], "7");
    assert_eq!(
        body(rest),
        "<ErrorResponse xmlns=\"urn:t\"><Error><Type>Sender</Type><Code>Slow</Code><Reason>many</Reason></Error>\
         <RequestId>id</RequestId></ErrorResponse>"
    );
    let plain = ServiceError::new(503).with_code("Other").with_message(Some("no".to_owned()));
    assert_eq!(
        body(EC2_QUERY.write_error(&EC2_DO, &plain).unwrap()),
        "<Response><Errors><Error><Code>Other</Code><Message>no</Message></Error></Errors>\
         <RequestID></RequestID></Response>"
    );
}

#[test]
fn an_error_in_a_success_is_detected() {
    let text = "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code></Error>";
    assert!(REST_XML.is_error_in_success(&REST_DO, &response(200, &[], text)));
    assert!(!REST_XML.is_error_in_success(&RAW, &response(200, &[], text)));
    assert!(!REST_XML.is_error_in_success(&REST_DO, &response(200, &[], "<Result><Error/></Result>")));
    assert!(!REST_XML.is_error_in_success(&REST_DO, &response(200, &[], "")));
    let nested = "<Response><Errors><Error><Code>X</Code></Error></Errors></Response>";
    for (protocol, operation) in [(&EC2_QUERY as &dyn Protocol, &EC2_DO), (&AWS_QUERY, &QUERY_DO)] {
        assert!(protocol.is_error_in_success(operation, &response(200, &[], nested)));
        assert!(protocol.is_error_in_success(operation, &response(200, &[], text)));
        assert!(
            !protocol
                .is_error_in_success(operation, &response(200, &[], "<DoResponse><Error/></DoResponse>"))
        );
    }
}
