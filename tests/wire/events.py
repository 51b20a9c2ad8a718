"""Event streams of responses, as a server would send them, and as botocore reads them."""

import base64
import struct
import zlib

import botocore.parsers
from botocore.eventstream import EventStream, EventStreamBuffer

STRING = 7


class Raw:
    """A body as botocore takes streams of events: by pieces."""

    def __init__(self, body):
        self.body = body

    def stream(self):
        yield self.body


def values(made, stream, count):
    """Random events of a stream, each with one member; exceptions are none."""
    names = [name for name, member in stream.members.items() if not member.metadata.get("exception")]
    chosen = [made.random.choice(names) for _ in range(count)]
    return [{name: made.structure(stream.members[name], 1, "body")} for name in chosen]


def response(writer, operation, value):
    """The response whose body is the frames of the events; without HTTP bindings, what else is in `value` comes first."""
    shape = operation.output_shape
    name = shape.event_stream_name
    rest = {key: item for key, item in value.items() if key != name}
    frames = b""
    if writer.protocol.startswith("rest"):
        headers = writer.rest(200, shape, rest)["headers"]
    else:
        headers = {}
        frames += frame("initial-response", *document(writer, shape, rest))
    frames += b"".join(event(writer, shape.members[name], item) for item in value[name])
    if not any(name.lower() == "content-type" for name in headers):
        headers["content-type"] = "application/vnd.amazon.eventstream"
    return {"status": 200, "headers": headers, "body_base64": base64.b64encode(frames).decode()}


def sent(protocol, stream, body):
    """The events in the body of a request, and the payload of the message before them if there is one."""
    buffer = EventStreamBuffer()
    buffer.add_data(body)
    first = [message.payload for message in buffer if message.headers[":event-type"] == "initial-request"]
    parser = botocore.parsers.ResponseParserFactory().create_parser(protocol)._event_stream_parser
    return list(EventStream(Raw(body), stream, parser, "Any")), b"".join(first)


def event(writer, stream, value):
    [(name, item)] = value.items()
    members = stream.members[name].members
    for key, member in members.items():
        if member.serialization.get("eventpayload"):
            if member.type_name in ("blob", "string"):
                return frame(name, item.get(key, "").encode(), "application/octet-stream")
            return frame(name, *document(writer, member, item.get(key, {})))
    return frame(name, *document(writer, stream.members[name], item))


def document(writer, shape, value):
    if writer.protocol == "rest-xml":
        return writer.document(shape, value).encode(), "text/xml"
    if writer.protocol == "smithy-rpc-v2-cbor":
        return base64.b64decode(writer.cbor(200, writer.item(shape, value))["body_base64"]), "application/cbor"
    return writer.text(shape, value).encode(), "application/json"


def frame(kind, payload, media_type):
    """One message: the lengths with their checksum, the headers, the payload, the checksum of all."""
    named = {":message-type": "event", ":event-type": kind, ":content-type": media_type}
    headers = b"".join(header(name, value) for name, value in named.items())
    prelude = struct.pack("!II", len(headers) + len(payload) + 16, len(headers))
    whole = prelude + struct.pack("!I", zlib.crc32(prelude)) + headers + payload
    return whole + struct.pack("!I", zlib.crc32(whole))


def header(name, value):
    return bytes([len(name)]) + name.encode() + struct.pack("!BH", STRING, len(value)) + value.encode()
