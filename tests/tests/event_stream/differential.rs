//! Compares both directions with the official implementation.

use crate::{decode, encode};
use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_types::{
    DateTime,
    event_stream::{Header, HeaderValue as TheirValue, Message as TheirMessage},
};
use myrina::{
    Timestamp,
    event_stream::frame::{HeaderValue, Message},
};
use proptest::prelude::*;

/// Any message that both can hold.
pub(crate) fn message() -> impl Strategy<Value = Message> {
    let value = prop_oneof![
        any::<bool>().prop_map(HeaderValue::Bool),
        any::<i8>().prop_map(HeaderValue::Byte),
        any::<i16>().prop_map(HeaderValue::Short),
        any::<i32>().prop_map(HeaderValue::Int),
        any::<i64>().prop_map(HeaderValue::Long),
        any::<Vec<u8>>().prop_map(|bytes| HeaderValue::Bytes(bytes.into())),
        "\\PC{0,40}".prop_map(HeaderValue::from),
        any::<i64>().prop_map(|time| HeaderValue::Timestamp(Timestamp::from_millis(time))),
        any::<[u8; 16]>().prop_map(HeaderValue::Uuid),
    ];
    let headers = prop::collection::vec(("\\PC{1,30}", value), 0..6);
    (headers, any::<Vec<u8>>()).prop_map(|(headers, payload)| {
        let message = Message::new(payload);
        headers.into_iter().fold(message, |message, (name, value)| message.with(name, value))
    })
}

fn theirs(message: &Message) -> TheirMessage {
    let headers = message.headers.iter().map(|(name, value)| {
        let value = match value {
            HeaderValue::Bool(value) => TheirValue::Bool(*value),
            HeaderValue::Byte(value) => TheirValue::Byte(*value),
            HeaderValue::Short(value) => TheirValue::Int16(*value),
            HeaderValue::Int(value) => TheirValue::Int32(*value),
            HeaderValue::Long(value) => TheirValue::Int64(*value),
            HeaderValue::Bytes(value) => TheirValue::ByteArray(value.clone()),
            HeaderValue::String(value) => TheirValue::String(value.clone().into()),
            HeaderValue::Timestamp(value) => TheirValue::Timestamp(DateTime::from_millis(value.to_millis())),
            HeaderValue::Uuid(value) => TheirValue::Uuid(u128::from_be_bytes(*value)),
            other => panic!("{other:?} is new"),
        };
        Header::new(name.clone(), value)
    });
    TheirMessage::new_from_parts(headers.collect(), message.payload.clone())
}

/// What they read is what we read.
pub(crate) fn agree(bytes: &[u8], message: &Message) {
    assert_eq!(read_message_from(bytes).unwrap(), theirs(message));
}

proptest! {
    #[test]
    fn frames_equal_those_of_aws_smithy_eventstream(message in message()) {
        let mut bytes = Vec::new();
        write_message_to(&theirs(&message), &mut bytes).unwrap();
        prop_assert_eq!(&encode([&message]), &bytes);
        agree(&bytes, &message);
        prop_assert_eq!(decode(&bytes, 5).unwrap(), [message]);
    }
}
