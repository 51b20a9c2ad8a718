"""Compares the requests of generated code with those of botocore, for random inputs of every operation of a service.

    python tests/wire/compare.py --service lambda [--count 20] [--operation Invoke] [--show 30]

Needs an environment with botocore, whose models are used on both sides. What is compared: the method, path and query, the
headers that botocore sets, and what the body means.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree

import botocore
import botocore.awsrequest
import botocore.loaders
import botocore.model
import botocore.serialize

from values import TOKEN, Values

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(botocore.__file__).parent / "data"


def main():
    options = arguments()
    loader = botocore.loaders.Loader(extra_search_paths=[], include_default_search_paths=True)
    model = botocore.model.ServiceModel(loader.load_service_model(options.service, "service-2"), options.service)
    cases = list(inputs(model, options))
    lines = [json.dumps({"operation": name, "params": params}) for name, params in cases]
    answers = ours(options, lines)
    differences = collections.defaultdict(list)
    same = 0
    for (name, params), answer in zip(cases, answers):
        try:
            expected = theirs(model, name, params)
        except Exception as error:  # whatever botocore says of it
            expected = {"failure": f"{type(error).__name__}: {error}"}
        found = [] if "failure" in expected and "failure" in answer else list(differ(expected, answer, model))
        same += not found
        for what, one, other in found:
            differences[what].append((name, params, one, other))
    tell(differences, options.show)
    print(f"{options.service}: {same} of {len(cases)} inputs of {len(model.operation_names)} operations agree")
    return 0 if same == len(cases) else 1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--service", required=True)
    parser.add_argument("--operation")
    parser.add_argument("--count", type=int, default=20, help="inputs of each operation")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--show", type=int, default=3, help="examples of each kind of difference")
    parser.add_argument("--runner", help="the compiled runner, instead of one that cargo compiles")
    return parser.parse_args()


def inputs(model, options):
    for name in model.operation_names:
        if options.operation in (None, name):
            shape = model.operation_model(name).input_shape
            for index in range(options.count if shape and shape.members else 1):
                values = Values(f"{options.seed}/{name}/{index}")
                yield name, values.structure(shape, 0, "body") if shape else {}


def ours(options, lines):
    command = [options.runner] if options.runner else "cargo run -q -p myrina-tests --bin conformance --".split()
    command += ["wire", "--models", str(DATA), "--service", options.service]
    done = subprocess.run(command, cwd=ROOT, input="\n".join(lines), stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def theirs(model, name, params):
    operation = model.operation_model(name)
    # What a client of botocore does before it serialises.
    params = {**params, **{token: params.get(token, TOKEN) for token in operation.idempotent_members}}
    serializer = botocore.serialize.create_serializer(model.resolved_protocol, include_validation=False)
    request = serializer.serialize_to_request(params, operation)
    botocore.awsrequest.prepare_request_dict(request, endpoint_url="https://example.com")
    headers = {name.lower(): text(value) for name, value in request["headers"].items()}
    headers.pop("user-agent", None)
    url = urllib.parse.urlsplit(request["url"])
    body = request["body"]
    if isinstance(body, dict):
        body = urllib.parse.urlencode(body)
    uri = url.path + (f"?{url.query}" if url.query else "")
    if operation.has_event_stream_input:
        # It sends no events, and describes a document instead.
        headers.pop("content-type", None)
        body = None
    return {"method": request["method"], "host": url.netloc, "uri": uri, "headers": headers, "body": text(body)}


def text(value):
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


def differ(expected, answer, model):
    """The kinds of difference, with both sides."""
    if "failure" in expected or "failure" in answer:
        yield "one fails: " + str(answer.get("failure") or expected.get("failure"))[:60], expected, answer
        return
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
    if expected["body"] is not None and meaning(expected["body"], model) != meaning(answer.get("body"), model):
        yield "body", expected["body"], answer.get("body", answer.get("body_base64"))


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


def tell(differences, show):
    for what, found in sorted(differences.items(), key=lambda item: -len(item[1])):
        print(f"{what}: {len(found)} inputs of {len({name for name, *_ in found})} operations")
        for name, params, expected, answer in found[:show]:
            print(f"    {name} {json.dumps(params, ensure_ascii=False)[:400]}")
            print(f"        botocore: {str(expected)[:600]}\n        ours:     {str(answer)[:600]}")


if __name__ == "__main__":
    sys.exit(main())
