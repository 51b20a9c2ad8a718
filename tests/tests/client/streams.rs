//! Bodies that are never buffered as a whole.

use crate::{client_of, server, service::Relay, timeout};
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http_body::{Body, Frame};
use myrina::{
    ByteStream, Client, Error, ErrorKind,
    error::{Timeout, TimeoutKind},
    http::{BoxFuture, HttpClient, HttpError, HttpRequest, HttpResponse},
    operation::{AttemptContext, HookError, Interceptor},
};
use myrina_tests::{Gate, MockResponse, MockServer};
use std::{
    error::Error as _,
    io::{Read as _, Write as _},
    net::TcpListener,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

async fn relayed(client: &Client, body: ByteStream) -> ByteStream {
    client.send(Relay::new().body(body)).await.unwrap().body.unwrap()
}

/// Gives its second half once the server has its first.
struct Halves {
    server: Arc<MockServer>,
    given: usize,
}

const HALF: usize = 100_000;

impl Body for Halves {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if self.given == 2 * HALF {
            return Poll::Ready(None);
        }
        if self.server.received() < self.given {
            let waker = context.waker().clone();
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(5));
                waker.wake();
            });
            return Poll::Pending;
        }
        self.given += HALF;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from(vec![b'x'; HALF])))))
    }
}

#[tokio::test]
async fn request_streams_are_sent_as_they_are_produced() {
    let server = Arc::new(server([MockResponse::ok("done")]));
    let client = client_of(&server).build().unwrap();
    let body = ByteStream::from_body(Halves { server: Arc::clone(&server), given: 0 });
    let answer = relayed(&client, body).await;
    assert_eq!(answer.collect().await.unwrap(), "done");
    let request = &server.requests()[0];
    assert_eq!(request.body.len(), 2 * HALF);
    assert_eq!(request.header("transfer-encoding").as_deref(), Some("chunked"));
    assert_eq!(request.header("x-amz-content-sha256").as_deref(), Some("UNSIGNED-PAYLOAD"));
    assert!(request.header("authorization").unwrap().contains("x-amz-content-sha256"));
}

#[tokio::test]
async fn bodies_in_memory_are_sent_with_their_length_and_signed() {
    let server = server([MockResponse::ok("")]);
    let client = client_of(&server).build().unwrap();
    relayed(&client, ByteStream::from("known")).await;
    let request = &server.requests()[0];
    assert_eq!((request.text().as_str(), request.header("content-length").as_deref()), ("known", Some("5")));
    assert_eq!(request.header("x-amz-content-sha256"), None);
}

#[tokio::test]
async fn response_streams_are_read_as_they_arrive() {
    let gate = Gate::new();
    let server = server([MockResponse::ok("first").chunked().wait_for(&gate).body("second")]);
    let client = client_of(&server).build().unwrap();
    let mut answer = relayed(&client, ByteStream::default()).await;
    assert_eq!(answer.next().await.unwrap().unwrap(), "first");
    gate.open();
    assert_eq!(answer.next().await.unwrap().unwrap(), "second");
    assert!(answer.next().await.is_none());
}

#[tokio::test]
async fn a_truncated_stream_ends_with_an_error() {
    let server = server([MockResponse::ok("half").cut(8), MockResponse::ok("half").chunked().cut(0)]);
    let client = client_of(&server).build().unwrap();
    for _ in 0..2 {
        let mut answer = relayed(&client, ByteStream::default()).await;
        let mut outcome = answer.next().await.unwrap();
        while let Ok(chunk) = outcome {
            assert_eq!(chunk, "half");
            outcome = answer.next().await.expect("an error before the end");
        }
        let error = outcome.unwrap_err().downcast::<Error>().unwrap();
        assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
        assert!(
            error.to_string().starts_with("Plain Text.Relay: the response was cut short by http"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_stalled_stream_ends_with_a_timeout() {
    let limit = Duration::from_millis(150);
    let server = server([MockResponse::ok("half").chunked().pause(Duration::from_secs(20)).body("late")]);
    let client = client_of(&server).read_timeout(limit).build().unwrap();
    let mut answer = relayed(&client, ByteStream::default()).await;
    assert_eq!(answer.next().await.unwrap().unwrap(), "half");
    let error = answer.next().await.unwrap().unwrap_err();
    let error = error.downcast::<Error>().unwrap();
    assert_eq!(timeout(&error), Some(Timeout::new(TimeoutKind::Read, limit)), "{error:?}");
}

#[tokio::test]
async fn an_error_of_the_request_stream_fails_the_call() {
    struct Failing;
    impl Body for Failing {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
            Poll::Ready(Some(Err(std::io::Error::other("the disk is gone"))))
        }
    }

    let server = server([MockResponse::ok("")]);
    let client = client_of(&server).build().unwrap();
    let error = client.send(Relay::new().body(ByteStream::from_body(Failing))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Plain Text.Relay: the request cannot be written: the source of the body failed: the disk is gone"
    );
    let ErrorKind::Request(cause) = error.kind() else { panic!("{error:?}") };
    assert!(cause.source().unwrap().is::<std::io::Error>() && !error.is_retryable(), "{error:?}");
}

/// A body of these chunks, of unknown length.
struct Chunks(Vec<&'static str>);

impl Body for Chunks {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Poll::Ready(self.0.pop().map(|chunk| Ok(Frame::data(chunk.into()))))
    }
}

#[tokio::test]
async fn an_error_of_another_call_in_the_request_stream_is_one_of_the_request() {
    let source = server([MockResponse::ok("half").cut(8)]);
    let half = relayed(&client_of(&source).build().unwrap(), ByteStream::default()).await;
    let server = server([MockResponse::ok("")]);
    let error = client_of(&server).build().unwrap().send(Relay::new().body(half)).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Request(_)) && !error.is_retryable(), "{error:?}");
    assert_eq!(error.http_error_kind(), None);
    let text = error.to_string();
    assert!(text.contains("the response was cut short by") && text.contains(&source.url()), "{text}");
}

/// States a length of zero.
#[derive(Debug)]
struct NoLength;

impl Interceptor for NoLength {
    fn before_signing(&self, _: &mut AttemptContext<'_>, request: &mut HttpRequest) -> Result<(), HookError> {
        request.headers.insert(CONTENT_LENGTH, 0.into());
        Ok(())
    }
}

#[tokio::test]
async fn a_stream_with_bytes_is_not_sent_as_an_empty_one() {
    let server = server([MockResponse::ok("")]);
    let client = client_of(&server).interceptor(NoLength).build().unwrap();
    let body = ByteStream::from_body(Chunks(vec!["bytes"]));
    let error = client.send(Relay::new().body(body)).await.unwrap_err();
    assert!(error.to_string().contains("the body has more than 0 bytes"), "{error}");
    assert!(matches!(error.kind(), ErrorKind::Request(_)) && server.requests().is_empty(), "{error:?}");
    relayed(&client, ByteStream::from_body(Chunks(vec!["", ""]))).await;
    let [request] = &server.requests()[..] else { panic!("one request") };
    assert_eq!((request.text().as_str(), request.header("content-length").as_deref()), ("", Some("0")));
}

/// Asks for more of the body all the time, as a connection does that other things happen on.
#[derive(Debug)]
struct Impatient;

impl HttpClient for Impatient {
    fn call(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        let mut body = request.body.into_stream();
        Box::pin(async move {
            loop {
                let _ = tokio::time::timeout(Duration::from_millis(5), body.next()).await;
            }
        })
    }
}

#[tokio::test]
async fn a_request_stream_that_stalls_is_a_timeout() {
    struct Stalled;
    impl Body for Stalled {
        type Data = Bytes;
        type Error = Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
            Poll::Pending
        }
    }

    let limit = Duration::from_millis(100);
    let client = client_of(&server([])).transport(Impatient).read_timeout(limit).build().unwrap();
    let call = client.send(Relay::new().body(ByteStream::from_body(Stalled)));
    let error = tokio::time::timeout(Duration::from_secs(5), call).await.expect("a timeout").unwrap_err();
    assert_eq!(timeout(&error), Some(Timeout::new(TimeoutKind::Read, limit)), "{error:?}");
}

#[tokio::test]
async fn errors_of_streaming_operations_are_buffered() {
    let server = server([MockResponse::new(404).header("x-code", "NotThere").body("no such thing")]);
    let client = client_of(&server).build().unwrap();
    let error = client.send(Relay::new()).await.unwrap_err();
    assert_eq!(error.to_string(), "Plain Text.Relay: NotThere: no such thing (status 404)");
}

#[tokio::test]
async fn responses_are_not_decompressed_and_no_encoding_is_asked_for() {
    // What `echo hello | gzip -n` writes.
    let zipped = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb\x48\xcd\xc9\xc9\xe7\x02\0\x20\x30\x3a\x36\x06\0\0\0";
    let stored = MockResponse::ok(zipped).header("content-encoding", "gzip");
    let server = server([stored.clone(), stored]);
    let http = Client::http_builder().unwrap().build().unwrap();
    for builder in [client_of(&server), client_of(&server).http_client(http)] {
        let mut body = relayed(&builder.build().unwrap(), ByteStream::default()).await;
        assert_eq!(body.len_hint(), Some(zipped.len() as u64));
        assert_eq!(body.collect().await.unwrap(), &zipped[..]);
    }
    assert_eq!(server.requests().len(), 2);
    for request in server.requests() {
        assert_eq!(request.header("accept-encoding"), None);
    }
}

#[tokio::test]
async fn a_large_body_in_memory_may_take_longer_than_the_read_timeout() {
    const LENGTH: usize = 32 << 20;
    const BYTES_PER_SECOND: usize = 10 << 20;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // Reads steadily, and answers after the last byte.
    let service = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let (begun, mut head, mut received) = (Instant::now(), Vec::new(), 0);
        let mut buffer = vec![0; 64 << 10];
        while received < LENGTH {
            let count = connection.read(&mut buffer).unwrap();
            assert!(count > 0, "the client gave up after {received} bytes");
            if head.ends_with(b"\r\n\r\n") {
                received += count;
            } else {
                head.extend_from_slice(&buffer[..count]);
                let end = head.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
                received += head.len() - end;
                head.truncate(end);
            }
            let due = Duration::from_millis((received * 1000 / BYTES_PER_SECOND) as u64);
            std::thread::sleep(due.saturating_sub(begun.elapsed()));
        }
        connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
        String::from_utf8(head).unwrap().to_ascii_lowercase()
    });
    let limit = Duration::from_millis(1500);
    let client = client_of(&server([])).endpoint_url(url).read_timeout(limit).build().unwrap();
    let begun = Instant::now();
    relayed(&client, vec![b'x'; LENGTH].into()).await;
    assert!(begun.elapsed() > limit, "the test is too fast: {:?}", begun.elapsed());
    let head = service.join().unwrap();
    assert!(head.contains(&format!("content-length: {LENGTH}\r\n")), "{head}");
}
