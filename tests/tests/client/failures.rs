//! Failures of calls, and their errors.

use crate::{client_of, server, service::Ask, timeout};
use myrina::{
    Client, Error, ErrorKind,
    config::Environment,
    error::{Timeout, TimeoutKind},
};
use myrina_lambda::list_functions::ListFunctions;
use myrina_tests::{MockResponse, MockServer};
use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    time::{Duration, Instant},
};

async fn failed(server: &MockServer) -> Error {
    client_of(server).build().unwrap().send(Ask::new("x")).await.unwrap_err()
}

#[tokio::test]
async fn every_status_outside_2xx_is_an_error_with_that_status() {
    for status in [200, 201, 204, 299] {
        let server = server([MockResponse::new(status)]);
        client_of(&server).build().unwrap().send(Ask::new("x")).await.unwrap();
    }
    for status in [300, 304, 400, 403, 404, 429, 500, 503] {
        let server =
            server([MockResponse::new(status).header("x-code", "Odd").header("x-amzn-RequestId", "id-1")]);
        let error = failed(&server).await;
        assert_eq!(error.service().map(myrina::error::ServiceError::status), Some(status));
        assert_eq!((error.code(), error.request_id()), (Some("Odd"), Some("id-1")));
        let text = error.to_string();
        assert!(text.starts_with("Plain Text.Ask: Odd") && text.contains(&status.to_string()), "{text}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 307, 308] {
        let target = server([MockResponse::ok("")]);
        let server = server([MockResponse::new(status).header("location", &target.url())]);
        let error = failed(&server).await;
        assert_eq!(error.service().map(myrina::error::ServiceError::status), Some(status));
        assert_eq!(target.connections(), 0);
    }
}

#[tokio::test]
async fn broken_connections_are_reported_with_the_host() {
    let replies = [
        (MockResponse::disconnect(), "the connection was broken by"),
        (MockResponse::ok("half").cut(8), "the response was cut short by"),
        (MockResponse::ok("half").chunked().cut(8), "the response was cut short by"),
    ];
    for (reply, words) in replies {
        let server = server([reply, MockResponse::ok("never")]);
        let error = failed(&server).await;
        let text = error.to_string();
        assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
        assert!(text.starts_with("Plain Text.Ask: ") && text.contains(words), "{text}");
        assert!(text.contains(&server.url()), "{text}");
        assert_eq!(server.requests().len(), 1, "nothing is sent twice");
    }
}

#[tokio::test]
async fn a_truncated_error_body_keeps_the_status() {
    let server = server([MockResponse::new(500).body("half").cut(8)]);
    assert_eq!(failed(&server).await.service().map(myrina::error::ServiceError::status), Some(500));
}

#[tokio::test]
async fn a_refused_connection_is_a_connection_error() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let environment = Environment::empty()
        .with("AWS_ENDPOINT_URL", &url)
        .with("AWS_REGION", "eu-west-1")
        .with("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .with("AWS_SECRET_ACCESS_KEY", "secret");
    let client = Client::builder().environment(environment).build().unwrap();
    let error = client.send(Ask::new("x")).await.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
    assert!(text.contains(&format!("cannot connect to {url} (AWS_ENDPOINT_URL)")), "{text}");
    assert!(text.to_lowercase().contains("refused"), "{text}");
}

/// Asserts that an error says `advice` before the text of the libraries below, where `main` prints it too.
fn assert_advice(error: &Error, advice: &str, raw: &str) {
    assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
    for text in [error.to_string(), format!("{error:?}")] {
        let (before, _) = text.split_once(raw).unwrap_or_else(|| panic!("no {raw:?} in {text}"));
        assert!(before.contains(advice), "{text}");
    }
}

#[tokio::test]
async fn https_to_an_http_server_is_answered_with_advice() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || listener.accept().unwrap().0.write_all(b"HTTP/1.1 400 No\r\n\r\n").unwrap());
    let client = client_of(&server([])).endpoint_url(&url).build().unwrap();
    let error = client.send(Ask::new("x")).await.unwrap_err();
    // Without root certificates on the machine, it does not come to a connection.
    if !matches!(error.kind(), ErrorKind::Config(_)) {
        assert_advice(&error, "if that is HTTP, the URL begins with `http://`", "corrupt message");
        assert!(error.to_string().contains(&url), "{error}");
    }
}

#[tokio::test]
async fn http_to_a_tls_server_is_answered_with_advice() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut tls = rustls::server::Acceptor::default();
        while tls.read_tls(&mut connection).unwrap() > 0 {
            if let Err((_, mut alert)) = tls.accept() {
                alert.write_all(&mut connection).unwrap();
                // Closed only by the client, so that the alert is not lost.
                return drop(connection.read(&mut [0]));
            }
        }
    });
    let client = client_of(&server([])).endpoint_url(&url).build().unwrap();
    let error = client.send(Ask::new("x")).await.unwrap_err();
    assert_advice(&error, "if that is TLS, the URL begins with `https://`", "invalid HTTP version");
    assert!(error.to_string().contains(&url), "{error}");
}

/// Knows no host.
struct NoHosts;

impl reqwest::dns::Resolve for NoHosts {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        Box::pin(async { Err("no such host".into()) })
    }
}

#[tokio::test]
async fn a_host_that_does_not_exist_leads_to_the_region_or_the_endpoint() {
    let http = Client::http_builder().unwrap().dns_resolver(std::sync::Arc::new(NoHosts)).build().unwrap();
    let client = || {
        Client::builder()
            .environment(Environment::empty())
            .region("eu-wst-1")
            .credentials(myrina::credentials::Credentials::new("AKIDEXAMPLE", "secret"))
            .http_client(http.clone())
    };
    let error = client().build().unwrap().send(ListFunctions::new()).await.unwrap_err();
    assert_advice(&error, "check that the region `eu-wst-1` exists", "dns error");
    assert!(error.is_connect() && error.to_string().contains("no such host"), "{error}");
    let custom = client().endpoint_url("http://eu-wst-1.example").build().unwrap();
    let error = custom.send(ListFunctions::new()).await.unwrap_err();
    assert_advice(&error, "check that it is spelled right", "dns error");
    // The same by the resolver of the system.
    let url = "http://myrina.invalid";
    let error =
        client_of(&server([])).endpoint_url(url).build().unwrap().send(Ask::new("x")).await.unwrap_err();
    assert_advice(&error, "check that it is spelled right", "dns error");
}

#[tokio::test]
async fn a_silent_service_causes_a_read_timeout() {
    let limit = Duration::from_millis(150);
    let late = Duration::from_secs(20);
    for reply in [MockResponse::ok("").delayed(late), MockResponse::ok("a").pause(late).body("b")] {
        let server = server([reply]);
        let client = client_of(&server).read_timeout(limit).build().unwrap();
        let begun = Instant::now();
        let error = client.send(Ask::new("x")).await.unwrap_err();
        assert_eq!(timeout(&error), Some(Timeout::new(TimeoutKind::Read, limit)), "{error:?}");
        assert!(begun.elapsed() >= limit && begun.elapsed() < late, "{:?}", begun.elapsed());
        assert!(
            error
                .to_string()
                .starts_with("Plain Text.Ask: the service sent nothing for 0.15 s: read timeout"),
            "{error}"
        );
    }
}

/// The other side takes the connection, and then says nothing to whoever wants to speak TLS.
#[tokio::test]
async fn an_unreachable_host_causes_a_connect_timeout() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let limit = Duration::from_millis(150);
    let builder = client_of(&server([])).endpoint_url(format!("https://{}", silent.local_addr().unwrap()));
    let client = builder.connect_timeout(limit).build().unwrap();
    let error = client.send(Ask::new("x")).await.unwrap_err();
    assert_eq!(timeout(&error), Some(Timeout::new(TimeoutKind::Connect, limit)), "{error:?}");
    let said = "Plain Text.Ask: no connection was made within 0.15 s: connect timeout";
    assert_eq!(error.to_string(), said);
}

/// The limit of another's HTTP client is not known here, but the time is that passed.
#[tokio::test]
async fn a_custom_http_client_keeps_its_own_timeouts() {
    let server = server([MockResponse::ok("").delayed(Duration::from_secs(20))]);
    let limit = Duration::from_millis(150);
    let http = Client::http_builder().unwrap().timeout(limit).build().unwrap();
    let client = client_of(&server).http_client(http).build().unwrap();
    let error = client.send(Ask::new("x")).await.unwrap_err();
    let timeout = timeout(&error).unwrap();
    assert_eq!(timeout.kind, TimeoutKind::HttpClient);
    assert!(timeout.after >= limit && timeout.after < Duration::from_secs(20), "{timeout:?}");
    assert!(error.to_string().contains("timeout of the HTTP client"), "{error}");
}

#[tokio::test]
async fn the_connect_timeout_of_a_custom_http_client_is_its_own() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let (own, limit) = (Duration::from_millis(10), Duration::from_millis(150));
    let http = Client::http_builder().unwrap().connect_timeout(limit).build().unwrap();
    let url = format!("https://{}", silent.local_addr().unwrap());
    let builder = client_of(&server([])).endpoint_url(url).connect_timeout(own).http_client(http);
    let error = builder.build().unwrap().send(Ask::new("x")).await.unwrap_err();
    let timeout = timeout(&error).unwrap();
    assert!(timeout.kind == TimeoutKind::HttpClient && timeout.after >= limit, "{timeout:?}");
}

#[tokio::test]
async fn a_slow_response_resets_the_read_timeout_but_not_the_operation_timeout() {
    let drip =
        || (0..5).fold(MockResponse::new(200), |reply, _| reply.pause(Duration::from_millis(80)).body("x"));
    let server = server([drip(), drip()]);
    let patient = client_of(&server).read_timeout(Duration::from_millis(250));
    let message = patient.build().unwrap().send(Ask::new("x")).await.unwrap();
    assert_eq!(message.text.as_deref(), Some("xxxxx"));
    let limit = Duration::from_millis(200);
    let client = client_of(&server).operation_timeout(limit).build().unwrap();
    let error = client.send(Ask::new("x")).await.unwrap_err();
    assert_eq!(timeout(&error), Some(Timeout::new(TimeoutKind::Operation, limit)), "{error:?}");
}

#[tokio::test]
async fn responses_over_the_limit_are_rejected() {
    let replies = [
        MockResponse::ok("123456789"),
        MockResponse::ok("12345").chunked().body("6789"),
        MockResponse::ok("123456789").chunked(),
    ];
    for reply in replies {
        let server = server([reply.header("x-amz-request-id", "id-2")]);
        let client = client_of(&server).response_limit(8).build().unwrap();
        let error = client.send(Ask::new("x")).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Response { status: 200, .. }), "{error:?}");
        assert!(error.to_string().contains("more than 8 bytes"), "{error}");
        assert_eq!(error.request_id(), Some("id-2"));
    }
    let server = server([MockResponse::ok("12345").chunked().body("678")]);
    client_of(&server).response_limit(8).build().unwrap().send(Ask::new("x")).await.unwrap();
}

#[tokio::test]
async fn unreadable_responses_report_their_path() {
    let server = server([MockResponse::ok(b"\xff").header("x-amzn-requestid", "id-3")]);
    let text = failed(&server).await.to_string();
    assert!(text.contains("at Text: expected a string") && text.contains("id-3"), "{text}");
}
