//! Responses whose first message contains the other members of the output, in protocols without HTTP bindings.

use super::{
    MessageStream, decode,
    message_stream::response_error,
    reader::{Part, PartReader},
};
use crate::{
    codec::Structure,
    error::Error,
    schema::{Location, Member, Schema, Target},
};

/// Returns the member of an output that is a stream of events among other members of the body, and its index. The first message
/// contains the other members: see [`read_output`].
pub fn member_of(output: &'static Schema) -> Option<(usize, &'static Member)> {
    let events =
        |member: &Member| matches!(member.target, Target::Events(_)) && member.location == Location::Body;
    output.members.iter().enumerate().find(|(_, member)| events(member))
}

/// Reads an output with such a member. Waits for the first message, reads it into `output` if its type is `initial-response`, and
/// sets the member to the stream of the other messages.
///
/// Fails if the connection breaks, or if the message cannot be read.
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
        let Some(value) = output.member_mut(index) else { return Ok(()) };
        value
            .read(member, &mut PartReader { operation, part: Part::Events(source) })
            .map_err(|error| error.in_schema_member(member))
    });
    read.map_err(|error| response_error(operation, request_id, error))
}
