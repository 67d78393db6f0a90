"""Which values a schema allows, as the validator `jsonschema` (PyPI) sees it."""
import base64
import datetime
import decimal
import json
import re
import struct
import uuid

import jsonschema
import referencing
import referencing.jsonschema

FORMATS = jsonschema.FormatChecker(formats=())
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@FORMATS.checks("date-time", ValueError)
def is_date_time(value):
    if not isinstance(value, str):
        return True
    if not DATE_TIME.fullmatch(value):
        return False
    datetime.datetime.fromisoformat(re.sub(r"\.\d+", "", value).replace("Z", "+00:00"))
    return True


@FORMATS.checks("date", ValueError)
def is_date(value):
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    datetime.date.fromisoformat(value)
    return True


@FORMATS.checks("uuid", ValueError)
def is_uuid(value):
    return not isinstance(value, str) or str(uuid.UUID(value)) == value


@FORMATS.checks("byte", ValueError)
def is_base64(value):
    return not isinstance(value, str) or base64.b64encode(base64.b64decode(value, validate=True)).decode() == value


@FORMATS.checks("int32")
def is_int32(value):
    return not is_number(value) or -(2**31) <= value < 2**31


@FORMATS.checks("int64")
def is_int64(value):
    return not is_number(value) or -(2**63) <= value < 2**63


@FORMATS.checks("uint8")
def is_uint8(value):
    return not is_number(value) or 0 <= value < 2**8


@FORMATS.checks("float", OverflowError)
def is_float(value):
    return not is_number(value) or struct.unpack("f", struct.pack("f", value))[0] == value


def is_number(value):
    return isinstance(value, (int, float, decimal.Decimal)) and not isinstance(value, bool)


def without_openapi(schema):
    """The schema as JSON Schema has it: `nullable` is a type of its own."""
    if isinstance(schema, list):
        return [without_openapi(element) for element in schema]
    if not isinstance(schema, dict):
        return schema
    result = {}
    for key, value in schema.items():
        if key in ("enum", "const", "default", "example", "examples"):
            result[key] = value
        elif key in ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"):
            result[key] = {name: without_openapi(inner) for name, inner in value.items()} if isinstance(value, dict) else value
        else:
            result[key] = without_openapi(value)
    # An annotation to validators, and a type to clients.
    if result.get("contentEncoding") == "base64":
        result.setdefault("format", "byte")
    if result.pop("nullable", None) is True or result.pop("x-nullable", None) is True:
        result.pop("nullable", None)
        result = {"anyOf": [result, {"type": "null"}]}
    return result


def validator(document, pointer, checks_formats=True):
    """A validator for the schema at `pointer` of an OpenAPI document."""
    resource = referencing.Resource(contents=document, specification=referencing.jsonschema.DRAFT202012)
    registry = referencing.Registry().with_resource("urn:description", resource)
    return jsonschema.Draft202012Validator(
        {"$ref": "urn:description" + pointer}, registry=registry, format_checker=FORMATS if checks_formats else None)


def parse(text):
    """A JSON text whose numbers keep all their digits."""
    return json.loads(text, parse_float=decimal.Decimal)


def difference(one, other, path="$", may_lack=False):
    """Where two texts are not the same JSON, order of members and spelling of numbers
    aside; None where they are. The other may lack members where that is said."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in [*one, *other]:
            if name not in one or name not in other and not may_lack:
                return f"{path}.{name}"
        found = (difference(value, other[name], f"{path}.{name}", may_lack) for name, value in one.items() if name in other)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        found = (difference(value, other[index], f"{path}[{index}]", may_lack) for index, value in enumerate(one))
    elif is_number(one) and is_number(other):
        return None if decimal.Decimal(str(one)) == decimal.Decimal(str(other)) else path
    else:
        return None if type(one) is type(other) and one == other else path
    return next(filter(None, found), None)
