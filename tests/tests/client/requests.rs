//! Requests as the client sends them.

use crate::{
    SECRET, client_of, server,
    service::{Ask, AskAnonymously, AskOfData},
};
use myrina::{Client, config::Environment, credentials::Credentials};
use myrina_tests::MockResponse;

#[tokio::test]
async fn a_request_has_the_expected_headers_and_no_others() {
    let server = server([MockResponse::ok("sent")]);
    let client = client_of(&server).build().unwrap();
    let message = client.send(Ask::new("arn%3Aaws%3Ax").text("why?")).await.unwrap();
    assert_eq!(message.text.as_deref(), Some("sent"));

    let [request] = &server.requests()[..] else { panic!("one request") };
    assert_eq!((request.method.as_str(), request.uri().as_str()), ("POST", "/ask/arn%3Aaws%3Ax?plain"));
    assert_eq!(request.text(), "why?");
    let header = |name: &str| request.header(name).unwrap_or_else(|| panic!("no {name} in {request:?}"));
    assert_eq!(header("host"), server.address().to_string());
    assert_eq!(header("content-length"), "4");
    assert_eq!(header("amz-sdk-request"), "attempt=1; max=1");
    assert_eq!(header("amz-sdk-invocation-id").len(), 36);
    assert!(header("user-agent").starts_with("myrina/"), "{request:?}");
    assert!(header("user-agent").contains("api/plain-text#2020-02-02"), "{request:?}");
    let authorization = header("authorization");
    assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"), "{authorization}");
    assert!(authorization.contains("/eu-west-1/plain/aws4_request"), "{authorization}");
    assert!(
        authorization.contains("SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;host;x-amz-date;x-token")
    );
    for name in
        ["accept-encoding", "referer", "x-amz-security-token", "x-amz-content-sha256", "x-amzn-trace-id"]
    {
        assert_eq!(request.header(name), None);
    }
    assert!(!format!("{request:?}").contains(SECRET));
}

#[tokio::test]
async fn connections_are_pooled_and_shared_by_clones() {
    let server = server([MockResponse::ok("1"), MockResponse::ok("2"), MockResponse::ok("3")]);
    let client = client_of(&server).build().unwrap();
    for client in [client.clone(), client.clone(), client] {
        client.send(Ask::new("x")).await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (3, 1));
    assert!(server.requests().iter().all(|request| request.header("content-length").as_deref() == Some("0")));
}

#[tokio::test]
async fn session_tokens_are_sent() {
    let server = server([MockResponse::ok("")]);
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET).with_session_token("TOKEN");
    client_of(&server).credentials(credentials).build().unwrap().send(Ask::new("x")).await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.header("x-amz-security-token").as_deref(), Some("TOKEN"));
    assert!(request.header("authorization").unwrap().contains("x-amz-security-token"));
}

#[tokio::test]
async fn unsigned_operations_need_neither_credentials_nor_region() {
    let server = server([MockResponse::ok("")]);
    let client =
        Client::builder().environment(Environment::empty()).endpoint_url(server.url()).build().unwrap();
    client.send(AskAnonymously::new("x")).await.unwrap();
    assert_eq!(server.requests()[0].header("authorization"), None);
}

#[tokio::test]
async fn idempotency_tokens_are_random_or_custom() {
    let server = server([MockResponse::ok(""), MockResponse::ok(""), MockResponse::ok("")]);
    let fixed = client_of(&server).idempotency_tokens(|| "my-token".to_owned()).build().unwrap();
    fixed.send(Ask::new("x")).await.unwrap();
    let random = client_of(&server).build().unwrap();
    random.send(Ask::new("x")).await.unwrap();
    random.send(Ask::new("x")).await.unwrap();
    let tokens: Vec<String> =
        server.requests().iter().filter_map(|request| request.header("x-token")).collect();
    assert_eq!(tokens[0], "my-token");
    assert_eq!(tokens[1].len(), 36);
    assert_ne!(tokens[1], tokens[2]);
}

#[tokio::test]
async fn paths_with_dot_segments_are_rejected() {
    let server = server([]);
    let client = client_of(&server).build().unwrap();
    for name in ["..", "%2e%2E", ".", "a/../b"] {
        let error = client.send(Ask::new(name)).await.unwrap_err().to_string();
        assert!(error.starts_with("Plain Text.Ask: ") && error.contains("cannot be sent"), "{error}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn host_prefixes_are_added_to_host_names_only() {
    let server = server([MockResponse::ok(""), MockResponse::ok("")]);
    // A server custom: as it is.
    client_of(&server).build().unwrap().send(AskOfData::new("x")).await.unwrap();
    assert_eq!(server.requests()[0].header("host"), Some(server.address().to_string()));
    // Unless the setting says otherwise.
    let http = Client::http_builder().unwrap().resolve("data.plain.test", server.address());
    let client = client_of(&server)
        .http_client(http.build().unwrap())
        .endpoint_url(format!("http://plain.test:{}", server.address().port()))
        .environment(Environment::empty().with("AWS_DISABLE_HOST_PREFIX_INJECTION", "false"))
        .build()
        .unwrap();
    client.send(AskOfData::new("x")).await.unwrap();
    let expected = format!("data.plain.test:{}", server.address().port());
    assert_eq!(server.requests()[1].header("host"), Some(expected));
}

#[tokio::test]
async fn inside_lambda_the_trace_id_is_forwarded() {
    let server = server([MockResponse::ok("")]);
    let environment = Environment::empty()
        .with("AWS_LAMBDA_FUNCTION_NAME", "f")
        .with("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793");
    client_of(&server).environment(environment).build().unwrap().send(Ask::new("x")).await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        request.header("x-amzn-trace-id").as_deref(),
        Some("Root=1-5759e988-bd862e3fe1be46a994272793")
    );
    assert!(!request.header("authorization").unwrap().contains("trace"));
}

#[test]
fn calls_are_send_and_debug_hides_secrets() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    let server = server([]);
    let client = client_of(&server).build().unwrap();
    drop(send(client.send(Ask::new("x"))));
    for shown in [format!("{client:?}"), format!("{:?}", client_of(&server))] {
        assert!(shown.contains("eu-west-1") || shown.contains("AKIDEXAMPLE"), "{shown}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
}
