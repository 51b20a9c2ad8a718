//! Received streams: when events arrive, what they contain, and how the stream ends.

use crate::{
    encode, event,
    feed::{body, feed},
    sample::{
        Event, Line, Overloaded, Pause, Piece, SUBSCRIBE, Snapshot, State, Subscription, TALK_XML, received,
        received_by,
    },
};
use myrina::{
    Bytes, Error, ErrorKind, Timestamp,
    codec::Structure as _,
    error::{Timeout, TimeoutKind},
    event_stream::{
        MessageStream,
        frame::{HeaderValue, Message},
        member_of, read_output,
    },
    operation::{Response, ResponseBody},
};
use std::time::Duration;
use tokio::time::timeout;

fn bytes(messages: &[Message]) -> Bytes {
    encode(messages).into()
}

/// The one error of a body, and that nothing comes after it.
async fn error(chunks: impl IntoIterator<Item = Bytes>) -> Error {
    let mut stream = received(body(chunks.into_iter().map(Ok)));
    let error = loop {
        match stream.next().await {
            Some(Ok(_)) => {}
            Some(Err(error)) => break error,
            None => panic!("the stream ended without an error"),
        }
    };
    assert!(stream.next().await.is_none());
    error
}

async fn one(message: Message) -> Event {
    let mut stream = received(body([Ok(bytes(&[message]))]));
    let event = stream.next().await.unwrap().unwrap();
    assert!(stream.next().await.is_none());
    event
}

#[tokio::test]
async fn events_are_yielded_as_they_arrive() {
    let (sender, body) = feed();
    let mut stream = received(body);
    let soon = Duration::from_millis(20);
    let frame = bytes(&[event("Line", "one")]);
    sender.send(Ok(frame.slice(..10))).unwrap();
    assert!(timeout(soon, stream.next()).await.is_err(), "there is no whole event yet");
    sender.send(Ok(frame.slice(10..))).unwrap();
    let read = timeout(soon, stream.next()).await.unwrap().unwrap().unwrap();
    assert_eq!(read, Event::Line(Line::new("one")));
    sender.send(Ok(bytes(&[event("Line", "two"), event("Pause", "{}")]))).unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), Event::Line(Line::new("two")));
    assert_eq!(stream.next().await.unwrap().unwrap(), Event::Pause(Pause::new()));
    assert!(timeout(soon, stream.next()).await.is_err(), "the body has not ended");
    drop(sender);
    assert!(stream.next().await.is_none());
}

/// As S3 Select has it: `<BytesProcessed/>`.
#[tokio::test]
async fn empty_elements_of_events_are_absent() {
    let document = "<State><name>n</name><Changed/><Extra/></State>";
    let event = event("Snapshot", document).with(":content-type", "application/xml");
    let mut stream = received_by(&TALK_XML, body([Ok(bytes(&[event]))]));
    let expected = Snapshot::new().state(State::new().name("n"));
    assert_eq!(stream.next().await.unwrap().unwrap(), Event::Snapshot(expected));
}

#[tokio::test]
async fn members_come_from_headers_and_payload() {
    let message = event("Piece", "data")
        .with("Offset", HeaderValue::Long(1 << 40))
        .with("Count", HeaderValue::Short(3))
        .with("Last", HeaderValue::Bool(true))
        .with("Kind", "new")
        .with("Digest", HeaderValue::Bytes(Bytes::from_static(&[1])))
        .with("Sent", HeaderValue::Timestamp(Timestamp::new(1, 500_000_000)));
    let piece = Piece::new().data("data").offset(1_i64 << 40).count(3).last(true).kind("new");
    let piece = piece.digest(Bytes::from_static(&[1])).sent(Timestamp::new(1, 500_000_000));
    assert_eq!(one(message).await, Event::Piece(piece));

    let state = State::new().name("n").changed(Timestamp::new(5, 0));
    let document = r#"{"name":"n","Changed":5}"#;
    let numbered = event("State", document).with("Number", HeaderValue::Byte(9));
    assert_eq!(one(numbered).await, Event::State(Box::new(state.clone().number(9))));
    assert_eq!(one(event("Snapshot", document)).await, Event::Snapshot(Snapshot::new().state(state)));
    assert_eq!(one(event("Snapshot", "")).await, Event::Snapshot(Snapshot::new()));
    assert_eq!(one(event("State", "")).await, Event::State(Box::default()));
    assert_eq!(one(event("Pause", "")).await, Event::Pause(Pause::new()));
    assert_eq!(one(event("Later", "?")).await, Event::Unknown("Later".into()));
}

#[tokio::test]
async fn optional_numbers_and_times_of_another_type_are_absent() {
    assert_eq!(one(event("Piece", "").with("Count", "three")).await, one(event("Piece", "")).await);
    assert_eq!(one(event("State", r#"{"Changed":"soon"}"#)).await, one(event("State", "{}")).await);
}

#[tokio::test]
async fn unreadable_events_report_their_path() {
    let said = async |message| {
        let error = error([bytes(&[message])]).await;
        assert!(matches!(error.kind(), ErrorKind::Response { status: 200, .. }));
        assert_eq!(error.request_id(), Some("the-id"));
        let text = error.to_string();
        text.strip_prefix("Talks.Talk: the response (status 200) cannot be read: ").unwrap().to_owned()
    };
    let line = said(event("Line", vec![0xff])).await;
    assert!(line.starts_with("at Line.Text: expected text in UTF-8, found"), "{line}");
    let state = said(event("State", r#"{"name":"#)).await;
    assert!(state.starts_with("at State.Name: "), "{state}");
    let number = said(event("State", r#"{"name":1}"#)).await;
    assert!(number.starts_with("at State.Name: expected a string, found a number"), "{number}");
    let kind = said(event("Piece", "").with("Kind", HeaderValue::Int(1))).await;
    assert!(kind.starts_with("at Piece.Kind: expected"), "{kind}");
    let lacking = said(Message::default()).await;
    assert!(lacking.starts_with("the message has no header `:message-type`"), "{lacking}");
    let typeless = said(Message::default().with(":message-type", "event")).await;
    assert!(typeless.starts_with("the message has no header `:event-type`"), "{typeless}");
    let other = said(Message::default().with(":message-type", "gossip")).await;
    assert!(other.contains("expected `event`, `exception` or `error`"), "{other}");
}

#[tokio::test]
async fn a_corrupt_frame_is_an_error() {
    let mut frame = encode([&event("Line", "one")]);
    frame[20] ^= 1;
    let error = error([bytes(&[event("Pause", "")]), frame.into()]).await;
    assert!(error.to_string().contains("the frame's checksum is"), "{error}");
}

#[tokio::test]
async fn a_truncated_stream_is_an_error() {
    let frame = bytes(&[event("Line", "one"), event("Line", "two")]);
    let end = frame.len() - 1;
    let error = error([frame.slice(..end)]).await;
    assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
    let half = frame.len() / 2;
    let said = format!("the stream ended within a frame, after {} of {half} bytes", half - 1);
    assert!(error.to_string().contains(&said), "{error}");
}

#[tokio::test]
async fn a_broken_connection_is_an_error() {
    let mut broken = received(body([Ok(bytes(&[event("Pause", "")])), Err("reset by peer".into())]));
    assert_eq!(broken.next().await.unwrap().unwrap(), Event::Pause(Pause::new()));
    let error = broken.next().await.unwrap().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connection(_)));
    assert!(error.to_string().ends_with("reset by peer"), "{error}");
    assert!(broken.next().await.is_none());

    // The client's own errors are not put into another.
    let report = Error::new(ErrorKind::Timeout(Timeout::new(TimeoutKind::Read, Duration::from_secs(3))));
    let mut slow = received(body([Err(Box::new(report) as _)]));
    let error = slow.next().await.unwrap().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Timeout(_)), "{error:?}");
}

#[tokio::test]
async fn exceptions_and_errors_are_service_errors() {
    let exception = |name: &str, payload: &str| {
        Message::new(payload.to_owned()).with(":message-type", "exception").with(":exception-type", name)
    };
    // By the union's member, and by the code.
    for name in ["overloaded", "OverloadedException"] {
        let error = error([bytes(&[exception(name, r#"{"Message":"wait","Seconds":3}"#)])]).await;
        assert_eq!(error.code(), Some("OverloadedException"));
        assert_eq!(error.service().unwrap().message(), Some("wait"));
        assert_eq!(error.modeled(), Some(&Overloaded::new().message("wait").seconds(3)));
    }
    let unknown = error([bytes(&[exception("New", r#"{"message":"what"}"#)])]).await;
    assert_eq!(unknown.to_string(), "Talks.Talk: New: what (status 200, request id the-id)");
    let unreadable = error([bytes(&[exception("overloaded", "?")])]).await;
    assert_eq!(unreadable.modeled(), Some(&Overloaded::new()));

    let message = Message::default().with(":message-type", "error").with(":error-code", "InternalError");
    let unmodeled = error([bytes(&[message.with(":error-message", "sorry")])]).await;
    assert_eq!(unmodeled.code(), Some("InternalError"));
    assert_eq!(unmodeled.service().unwrap().message(), Some("sorry"));
}

fn subscription(messages: &[Message]) -> MessageStream {
    MessageStream::new(body([Ok(bytes(messages))]), &SUBSCRIBE)
}

#[tokio::test]
async fn the_initial_response_fills_the_output() {
    let initial = event("initial-response", r#"{"Session":"s"}"#);
    let line = event("Line", "one");
    let both = [initial.clone(), line.clone()];
    for (messages, session) in [(&both[..], Some("s")), (&both[1..], None)] {
        let mut output = Subscription::empty();
        assert_eq!(member_of(output.schema()).unwrap().0, 1);
        read_output(subscription(messages), &mut output).await.unwrap();
        assert_eq!(output.session.as_deref(), session);
        let mut events = output.events.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap(), Event::Line(Line::new("one")));
        assert!(events.next().await.is_none());
    }
    let mut output = Subscription::empty();
    read_output(subscription(&[]), &mut output).await.unwrap();
    assert!(output.events.unwrap().next().await.is_none());

    let wrong =
        read_output(subscription(&[event("initial-response", "[")]), &mut Subscription::empty()).await;
    assert!(
        wrong
            .unwrap_err()
            .to_string()
            .starts_with("Talks.Subscribe: the response (status 200) cannot be read")
    );
    let exception = Message::default().with(":message-type", "exception");
    let mut output = Subscription::empty();
    read_output(subscription(&[exception.with(":exception-type", "overloaded")]), &mut output).await.unwrap();
    let error = output.events.unwrap().next().await.unwrap().unwrap_err();
    assert_eq!(error.code(), Some("OverloadedException"));

    // Who does not ask for it gets the events alone.
    let response = ResponseBody::Stream(body([Ok(bytes(&[initial, line]))]));
    let response = Response::new(200, http::HeaderMap::new(), response);
    let mut output = Subscription::empty();
    SUBSCRIBE.service.protocol.read_response(&SUBSCRIBE, response, &mut output).unwrap();
    assert_eq!(output.events.unwrap().next().await.unwrap().unwrap(), Event::Line(Line::new("one")));
}
