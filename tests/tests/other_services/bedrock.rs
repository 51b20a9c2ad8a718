//! Bedrock: rest-json and an event stream.

use myrina::{
    Client, ErrorKind, error::ServiceError, event_stream::frame::Message as Frame, lens::OptionalLens as _,
};
use myrina_test_services::bedrock_runtime::{
    converse::Converse,
    converse_stream::ConverseStream,
    errors::{ResourceNotFoundException, ThrottlingException, ValidationException},
    types::{
        ContentBlock, ContentBlockDelta, ConversationRole, ConverseOutput, ConverseStreamOutput as Event,
        GuardrailStreamConfiguration, InferenceConfiguration, Message, StopReason, SystemContentBlock,
    },
};
use myrina_tests::{BoxError, MockResponse, MockServer};

const MODEL: &str = "anthropic.claude-3-haiku-20240307-v1:0";

fn question() -> Message {
    Message::new(ConversationRole::User, [ContentBlock::Text("Wer bist du? größe".into())])
}

pub(super) async fn answers_as_a_whole(client: &Client) -> Result<(), BoxError> {
    let request = Converse::new(MODEL)
        .messages([question()])
        .system([SystemContentBlock::Text("Be brief.".into())])
        .inference_config(InferenceConfiguration::new().max_tokens(64).temperature(0.5));
    let response = client.send(request).await?;
    assert_eq!(response.stop_reason, StopReason::EndTurn);
    let message = ConverseOutput::MESSAGE.preview(&response.output).ok_or("no message")?;
    assert_eq!(message.role, ConversationRole::Assistant);
    let [ContentBlock::Text(text)] = &message.content[..] else { panic!("{message:?}") };
    assert!(text.contains(MODEL), "{text}");
    let usage = &response.usage;
    assert!(usage.input_tokens > 0 && usage.output_tokens > 0, "{usage:?}");
    assert_eq!(usage.total_tokens, usage.input_tokens + usage.output_tokens);
    Ok(())
}

/// The start, pieces of text that are the whole answer, the stop, and the figures, in this order and typed.
pub(super) async fn answers_event_by_event(client: &Client) -> Result<(), BoxError> {
    let mut stream = client.send(ConverseStream::new(MODEL).messages([question()])).await?.stream;
    let (mut events, mut text) = (Vec::new(), String::new());
    while let Some(event) = stream.next().await {
        events.push(match event? {
            Event::MessageStart(start) => {
                assert_eq!(start.role, ConversationRole::Assistant);
                "start"
            }
            Event::ContentBlockDelta(delta) => {
                assert_eq!(delta.content_block_index, 0);
                let ContentBlockDelta::Text(piece) = delta.delta else { panic!("{delta:?}") };
                text.push_str(&piece);
                "delta"
            }
            Event::ContentBlockStop(stop) => {
                assert_eq!(stop.content_block_index, 0);
                "block stop"
            }
            Event::MessageStop(stop) => {
                assert_eq!(stop.stop_reason, StopReason::EndTurn);
                "stop"
            }
            Event::Metadata(figures) => {
                assert!(figures.metrics.latency_ms > 0 && figures.usage.output_tokens > 0, "{figures:?}");
                "metadata"
            }
            other => panic!("{other:?}"),
        });
    }
    let deltas = events.iter().filter(|event| **event == "delta").count();
    assert!(deltas > 1, "{events:?}");
    events.dedup();
    assert_eq!(events, ["start", "delta", "block stop", "stop", "metadata"]);
    assert!(text.contains(MODEL), "{text}");
    Ok(())
}

/// Refusals come before the stream, as errors of the model.
pub(super) async fn refuses(client: &Client) -> Result<(), BoxError> {
    let empty = Message::new(ConversationRole::User, Vec::<ContentBlock>::new());
    let empty = ConverseStream::new(MODEL).messages([empty]);
    let error = client.send(empty).await.err().ok_or("not rejected")?;
    let data = ValidationException::IN_ERROR.preview(&error).ok_or("not that error")?;
    assert_eq!(data.message.as_deref(), Some("messages[0].content must be a non-empty array."));
    assert_eq!(error.service().map(ServiceError::status), Some(400));
    let text = error.to_string();
    assert!(text.starts_with("Bedrock Runtime.ConverseStream: ValidationException: messages[0]"), "{text}");

    let guarded = GuardrailStreamConfiguration::new().guardrail_identifier("none").guardrail_version("1");
    let guarded = ConverseStream::new(MODEL).messages([question()]).guardrail_config(guarded);
    let error = client.send(guarded).await.err().ok_or("not rejected")?;
    assert!(error.modeled::<ResourceNotFoundException>().is_some(), "{error}");

    let odd = ConverseStream::new("arn:aws:iam::1:role/r").messages([question()]);
    let error = client.send(odd).await.err().ok_or("not rejected")?;
    assert!(error.modeled::<ValidationException>().is_some(), "{error}");
    Ok(())
}

/// What ministack cannot be brought to: an exception in mid-stream, which is a member of the union of events, and a cut.
#[tokio::test]
async fn errors_mid_stream_are_service_errors() -> Result<(), BoxError> {
    let start = Frame::new(r#"{"role":"assistant"}"#)
        .with(":message-type", "event")
        .with(":event-type", "messageStart")
        .with(":content-type", "application/json");
    let throttled = Frame::new(r#"{"message":"in a while"}"#)
        .with(":message-type", "exception")
        .with(":exception-type", "throttlingException");
    let start = || MockResponse::new(200).chunked().body(start.encode().expect("a small message"));
    let server =
        MockServer::start([start().body(throttled.encode().expect("a small message")), start().cut(0)])?;
    let client = Client::builder()
        .environment(myrina::config::Environment::empty())
        .region("us-east-1")
        .credentials(myrina::Credentials::new("AKIDEXAMPLE", "secret"))
        .endpoint_url(server.url())
        .build()?;
    for throttled in [true, false] {
        let mut stream = client.send(ConverseStream::new(MODEL).messages([question()])).await?.stream;
        assert!(matches!(stream.next().await.ok_or("an early end")??, Event::MessageStart(_)));
        let error = stream.next().await.ok_or("taken for an end")?.err().ok_or("no error")?;
        let data = ThrottlingException::IN_ERROR.preview(&error);
        assert_eq!(data.map(|data| data.message.as_deref()), throttled.then_some(Some("in a while")));
        assert_eq!(matches!(error.kind(), ErrorKind::Connection(_)), !throttled, "{error:?}");
        assert!(error.to_string().starts_with("Bedrock Runtime.ConverseStream: "), "{error}");
        assert!(stream.next().await.is_none());
    }
    Ok(())
}
