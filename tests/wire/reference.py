"""What botocore makes of inputs, and of responses, in the conventions of the protocol suites."""

import base64
import datetime
import json
import urllib.parse

import botocore.awsrequest
import botocore.loaders
import botocore.model
import botocore.parsers
import botocore.serialize
from botocore.compat import HTTPHeaders
from botocore.eventstream import EventStream

import events
from values import SPECIAL, TOKEN


def service(name):
    return botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model(name, "service-2"), name)


def request(model, name, params):
    """The request for an input."""
    operation = model.operation_model(name)
    params = native(operation.input_shape, params) if operation.input_shape else {}
    # What a client of botocore does before it serializes.
    params = {**params, **{token: params.get(token, TOKEN) for token in operation.idempotent_members}}
    serializer = botocore.serialize.create_serializer(model.resolved_protocol, include_validation=False)
    made = serializer.serialize_to_request(params, operation)
    botocore.awsrequest.prepare_request_dict(made, endpoint_url="https://example.com")
    headers = {name.lower(): text(value) for name, value in made["headers"].items()}
    headers.pop("user-agent", None)
    url = urllib.parse.urlsplit(made["url"])
    body = made["body"]
    if isinstance(body, dict):
        body = urllib.parse.urlencode(body)
    if operation.has_event_stream_input:
        # It sends no events, and describes a document instead.
        headers.pop("content-type", None)
        body = None
    uri = url.path + (f"?{url.query}" if url.query else "")
    return {"method": made["method"], "host": url.netloc, "uri": uri, "headers": headers, "body": encoded(body)}


def native(shape, value):
    """A value in the conventions of the suites as botocore takes it."""
    kind = shape.type_name
    if kind == "structure" and not getattr(shape, "is_document_type", False):
        return {name: native(shape.members[name], item) for name, item in value.items()}
    if kind == "list":
        return [native(shape.member, item) for item in value]
    if kind == "map":
        return {key: native(shape.value, item) for key, item in value.items()}
    return SPECIAL.get(value, value) if kind in ("float", "double") else value


def result(model, name, response):
    """What a response of a success says."""
    shape = model.operation_model(name).output_shape
    parsed = parse(model, shape, response)
    return plain(shape, parsed) if shape else {}


def error(model, shape, response):
    """What a response of no success says, where it is the error of that shape."""
    told = parse(model, None, response)["Error"]
    found = model.shape_for_error_code(told["Code"])
    data = plain(shape, parse(model, shape, response))
    return {"code": told["Code"], "message": told.get("Message"), "known": found is not None, "data": data}


def parse(model, shape, response):
    parser = botocore.parsers.ResponseParserFactory().create_parser(model.resolved_protocol)
    headers = HTTPHeaders()
    for name, value in response["headers"].items():
        headers[name] = value
    body = base64.b64decode(response["body_base64"]) if "body_base64" in response else response["body"].encode()
    if shape is not None and getattr(shape, "event_stream_name", None):
        body = events.Raw(body)
    parts = {"status_code": response["status"], "headers": headers, "body": body, "context": {"operation_name": "Any"}}
    return parser.parse(parts, shape)


def plain(shape, value):
    """A parsed value as the suites write it."""
    kind = shape.type_name
    if isinstance(value, EventStream):
        return [plain(shape, event) for event in value]
    if kind == "structure":
        if getattr(shape, "is_document_type", False):
            return value
        members = shape.members
        return {name: plain(members[name], item) for name, item in value.items() if name in members and item is not None}
    if kind == "list":
        return [plain(shape.member, item) for item in value]
    if kind == "map":
        return {key: plain(shape.value, item) for key, item in value.items()}
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, float):
        return special(value)
    if hasattr(value, "read"):
        value = value.read()
    if isinstance(value, bytes):
        return text(value)
    return json.dumps(value, sort_keys=True) if shape.serialization.get("jsonvalue") and not isinstance(value, str) else value


def special(value):
    """A number, or the name of one that JSON has no digits for."""
    return next((name for name, number in SPECIAL.items() if repr(number) == repr(value)), value)


def encoded(body):
    return body.encode() if isinstance(body, str) else body


def text(value):
    """Bytes as their text, or else in base64."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return base64.b64encode(value).decode()
