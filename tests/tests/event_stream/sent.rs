//! Sent streams, by a client and by a simulated service.

use crate::{
    decode, event,
    sample::{
        self, Event, Line, Overloaded, Pause, Piece, SUBSCRIBE, SUBSCRIBE_CBOR, Snapshot, State,
        Subscription, TALK, TALK_CBOR, TALK_XML,
    },
};
use myrina::{
    Bytes, Error, ErrorKind, EventStream, Timestamp,
    codec::{Structure, Value},
    error::ServiceError,
    event_stream::{
        DynEventStream, EventBody, MessageStream,
        frame::{HeaderValue, Message},
        read_output,
    },
    operation::{Protocol as _, RequestOptions},
    protocol::RPC_CBOR,
};
use std::{
    pin::Pin,
    task::{Context, Poll},
};

fn events() -> Vec<Event> {
    let piece = Piece::new().data("data").offset(1_i64 << 40).count(3).last(false).kind("new");
    let state = State::new().name("n").changed(Timestamp::new(5, 0));
    vec![
        Event::Piece(piece.digest(Bytes::from_static(&[1])).sent(Timestamp::new(1, 500_000_000))),
        Event::Piece(Piece::new().data("")),
        Event::Line(Line::new("two")),
        Event::State(Box::new(state.clone().number(9))),
        Event::Snapshot(Snapshot::new().state(state)),
        Event::Pause(Pause::new()),
    ]
}

async fn all(mut stream: EventStream<Event>) -> Result<Vec<Event>, Error> {
    let mut all = Vec::new();
    while let Some(event) = stream.next().await {
        all.push(event?);
    }
    Ok(all)
}

async fn messages(frames: EventBody) -> Vec<Message> {
    decode(&frames.into_stream().collect().await.unwrap(), 1_000).unwrap()
}

#[tokio::test]
async fn events_round_trip() {
    let received = sample::received(EventStream::from(events()).into_body(&TALK).into_stream());
    // And passed on as it is.
    let passed = received.into_body(&TALK).into_stream();
    assert_eq!(all(sample::received(passed)).await.unwrap(), events());
    // Or read where it was made.
    assert_eq!(all(events().into_iter().collect()).await.unwrap(), events());
}

#[tokio::test]
async fn events_round_trip_as_xml() {
    let sent = messages(EventStream::from(events()).into_body(&TALK_XML)).await;
    assert_eq!(sent[3].payload, "<State><name>n</name><Changed>1970-01-01T00:00:05Z</Changed></State>");
    assert_eq!(sent[4].payload, sent[3].payload);
    assert_eq!(sent[4].header(":content-type"), Some(&"application/xml".into()));
    let body = EventStream::from(events()).into_body(&TALK_XML).into_stream();
    assert_eq!(all(sample::received_by(&TALK_XML, body)).await.unwrap(), events());
}

#[tokio::test]
async fn events_round_trip_as_cbor() {
    let sent = messages(EventStream::from(events()).into_body(&TALK_CBOR)).await;
    assert_eq!(sent[3].payload, &b"\xbf\x64Name\x61n\x67Changed\xc1\x05\xff"[..]);
    assert_eq!(sent[4].payload, sent[3].payload);
    assert_eq!(sent[4].header(":content-type"), Some(&"application/cbor".into()));
    let body = EventStream::from(events()).into_body(&TALK_CBOR).into_stream();
    assert_eq!(all(sample::received_by(&TALK_CBOR, body)).await.unwrap(), events());

    let subscription = || Subscription::new().session("s");
    let settings = RequestOptions::new(&String::new);
    let request = RPC_CBOR.write_request(&SUBSCRIBE_CBOR, &subscription(), &settings).unwrap();
    assert_eq!(request.uri, "/service/Talks/operation/Subscribe");
    assert_eq!(request.headers["accept"], "application/vnd.amazon.eventstream");
    let frames = EventStream::from(events()).into_body(&SUBSCRIBE_CBOR);
    let body = frames.after_response(&subscription()).unwrap().into_stream();
    let mut output = Subscription::new();
    read_output(MessageStream::new(body, &SUBSCRIBE_CBOR), &mut output).await.unwrap();
    assert_eq!(output.session.as_deref(), Some("s"));
    assert_eq!(all(output.events.unwrap()).await.unwrap(), events());
}

#[tokio::test]
async fn messages_carry_type_and_content_type_headers() {
    let sent = messages(EventStream::from(events()).into_body(&TALK)).await;
    let text = |index: usize, name: &str| {
        sent[index].header(name).and_then(|value| value.as_str().map(str::to_owned))
    };
    for (index, name) in ["Piece", "Piece", "Line", "State", "Snapshot", "Pause"].into_iter().enumerate() {
        assert_eq!(text(index, ":message-type").as_deref(), Some("event"));
        assert_eq!(text(index, ":event-type").as_deref(), Some(name));
    }
    let kinds = [
        Some("application/octet-stream"),
        Some("application/octet-stream"),
        Some("text/plain"),
        Some("application/json"),
        Some("application/json"),
        Some("application/json"),
    ];
    assert_eq!(
        kinds,
        [0, 1, 2, 3, 4, 5].map(|index| text(index, ":content-type")).each_ref().map(Option::as_deref)
    );
    assert_eq!(sent[3].payload, r#"{"name":"n","Changed":5}"#);
    assert_eq!(sent[4].payload, sent[3].payload);
    assert_eq!(sent[5].payload, "{}");
}

#[tokio::test]
async fn an_unknown_event_cannot_be_sent() {
    let stream = EventStream::from(vec![Event::Pause(Pause::new()), Event::Unknown("New".into())]);
    let error = stream.into_body(&TALK).into_stream().collect().await.unwrap_err();
    let error = error.downcast::<Error>().unwrap();
    assert!(matches!(error.kind(), ErrorKind::Request(_)));
    let said = "Talks.Talk: the request cannot be written: expected an event of the model, \
                found Unknown(\"New\")";
    assert_eq!(error.to_string(), said);
}

/// Events, and then an error.
struct Failing(Vec<Event>, Option<Error>);

impl futures_core::Stream for Failing {
    type Item = Result<Event, Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let event = self.0.pop().map(Ok);
        Poll::Ready(event.or_else(|| self.1.take().map(Err)))
    }
}

fn failing(error: impl Into<Error>) -> EventStream<Event> {
    EventStream::from_events(Failing(vec![Event::Pause(Pause::new())], Some(error.into())))
}

#[tokio::test]
async fn modeled_errors_are_sent_as_exception_messages() {
    let overloaded = || Overloaded::new().message("wait").seconds(3);
    let stream = failing(ServiceError::of(overloaded()));
    let sent = messages(stream.into_body(&TALK).as_server()).await;
    assert_eq!(sent.len(), 2);
    let expected = Message::new(r#"{"message":"wait","Seconds":3}"#)
        .with(":message-type", "exception")
        .with(":exception-type", "overloaded")
        .with(":content-type", "application/json");
    assert_eq!(sent[1], expected);
    // As one of the events, it is the same.
    let event = Event::Overloaded(overloaded());
    assert_eq!(messages(EventStream::from(vec![event]).into_body(&TALK)).await, [expected]);

    let other = ServiceError::new(500).with_code("Internal").with_message(Some("sorry".into()));
    let sent = messages(failing(other).into_body(&TALK).as_server()).await;
    let expected = Message::default().with(":message-type", "error").with(":error-code", "Internal");
    assert_eq!(sent[1], expected.with(":error-message", "sorry"));
}

#[tokio::test]
async fn an_error_of_the_source_aborts_the_request() {
    let frames = failing(ServiceError::of(Overloaded::new())).into_body(&TALK);
    let error = frames.into_stream().collect().await.unwrap_err().downcast::<Error>().unwrap();
    assert_eq!(error.code(), Some("OverloadedException"));
    let mut failing = failing(ServiceError::of(Overloaded::new()));
    assert!(failing.next().await.unwrap().is_ok());
    assert!(failing.next().await.unwrap().is_err());
    assert!(failing.next().await.is_none());
}

#[tokio::test]
async fn each_frame_is_signed() {
    let mut count = 0_u8;
    let sign = move |frame: Bytes| {
        count += 1;
        Ok(Message::new(frame).with(":number", HeaderValue::Byte(count.cast_signed())).encode().unwrap())
    };
    let lines = ["one", "two"].map(|text| Event::Line(Line::new(text)));
    let frames = lines.into_iter().collect::<EventStream<_>>().into_body(&TALK).signed(sign);
    let sent = messages(frames).await;
    let [one, two, end] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!(decode(&one.payload, 50).unwrap()[0].payload, "one");
    assert_eq!(decode(&two.payload, 50).unwrap()[0].payload, "two");
    assert!(end.payload.is_empty());
    assert_eq!(end.header(":number"), Some(&HeaderValue::Byte(3)));
}

#[tokio::test]
async fn the_initial_request_carries_the_other_members() {
    let stream = || EventStream::from(vec![Event::Pause(Pause::new())]);
    let mut input = Subscription::new().session("s").events(stream());
    let slot: &mut dyn Value = input.member_mut(1).unwrap();
    let frames = DynEventStream::take_from(slot).unwrap().into_body(&SUBSCRIBE);
    let sent = messages(frames.after_request(&input).unwrap()).await;
    let initial = event("initial-request", r#"{"Session":"s"}"#).with(":content-type", "application/json");
    assert_eq!(sent[0], initial);
    assert_eq!(sent.len(), 2);

    let frames = stream().into_body(&SUBSCRIBE).after_response(&input).unwrap();
    let mut output = <Subscription as Structure>::empty();
    let source = MessageStream::new(frames.into_stream(), &SUBSCRIBE);
    read_output(source, &mut output).await.unwrap();
    assert_eq!(output.session.as_deref(), Some("s"));
    assert_eq!(all(output.events.unwrap()).await.unwrap(), [Event::Pause(Pause::new())]);
}
