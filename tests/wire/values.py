"""Random values of botocore shapes, in the conventions of the protocol suites."""

import math
import random
import string

TOKEN = "00000000-0000-4000-8000-000000000000"
# What encodings stumble over: reserved and unreserved characters, blanks, quotes, markup, letters beyond ASCII and the BMP.
ODD = " /?&=+%:,;@!*'()[]{}<>\"\\#$~._-|^`"
BEYOND = "äß€日本\U0001f600"
# Numbers that JSON has no digits for.
SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class Values:
    """Makes values; the same seed makes the same ones."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def of(self, shape, depth=0, place="body"):
        kind = shape.type_name
        if kind == "structure":
            return self.structure(shape, depth, place)
        if kind == "list":
            count = self.random.choice((0, 1, 1, 2, 3)) if place == "body" else self.random.choice((1, 2, 3))
            return [self.of(shape.member, depth + 1, place) for _ in range(0 if depth > 5 else count)]
        if kind == "map":
            count = 0 if depth > 5 else self.random.choice((0, 1, 2))
            keys = [self.text(shape.key, place if place == "body" else "name") for _ in range(count)]
            return {key: self.of(shape.value, depth + 1, place) for key in keys}
        return self.scalar(shape, kind, place)

    def scalar(self, shape, kind, place):
        if kind == "string" or kind == "character":
            if shape.serialization.get("jsonvalue") and shape.serialization.get("location") == "header":
                return {"a": 1, "b": ["c", None, True]}
            return self.text(shape, place)
        if kind == "boolean":
            return self.random.choice((True, False))
        if kind in ("integer", "long", "short", "byte"):
            most = {"integer": 2**31 - 1, "short": 2**15 - 1, "byte": 127}.get(kind, 2**53)
            return self.random.choice((0, 1, -1, most, self.random.randrange(-1000, 1000)))
        if kind in ("float", "double"):
            return self.random.choice((0.5, -1.25, 3.0, 0.001, 12345.678, 2.5, *SPECIAL))
        if kind == "timestamp":
            return self.random.choice((0, 1, 1422172800, 1598491932, self.random.randrange(0, 4102444800)))
        if kind == "blob":
            return self.text(shape, "body")
        raise ValueError(f"no values of the type {kind}")

    def text(self, shape, place):
        values = getattr(shape, "enum", None)
        if values and self.random.random() < 0.9:
            return self.random.choice(values)
        if place == "host":
            return self.word(1, 12, string.ascii_lowercase + string.digits)
        if place == "name":
            return self.word(1, 8, string.ascii_letters + string.digits + "-")
        if place == "header":
            return self.word(1, 12, string.ascii_letters + string.digits + "-._~/:=")
        alphabet = string.ascii_letters * 2 + string.digits + ODD + BEYOND
        least = 1 if place == "label" else 0
        text = self.word(least, 16, alphabet)
        # These cannot be sent as a segment of a path.
        return "dot" if place == "label" and text.strip(".") == "" else text

    def word(self, least, most, alphabet):
        return "".join(self.random.choice(alphabet) for _ in range(self.random.randint(least, most)))

    def structure(self, shape, depth, place):
        if getattr(shape, "is_document_type", False):
            return self.random.choice(({"a": [1, "b", None, {"c": 1.5}]}, "text", 3, True, [], {}))
        members = list(shape.members.items())
        if getattr(shape, "is_tagged_union", False):
            plain = [item for item in members if item[1].type_name not in ("structure", "list", "map")]
            name, member = self.random.choice(plain if plain and depth > 4 else members)
            return {name: self.of(member, depth + 1, place)}
        chance = 0.7 if depth == 0 else 0.5 if depth < 3 else 0.2 if depth < 6 else 0
        chosen = {}
        for name, member in members:
            # botocore sends no events.
            if member.serialization.get("eventstream") or getattr(member, "is_eventstream", False):
                continue
            if name in shape.required_members or self.random.random() < chance:
                chosen[name] = self.member(member, depth)
        return chosen

    def member(self, member, depth):
        traits = member.serialization
        if member.metadata.get("idempotencyToken"):
            return TOKEN
        if member.metadata.get("hostLabel") or traits.get("hostLabel"):
            return self.of(member, depth + 1, "host")
        where = {"uri": "label", "header": "header", "headers": "header", "querystring": "query"}
        return self.of(member, depth + 1, where.get(traits.get("location"), "body"))
