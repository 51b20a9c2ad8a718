//! Malformed frames.

use crate::{
    decode,
    differential::{self, message},
    encode,
};
use myrina::event_stream::frame::FrameError;
use proptest::{prelude::*, sample::Index};

/// The checksum, bit by bit.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let bit = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), bit))
}

/// Puts the right checksums where a frame of this length has them, so that nothing stops the reader there.
fn seal(frame: &mut [u8]) {
    let Some(end) = frame.len().checked_sub(4).filter(|end| *end >= 12) else { return };
    let sum = crc32(&frame[..8]);
    frame[8..12].copy_from_slice(&sum.to_be_bytes());
    let sum = crc32(&frame[..end]);
    frame[end..].copy_from_slice(&sum.to_be_bytes());
}

/// A change to a frame.
#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    Cut(Index),
    Insert(Index, Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        8 => (any::<Index>(), any::<u8>()).prop_map(|(place, byte)| Change::Set(place, byte)),
        1 => any::<Index>().prop_map(Change::Cut),
        1 => (any::<Index>(), any::<Vec<u8>>()).prop_map(|(place, bytes)| Change::Insert(place, bytes)),
    ]
}

fn changed(mut frame: Vec<u8>, changes: Vec<Change>) -> Vec<u8> {
    for change in changes {
        if frame.is_empty() {
            break;
        }
        match change {
            Change::Set(place, byte) => *place.get_mut(&mut frame) = byte,
            Change::Cut(place) => frame.truncate(place.index(frame.len())),
            Change::Insert(place, bytes) => {
                let place = place.index(frame.len());
                frame.splice(place..place, bytes);
            }
        }
    }
    frame
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// A change of the bytes alone is found out.
    #[test]
    fn corrupt_frames_fail_their_checksum(message in message(), place in any::<Index>(), flip in 1_u8..) {
        let mut frame = encode([&message]);
        *place.get_mut(&mut frame) ^= flip;
        prop_assert!(decode(&frame, 64).is_err());
    }

    /// Where the checksums are made to fit, what is read is in the bytes, and the others read the same.
    #[test]
    fn malformed_frames_are_errors_not_panics(
        message in message(),
        changes in prop::collection::vec(change(), 1..5),
        resize in any::<bool>(),
        piece in 1_usize..100,
    ) {
        let mut frame = changed(encode([&message]), changes);
        if let (true, Ok(length)) = (resize && frame.len() >= 16, u32::try_from(frame.len())) {
            frame[..4].copy_from_slice(&length.to_be_bytes());
        }
        seal(&mut frame);
        match decode(&frame, piece) {
            Ok(messages) => {
                let size: usize = messages.iter().map(|message| 16 + message.payload.len()).sum();
                prop_assert!(size <= frame.len());
                prop_assert_eq!(encode(&messages).len(), frame.len());
                if let [message] = &messages[..] {
                    differential::agree(&frame, message);
                }
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn random_bytes_are_errors_not_panics(bytes in any::<Vec<u8>>(), piece in 1_usize..20) {
        if let Err(FrameError::Truncated { received, total }) = decode(&bytes, piece) {
            prop_assert!(received <= bytes.len() && total.is_none_or(|total| received < total));
        }
    }
}
