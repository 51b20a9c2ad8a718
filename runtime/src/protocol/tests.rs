use super::{AWS_JSON, REST_JSON};
use crate::{
    Bytes, Map, Timestamp,
    codec::{CodecError, Structure, structure},
    error::{ModeledError as _, ServiceError},
    format::fixtures::{
        AllBindings, AllTypes, BlobPayload, Choice, StreamPayload, StructurePayload, Throttled,
    },
    operation::{OperationSchema, Protocol, Request, RequestOptions, Response, ResponseBody, ServiceSchema},
    schema::Member,
};
use ::http::HeaderMap;

static ERRORS: &[&crate::error::ErrorSchema] = &[Throttled::ERROR];

static REST: ServiceSchema =
    ServiceSchema::new("Rest", "rest", "2020-01-01", "rest", &REST_JSON).errors(ERRORS);

static RPC: ServiceSchema = ServiceSchema::new("Rpc", "rpc", "2020-01-01", "rpc", &AWS_JSON)
    .target_prefix("Rpc_20200101")
    .json_version("1.1")
    .query_compatible()
    .errors(ERRORS);

const fn rest<I: Structure>(uri: &'static str) -> OperationSchema {
    operation(&REST, uri, structure::<I>(""))
}

const fn operation(service: &'static ServiceSchema, uri: &'static str, member: Member) -> OperationSchema {
    OperationSchema::new(service, "Do", "POST", uri, member, member)
}

static BOUND: OperationSchema = rest::<AllBindings>("/b/{Bucket}/{Key+}?list").host_prefix("{Bucket}.data.");
static RAW: OperationSchema = rest::<BlobPayload>("/raw");
static NESTED: OperationSchema = rest::<StructurePayload>("/nested");
static STREAMED: OperationSchema = rest::<StreamPayload>("/streamed");
static CALL: OperationSchema = operation(&RPC, "/", structure::<AllTypes>(""));

fn write(operation: &'static OperationSchema, input: &dyn Structure) -> Result<Request, String> {
    let options = RequestOptions { idempotency_token: &|| "token-1".to_owned() };
    let request = operation.service.protocol.write_request(operation, input, &options);
    request.map_err(|error| error.to_string())
}

fn response(status: u16, headers: &[(&'static str, &'static str)], body: &'static str) -> Response {
    let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    Response {
        status,
        headers: headers.collect(),
        body: ResponseBody::Bytes(Bytes::from_static(body.as_bytes())),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap())
}

fn bound() -> AllBindings {
    let since = Timestamp::new(1_398_796_238, 0);
    AllBindings::new("my-bucket", "a b/c")
        .marker("x&y")
        .ids([1, 2])
        .filters([("f", vec!["1".to_owned(), "2".to_owned()])])
        .since(since)
        .agent("me")
        .tags(["a", "b,c", "\"d\""])
        .dates([since, Timestamp::EPOCH])
        .context("{\"a\":1}")
        .metadata([("one", "1")])
        .text("hello")
}

#[test]
fn members_are_written_where_they_are_bound() {
    let request =
        write(&BOUND, &bound().filters([("marker", vec!["lost".to_owned()]), ("f", vec!["1".to_owned()])]))
            .unwrap();
    assert_eq!(request.method, "POST");
    assert_eq!(request.uri, "/b/my-bucket/a%20b/c?list&marker=x%26y&id=1&id=2&f=1");
    assert_eq!(request.host_prefix.as_deref(), Some("my-bucket.data."));
    assert_eq!(request.body, r#"{"Text":"hello"}"#);
    for (name, value) in [
        ("content-type", "application/json"),
        ("content-length", "16"),
        ("if-modified-since", "Tue, 29 Apr 2014 18:30:38 GMT"),
        ("x-agent", "me"),
        ("x-tags", r#"a, "b,c", "\"d\"""#),
        ("x-dates", "Tue, 29 Apr 2014 18:30:38 GMT, Thu, 01 Jan 1970 00:00:00 GMT"),
        ("x-context", "eyJhIjoxfQ=="),
        ("x-meta-one", "1"),
        ("x-token", "token-1"),
    ] {
        assert_eq!(header(&request.headers, name), Some(value), "{name}");
    }
    assert_eq!(request.headers.len(), 9);
}

#[test]
fn written_messages_can_be_read() {
    let mut read = <AllBindings as Structure>::empty();
    REST_JSON.read_request(&BOUND, &write(&BOUND, &bound()).unwrap(), &mut read).unwrap();
    assert_eq!(read, bound().token("token-1"));

    let response = REST_JSON.write_response(&BOUND, &bound().status(207), 200).unwrap();
    assert_eq!(response.status, 207);
    let mut read = <AllBindings as Structure>::empty();
    REST_JSON.read_response(&BOUND, response, &mut read).unwrap();
    // Members that a request has in its URI are in the body of a response.
    assert_eq!(read, bound().status(207));

    let input = AllTypes::new("a").count(1).choice(Choice::Text("t".to_owned()));
    let mut read = <AllTypes as Structure>::empty();
    AWS_JSON.read_request(&CALL, &write(&CALL, &input).unwrap(), &mut read).unwrap();
    assert_eq!(read, input);
    let response = AWS_JSON.write_response(&CALL, &input, 200).unwrap();
    let mut read = <AllTypes as Structure>::empty();
    AWS_JSON.read_response(&CALL, response, &mut read).unwrap();
    assert_eq!(read, input);
}

#[test]
fn inputs_that_cannot_be_sent_are_errors() {
    for (input, error) in [
        (AllBindings::new("b", ""), "at Key: a part of the path must be set and not empty"),
        (
            AllBindings::new("a.b/evil.com", "k"),
            "at Bucket: expected a part of the host name, of letters, digits, dots and dashes, found \"a.b/evil.com\"",
        ),
        (
            AllBindings::new("b", "k").agent("a\r\nx: y"),
            "at Agent: expected a header field's value, without control characters or line breaks, found '\\r' at byte 1 \
             of \"a\\r\\nx: y\"",
        ),
    ] {
        assert_eq!(write(&BOUND, &input).unwrap_err(), error);
    }
    assert!(write(&BOUND, &AllBindings::new("b", "k").metadata([("a\nb", "v")])).is_err());
    assert!(write(&BOUND, &AllBindings::new("b", "k").metadata([("a", "v\n")])).is_err());
}

#[test]
fn a_payload_is_the_whole_body() {
    let request = write(&RAW, &BlobPayload::new().body(Bytes::from_static(b"\0\xff"))).unwrap();
    assert_eq!(
        (&request.body[..], header(&request.headers, "content-type")),
        (&b"\0\xff"[..], Some("application/octet-stream"))
    );
    let request = write(&RAW, &BlobPayload::new().body(Bytes::from_static(b"x")).kind("image/jpg")).unwrap();
    assert_eq!(header(&request.headers, "content-type"), Some("image/jpg"));
    let request = write(&RAW, &BlobPayload::new()).unwrap();
    assert!(request.body.is_empty() && request.headers.is_empty());
    let request = write(&NESTED, &StructurePayload::new()).unwrap();
    assert_eq!(
        (&request.body[..], header(&request.headers, "content-type")),
        (&b"{}"[..], Some("application/json"))
    );
    let error = write(
        &NESTED,
        &StructurePayload::new().body(AllTypes::new("").choice(Choice::Unknown(String::new()))),
    );
    assert!(error.unwrap_err().starts_with("at Body.Choice: expected a union"));

    let mut raw = BlobPayload::new();
    REST_JSON.read_response(&RAW, response(200, &[("content-type", "a/b")], "<x>"), &mut raw).unwrap();
    assert_eq!(raw, BlobPayload::new().kind("a/b").body(Bytes::from_static(b"<x>")));
    let mut raw = BlobPayload::new();
    REST_JSON.read_response(&RAW, response(204, &[], ""), &mut raw).unwrap();
    assert_eq!(raw, BlobPayload::new());
    let error = REST_JSON
        .read_response(&NESTED, response(200, &[], "{\"Name\":1}"), &mut StructurePayload::new())
        .unwrap_err();
    assert_eq!(error.to_string(), "at Body.Name: expected a string, found a number at byte 8");
}

#[test]
fn streams_are_not_read() {
    let request = write(&STREAMED, &StreamPayload::new().body(Bytes::from_static(b"x"))).unwrap();
    assert!(request.body.is_empty());
    assert_eq!(header(&request.headers, "content-type"), Some("application/octet-stream"));
    for body in
        [ResponseBody::Bytes(Bytes::from_static(b"x")), ResponseBody::Stream(Bytes::from_static(b"x").into())]
    {
        let mut output = StreamPayload::new();
        let response = Response { status: 200, headers: HeaderMap::new(), body };
        REST_JSON.read_response(&STREAMED, response, &mut output).unwrap();
        assert_eq!(output.body.unwrap().buffered().unwrap(), "x");
    }
}

#[test]
fn a_header_names_the_operation() {
    let request = write(&CALL, &AllTypes::new("a").count(1)).unwrap();
    assert_eq!((request.method, request.uri.as_str()), ("POST", "/"));
    assert_eq!(request.body, r#"{"Name":"a","_count":1}"#);
    for (name, value) in [
        ("content-type", "application/x-amz-json-1.1"),
        ("x-amz-target", "Rpc_20200101.Do"),
        ("x-amzn-query-mode", "true"),
        ("content-length", "23"),
    ] {
        assert_eq!(header(&request.headers, name), Some(value), "{name}");
    }
}

fn error(operation: &'static OperationSchema, response: Response) -> ServiceError {
    operation.service.protocol.read_error(operation, response)
}

#[test]
fn errors_contain_their_data() {
    let headers =
        [("x-amzn-errortype", "com.x#Slow:http://y"), ("retry-after", "7"), ("x-amzn-requestid", "r-1")];
    let error = error(&BOUND, response(429, &headers, r#"{"Message":"too fast","Reason":"r"}"#));
    assert_eq!((error.status(), error.code(), error.message()), (429, Some("Slow"), Some("too fast")));
    assert_eq!(error.request_id(), Some("r-1"));
    let data: &Throttled = error.modeled().unwrap();
    assert_eq!(*data, Throttled::new().message("too fast").retry_after(7).reason("r"));
    assert_eq!(data.error_schema().status, Some(429));
}

#[test]
fn the_code_is_read_from_the_protocols_place() {
    let both = r#"{"__type":"a#Slow","code":"Other"}"#;
    assert_eq!(error(&CALL, response(400, &[], both)).code(), Some("Slow"));
    assert_eq!(error(&BOUND, response(400, &[], r#"{"code":"One","__type":"Two"}"#)).code(), Some("One"));
    // A code that the model knows takes precedence.
    assert_eq!(error(&BOUND, response(400, &[], both)).code(), Some("Slow"));
    assert_eq!(error(&BOUND, response(400, &[], r#"{"Code":"Slow"}"#)).code(), Some("Slow"));
    assert_eq!(error(&BOUND, response(400, &[], r#"{"Code":"Slow","__type":"Two"}"#)).code(), Some("Two"));
    let query = [("x-amzn-query-error", "AWS.Slow;Sender")];
    let error = error(&CALL, response(400, &query, both));
    assert_eq!(error.code(), Some("AWS.Slow"));
    assert!(error.modeled::<Throttled>().is_some());
}

#[test]
fn malformed_bodies_do_not_hide_the_status() {
    for (body, message) in [
        ("", None),
        ("<html>Bad Gateway</html>", Some("Bad Gateway")),
        ("{\"code\":", Some("{\"code\":")),
        ("[1]", Some("[1]")),
        ("{\n  \"detail\": \"no route\"\n}\n", Some("{ \"detail\": \"no route\" }")),
        ("{\"code\":5,\"message\":{}}", Some("{\"code\":5,\"message\":{}}")),
    ] {
        for operation in [&BOUND, &CALL] {
            let error = error(operation, response(502, &[], body));
            assert_eq!((error.status(), error.code(), error.message()), (502, None, message), "{body}");
        }
    }
    let broken = response(500, &[("x-amzn-errortype", "Slow"), ("retry-after", "soon")], "{\"Reason\":1");
    // Members that cannot be read are absent, not zero.
    assert_eq!(error(&BOUND, broken).modeled(), Some(&Throttled::new()));
}

#[test]
fn errors_can_be_written() -> Result<(), CodecError> {
    let data = Throttled::new().message("m").retry_after(3).reason("r");
    for operation in [&BOUND, &CALL] {
        let protocol = operation.service.protocol;
        let read = error(operation, protocol.write_error(operation, &ServiceError::of(data.clone()))?);
        assert_eq!((read.status(), read.code(), read.message()), (429, Some("Slow"), Some("m")));
        assert_eq!(read.modeled(), Some(&data));
        let plain = ServiceError::new(503).with_code("Busy").with_message(Some("b".to_owned()));
        let read = error(operation, protocol.write_error(operation, &plain)?);
        assert_eq!((read.status(), read.code(), read.message()), (503, Some("Busy"), Some("b")));
    }
    Ok(())
}

#[test]
fn a_header_that_cannot_be_read_does_not_hide_what_can() {
    let mut output = <AllBindings as Structure>::empty();
    let headers = [("x-tags", "\"a"), ("x-context", "?"), ("x-meta-one", "1")];
    let wrong = response(200, &headers, r#"{"Text":"hello"}"#);
    let error = REST_JSON.read_response(&BOUND, wrong, &mut output).unwrap_err();
    assert!(error.to_string().starts_with("at Tags: expected a closing quote"), "{error}");
    assert_eq!(output.text.as_deref(), Some("hello"));
    assert_eq!(output.metadata.unwrap().len(), 1);
}

#[test]
fn keys_that_are_the_same_header_are_an_error() {
    let input = AllBindings::new("b", "k").metadata([("Key", "1"), ("other", "2"), ("kEY", "3")]);
    let error = write(&BOUND, &input).unwrap_err();
    assert!(error.contains("each is the name of a header field, found \"Key\" and \"kEY\""), "{error}");
}

#[test]
fn errors_have_both_identifiers_of_the_request() {
    let headers = [("x-amz-request-id", "one"), ("x-amz-id-2", "two")];
    let read = error(&BOUND, response(503, &headers, ""));
    assert_eq!((read.request_id(), read.extended_request_id()), (Some("one"), Some("two")));
    assert!(read.to_string().ends_with("(status 503, request id one, extended request id two)"), "{read}");
}

#[test]
fn the_headers_of_an_error_are_set_once() {
    let first = response(500, &[("x-a", "1"), ("x-b", "1")], "").headers;
    let second = response(500, &[("x-a", "2")], "").headers;
    assert_eq!(*ServiceError::new(500).with_headers(&first).with_headers(&second).headers(), second);
}

#[test]
fn prefixed_headers_leave_bound_ones() {
    let headers = [("x-meta-One", "1"), ("x-agent", "me"), ("x-tags", "a,\"b\\\"c\""), ("x-other", "o")];
    let mut output = <AllBindings as Structure>::empty();
    REST_JSON.read_response(&BOUND, response(200, &headers, ""), &mut output).unwrap();
    let expected = <AllBindings as Structure>::empty()
        .agent("me")
        .tags(["a", "b\"c"])
        .metadata([("one", "1")])
        .status(200);
    assert_eq!(output, expected);
    let metadata: Map<String, String> = Map::default();
    REST_JSON.read_response(&BOUND, response(200, &[], ""), &mut output).unwrap();
    assert_eq!(output.metadata, Some(metadata));
    let wrong = response(200, &[("if-modified-since", "yesterday")], "");
    REST_JSON.read_response(&BOUND, wrong, &mut output).unwrap();
    assert_eq!(output.since, None);
}
