"""Compares generated code with botocore, for random inputs and outputs of every operation of a service.

    python tests/wire/compare.py --service lambda [--responses] [--count 20] [--operation Invoke] [--show 30]

Needs an environment with botocore, whose models are used on both sides. Of requests are compared the method, path and query,
the headers that botocore sets, and what the body means; with --responses, what is read from responses and from errors.
The whole catalogue is compared by catalogue.py.
"""

import argparse
import base64
import collections
import io
import json
import pathlib
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree

import botocore
import botocore.parsers

import events
import reference
import responses
from values import Values

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(botocore.__file__).parent / "data"


def report(options):
    """Compares one service, and prints the differences; whether there are none."""
    model = reference.service(options.service)
    cases = list(outputs(model, options) if options.responses else inputs(model, options))
    answers = ours(options, [json.dumps(question) for question, _ in cases])
    differences = collections.defaultdict(list)
    same = 0
    for (question, ask), answer in zip(cases, answers, strict=True):
        try:
            expected = ask()
        except Exception as error:  # whatever botocore says of it
            expected = {"failure": f"{type(error).__name__}: {error}"}
        found = list(differ(expected, answer, model)) or list(differ_in_events(question, answer, model))
        same += not found
        for what, one, other in found:
            differences[what].append((question, one, other))
    tell(differences, options.show)
    what = "responses" if options.responses else "inputs"
    print(f"{options.service}: {same} of {len(cases)} {what} of {len(model.operation_names)} operations agree")
    return same == len(cases)


def arguments(given=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--service", required=True)
    parser.add_argument("--responses", action="store_true", help="compare what is read, not what is sent")
    parser.add_argument("--operation")
    parser.add_argument("--count", type=int, default=20, help="inputs or outputs of each operation")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--show", type=int, default=3, help="examples of each kind of difference")
    parser.add_argument("--runner", help="the compiled runner, instead of one that cargo compiles")
    return parser.parse_args(given)


def operations(model, options):
    return [model.operation_model(name) for name in model.operation_names if options.operation in (None, name)]


def inputs(model, options):
    """What is asked, and how botocore is asked the same."""
    for operation in operations(model, options):
        shape = operation.input_shape
        for index in range(options.count if shape and shape.members else 1):
            values = Values(f"{options.seed}/{operation.name}/{index}")
            params = values.structure(shape, 0, "body") if shape else {}
            question = {"operation": operation.name, "params": {**params, **sent_events(values, operation)}}
            yield question, lambda name=operation.name, params=params: reference.request(model, name, params)


def sent_events(values, operation):
    """Events, which botocore does not send: it reads those that we do."""
    if not operation.has_event_stream_input:
        return {}
    stream = operation.get_event_stream_input()
    return {operation.input_shape.event_stream_name: events.values(values, stream, values.random.randint(1, 4))}


def outputs(model, options):
    writer = responses.Responses(model)
    for operation in operations(model, options):
        shape = operation.output_shape
        for index in range(options.count if shape and shape.members else 1):
            seed = f"{options.seed}/{operation.name}/{index}"
            response = writer.output(operation, responses.values(seed, shape) if shape else {})
            question = {"operation": operation.name, "response": response}
            yield question, lambda name=operation.name, response=response: {"result": reference.result(model, name, response)}
        for error in operation.error_shapes:
            response = writer.error(error, responses.values(f"{options.seed}/{operation.name}/{error.name}", error))
            question = {"operation": operation.name, "response": response}
            yield question, lambda error=error, response=response: {"error": reference.error(model, error, response)}


def ours(options, lines):
    command = [options.runner] if options.runner else "cargo run -q -p myrina-tests --bin conformance --".split()
    command += ["wire", "--models", str(DATA), "--service", options.service]
    done = subprocess.run(command, cwd=ROOT, input="\n".join(lines), stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def differ(expected, answer, model):
    """The kinds of difference, with both sides."""
    if "failure" in expected or "failure" in answer:
        yield "one fails: " + str(answer.get("failure") or expected.get("failure"))[:60], expected, answer
    elif "error" in expected:
        yield from differ_in_error(expected["error"], answer)
    elif "result" in expected:
        result = answer.get("result", {})
        # Where nothing came, botocore has an empty payload, and ours is absent.
        wanted = {key: value for key, value in expected["result"].items() if value not in ("", {}) or key in result}
        if not same(wanted, result):
            yield "result", expected["result"], answer
    else:
        yield from differ_in_request(expected, answer, model)


def differ_in_error(expected, answer):
    error = answer.get("error", {})
    for key in ("code", "message"):
        # Where botocore has no message, ours may come from an element that it does not look at.
        if expected[key] and expected[key] != error.get(key):
            yield f"error {key}", expected[key], answer
    if expected["known"] and not same(expected["data"], error.get("data")):
        yield "error data", expected["data"], answer


def same(one, other):
    """JSON that means the same: whole numbers may have a fraction, and text may hold JSON."""
    if isinstance(one, dict) and isinstance(other, dict):
        # A list that is required and flat is there without elements: nothing on the wire says that from its absence.
        other = {key: value for key, value in other.items() if value != [] or key in one}
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) and isinstance(other, str) and one != other:
        try:
            return json.loads(one) == json.loads(other)
        except ValueError:
            return False
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def differ_in_request(expected, answer, model):
    for key in ("method", "host"):
        if expected[key] != answer[key]:
            yield key, expected[key], answer[key]
    if uri(expected["uri"]) != uri(answer["uri"]):
        yield "uri", expected["uri"], answer["uri"]
    for name, value in expected["headers"].items():
        if items(answer["headers"].get(name)) != items(value):
            yield f"header {name}", value, answer["headers"].get(name)
    for name in answer["headers"].keys() - expected["headers"].keys() - {"content-length", "content-type"}:
        yield f"header {name}", None, answer["headers"][name]
    body = answer["body"].encode() if "body" in answer else base64.b64decode(answer["body_base64"])
    if expected["body"] is not None and meaning(expected["body"], model) != meaning(body, model):
        yield "body", expected["body"], body


def differ_in_events(question, answer, model):
    operation = model.operation_model(question["operation"])
    if not operation.has_event_stream_input or "params" not in question or "failure" in answer:
        return
    stream = operation.get_event_stream_input()
    body = answer["body"].encode() if "body" in answer else base64.b64decode(answer["body_base64"])
    found, first = events.sent(model.resolved_protocol, stream, body)
    found = [reference.plain(stream, event) for event in found]
    expected = question["params"][operation.input_shape.event_stream_name]
    if not same(found, expected):
        yield "events", expected, found
    rest = {name: value for name, value in question["params"].items() if name != operation.input_shape.event_stream_name}
    if first and not same(json.loads(first), rest):
        yield "first message", rest, first


def items(value):
    """A list in a header: blanks behind its commas mean nothing."""
    return value and [item.strip() for item in value.split(",")]


def uri(uri):
    """The path as it is, the query as parameters."""
    path, _, query = uri.partition("?")
    return path, sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))


def meaning(body, model):
    protocol = model.resolved_protocol
    if not body:
        return None
    if protocol == "smithy-rpc-v2-cbor":
        return named(botocore.parsers.RpcV2CBORParser().parse_data_item(io.BufferedReader(io.BytesIO(body))))
    body = body.decode()
    if protocol in ("query", "ec2"):
        # In any order: the names carry the places.
        return sorted(urllib.parse.parse_qsl(body, keep_blank_values=True))
    if protocol == "rest-xml":
        try:
            return ElementTree.canonicalize(body)
        except ElementTree.ParseError:
            return body
    try:
        return json.loads(body)
    except ValueError:
        return body


def named(value):
    """With names for special numbers: what is not a number differs from itself."""
    if isinstance(value, dict):
        return {key: named(item) for key, item in value.items()}
    if isinstance(value, list):
        return [named(item) for item in value]
    return reference.special(value) if isinstance(value, float) else value


def tell(differences, show):
    for what, found in sorted(differences.items(), key=lambda item: -len(item[1])):
        print(f"{what}: {len(found)} of {len({question['operation'] for question, *_ in found})} operations")
        for question, expected, answer in found[:show]:
            print(f"    {json.dumps(question, ensure_ascii=False)[:600]}")
            print(f"        botocore: {str(expected)[:600]}\n        ours:     {str(answer)[:600]}")


if __name__ == "__main__":
    sys.exit(0 if report(arguments()) else 1)
