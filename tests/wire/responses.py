"""Responses of a service, made of random values: what a server would send."""

import base64
import datetime
import email.utils
import json
from xml.sax.saxutils import escape, quoteattr

import events
from values import SPECIAL, Values


class Responses:
    """Writes outputs and errors in the manner of a protocol."""

    def __init__(self, model):
        self.protocol = model.resolved_protocol
        self.namespace = model.metadata.get("xmlNamespace")

    def output(self, operation, value):
        shape = operation.output_shape
        if operation.has_event_stream_output:
            return events.response(self, operation, value)
        if self.protocol == "smithy-rpc-v2-cbor":
            return self.cbor(200, self.item(shape, value) if shape else {})
        if self.protocol in ("json", "query", "ec2"):
            return {"status": 200, "headers": {}, "body": self.rpc(operation, shape, value)}
        return self.rest(operation.http.get("responseCode", 200), shape, value)

    def cbor(self, status, document):
        import cbor2  # what no other protocol needs

        headers = {"smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor"}
        body = base64.b64encode(cbor2.dumps(document)).decode()
        return {"status": status, "headers": headers, "body_base64": body}

    def item(self, shape, value):
        import cbor2

        kind = shape.type_name
        if kind == "structure":
            return {name: self.item(shape.members[name], item) for name, item in value.items()}
        if kind == "list":
            return [self.item(shape.member, item) for item in value]
        if kind == "map":
            return {key: self.item(shape.value, item) for key, item in value.items()}
        if kind == "timestamp":
            return cbor2.CBORTag(1, value)
        if kind in ("float", "double"):
            return SPECIAL.get(value, value)
        return value.encode() if kind == "blob" else value

    def rpc(self, operation, shape, value):
        if self.protocol == "json":
            return self.text(shape, value) if shape else "{}"
        inner = self.members(shape, value) if shape else ""
        name, space = operation.name, self.space()
        if self.protocol == "ec2":
            return f"<{name}Response{space}><requestId>r</requestId>{inner}</{name}Response>"
        wrapper = shape and shape.serialization.get("resultWrapper")
        inner = f"<{wrapper}>{inner}</{wrapper}>" if wrapper else inner
        about = "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
        return f"<{name}Response{space}>{inner}{about}</{name}Response>"

    def space(self):
        uri = self.namespace["uri"] if isinstance(self.namespace, dict) else self.namespace
        return f" xmlns={quoteattr(uri)}" if uri else ""

    def rest(self, status, shape, value):
        headers, rest, body = {}, {}, ""
        members = shape.members if shape else {}
        payload = shape.serialization.get("payload") if shape else None
        for name, item in value.items():
            member = members[name]
            traits = member.serialization
            where = traits.get("location")
            if where == "header":
                headers[traits.get("name", name)] = self.header(member, item)
            elif where == "headers":
                # Names of header fields have no letter case: botocore keeps it in the map's keys, ours are lower case.
                headers.update({traits.get("name", "") + key.lower(): text for key, text in item.items()})
            elif where == "statusCode":
                status = item
            elif name == payload:
                body = self.payload(member, item)
            else:
                rest[name] = item
        if shape and not payload:
            body = self.document(shape, rest)
        return {"status": status, "headers": headers, "body": body}

    def payload(self, member, value):
        if member.type_name in ("blob", "string"):
            return value
        return self.document(member, value)

    def document(self, shape, value):
        if self.protocol == "rest-json":
            return self.text(shape, value)
        name = shape.serialization.get("name", shape.name)
        attributes = self.attributes(shape, value)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name}{self.space()}{attributes}>{self.members(shape, value)}</{name}>'

    def header(self, shape, value):
        kind = shape.type_name
        if kind == "list":
            return ", ".join(self.header(shape.member, item) for item in value)
        if shape.serialization.get("jsonvalue"):
            return base64.b64encode(json.dumps(value).encode()).decode()
        if kind == "timestamp":
            return self.time(shape, value, "rfc822")
        return self.word(shape, value)

    def time(self, shape, value, usual):
        style = shape.serialization.get("timestampFormat", usual)
        if style == "unixtimestamp":
            return str(value)
        time = datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
        return email.utils.format_datetime(time, usegmt=True) if style == "rfc822" else time.strftime("%Y-%m-%dT%H:%M:%SZ")

    def word(self, shape, value):
        kind = shape.type_name
        if kind == "boolean":
            return "true" if value else "false"
        if kind == "blob":
            return base64.b64encode(value.encode()).decode()
        return value if isinstance(value, str) else repr(value)

    def text(self, shape, value):
        return json.dumps(self.json(shape, value))

    def json(self, shape, value):
        kind = shape.type_name
        if kind == "structure":
            if getattr(shape, "is_document_type", False):
                return value
            members = shape.members
            return {members[name].serialization.get("name", name): self.json(members[name], item) for name, item in value.items()}
        if kind == "list":
            return [self.json(shape.member, item) for item in value]
        if kind == "map":
            return {key: self.json(shape.value, item) for key, item in value.items()}
        if kind == "blob":
            return base64.b64encode(value.encode()).decode()
        if kind == "timestamp":
            text = self.time(shape, value, "unixtimestamp")
            return value if text == str(value) else text
        return value

    def attributes(self, shape, value):
        texts = []
        for name, item in value.items():
            member = shape.members[name]
            if member.serialization.get("xmlAttribute"):
                key = member.serialization["name"]
                if ":" in key:
                    prefix = key.split(":")[0]
                    texts.append(f" xmlns:{prefix}={quoteattr('http://www.w3.org/2001/XMLSchema-instance')}")
                texts.append(f" {key}={quoteattr(item)}")
        return "".join(texts)

    def members(self, shape, value):
        texts = []
        for name, item in value.items():
            member = shape.members[name]
            if not member.serialization.get("xmlAttribute"):
                texts.append(self.element(member, item, member.serialization.get("name", name)))
        return "".join(texts)

    def element(self, shape, value, name):
        kind = shape.type_name
        flat = shape.serialization.get("flattened")
        if kind == "structure":
            return f"<{name}{self.attributes(shape, value)}>{self.members(shape, value)}</{name}>"
        if kind == "list":
            own = shape.member.serialization.get("name")
            item_name = (own or name) if flat else own or "member"
            inner = "".join(self.element(shape.member, item, item_name) for item in value)
            return inner if flat else f"<{name}>{inner}</{name}>"
        if kind == "map":
            keys = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
            pairs = [
                f"<{keys[0]}>{escape(key)}</{keys[0]}>{self.element(shape.value, item, keys[1])}"
                for key, item in value.items()
            ]
            if flat:
                return "".join(f"<{name}>{pair}</{name}>" for pair in pairs)
            return f"<{name}>{''.join(f'<entry>{pair}</entry>' for pair in pairs)}</{name}>"
        text = self.time(shape, value, "iso8601") if kind == "timestamp" else self.word(shape, value)
        return f"<{name}>{escape(text)}</{name}>"

    def error(self, shape, value):
        """An error with its message among the members, if it has one."""
        code = shape.metadata.get("error", {}).get("code", shape.name)
        status = shape.metadata.get("error", {}).get("httpStatusCode", 400)
        # Members that tell the code once more tell the same, and are left out where they would be the code's own element.
        json_like = "json" in self.protocol
        for name, member in shape.members.items():
            again = name in ("code", "Code") and member.type_name == "string"
            if name in value and (again or member.serialization.get("name", "").lower() == "x-amzn-errortype"):
                value[name] = code
        if not json_like or shape.members.get("code") and shape.members["code"].type_name != "string":
            value = {name: item for name, item in value.items() if name not in ("code", "Code")}
        if self.protocol == "smithy-rpc-v2-cbor":
            return self.cbor(status, {"__type": f"com.example#{code}", **self.item(shape, value)})
        if self.protocol in ("json", "rest-json"):
            found = self.rest(status, shape, value) if self.protocol == "rest-json" else {"headers": {}}
            document = {**self.json(shape, {} if self.protocol == "rest-json" else value)}
            body = json.loads(found.get("body") or "{}") or document
            body.setdefault("__type", f"com.example#{code}")
            return {"status": status, "headers": found["headers"], "body": json.dumps(body)}
        inner = f"<Code>{escape(code)}</Code>{self.members(shape, value)}"
        if self.protocol == "ec2":
            body = f"<Response><Errors><Error>{inner}</Error></Errors><RequestID>r</RequestID></Response>"
        else:
            body = f"<ErrorResponse{self.space()}><Error><Type>Sender</Type>{inner}</Error><RequestId>r</RequestId></ErrorResponse>"
        return {"status": status, "headers": {}, "body": body}


def values(seed, shape):
    """A random value of an output, without what cannot be told apart on the wire."""
    values = Values(seed)
    made = values.structure(shape, 0, "body")
    if name := getattr(shape, "event_stream_name", None):
        made[name] = events.values(values, shape.members[name], values.random.randint(0, 4))
    for name, member in shape.members.items():
        if member.serialization.get("location") == "statusCode" and name in made:
            made[name] = 200
    return made
