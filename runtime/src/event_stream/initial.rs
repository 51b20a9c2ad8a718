//! Responses of which the first message is not an event: those of protocols that bind nothing to HTTP.

use super::{
    MessageStream, decode,
    reader::{Part, PartReader},
    source::unreadable,
};
use crate::{
    codec::Structure,
    error::Error,
    schema::{Location, Member, Schema, Target},
};

/// The member of an output that is a stream of events among other members of the body, with its index. The other members come
/// as the first message, which [`read_output`] waits for.
pub fn member_of(output: &'static Schema) -> Option<(usize, &'static Member)> {
    let events =
        |member: &Member| matches!(member.target, Target::Events(_)) && member.location == Location::Body;
    output.members.iter().enumerate().find(|(_, member)| events(member))
}

/// Reads an output that has such a member: waits for the first message, reads it into `output` where it is of the type
/// `initial-response`, and puts the stream of the messages to come into the member.
///
/// Fails as the first event of the stream would: where the connection breaks, or the message cannot be read.
pub async fn read_output(mut source: MessageStream, output: &mut dyn Structure) -> Result<(), Error> {
    let (Some((index, member)), Some(operation)) = (member_of(output.schema()), source.context()) else {
        return Ok(());
    };
    let request_id = source.request_id();
    let read = match source.next().await.transpose()? {
        Some(message) if decode::is_initial(&message) && !message.payload.is_empty() => {
            operation.service.protocol.read_document(operation, &message.payload, output)
        }
        Some(message) if !decode::is_initial(&message) => {
            source.put_back(message);
            Ok(())
        }
        _ => Ok(()),
    };
    let read = read.and_then(|()| {
        let Some(slot) = output.member_mut(index) else { return Ok(()) };
        slot.read(member, &mut PartReader { operation, part: Part::Events(source) })
            .map_err(|error| error.in_member(member.name))
    });
    read.map_err(|error| unreadable(operation, request_id, error))
}
