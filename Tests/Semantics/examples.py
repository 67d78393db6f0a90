"""The examples of real descriptions, read with the types that their descriptions come
to: which share is read strictly and tolerantly, and why the rest is not."""
import collections
import datetime
import json
import pathlib
import re

import yaml

import client
import validation

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}


class Example:
    """A value that a description shows, and where: `kind` is response, request or schema."""

    def __init__(self, kind, place, schema, value):
        self.kind, self.place, self.schema, self.value = kind, place, schema, value


class Description:
    def __init__(self, file):
        text = file.read_text()
        self.document = plain(json.loads(text) if file.suffix == ".json" else yaml.load(text, TextLoader))
        self.is_swagger = "swagger" in self.document

    def resolved(self, node):
        """What a reference within the description stands for."""
        for _ in range(20):
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                break
            if not node["$ref"].startswith("#/"):
                return None
            found = self.document
            for step in node["$ref"][2:].split("/"):
                step = step.replace("~1", "/").replace("~0", "~")
                found = found.get(step) if isinstance(found, dict) else None
            node = found
        return node

    def members(self, node):
        node = self.resolved(node)
        return node.items() if isinstance(node, dict) else ()

    def examples(self):
        seen = set()
        for example in self.all_examples():
            # Responses are shared; each example counts once.
            key = (example.kind, json.dumps(example.schema, sort_keys=True), json.dumps(example.value, sort_keys=True))
            if key not in seen:
                seen.add(key)
                yield example

    def all_examples(self):
        for path, item in self.members(self.document.get("paths")):
            for method, operation in self.members(item):
                if method in METHODS and isinstance(operation, dict):
                    yield from self.of_operation(f"{method.upper()} {path}", operation)
        schemas = self.document.get("definitions") if self.is_swagger else (self.document.get("components") or {}).get("schemas")
        for name, schema in self.members(schemas):
            if isinstance(schema, dict):
                prefix = "#/definitions/" if self.is_swagger else "#/components/schemas/"
                found = [schema["example"]] if "example" in schema else []
                found += schema["examples"] if isinstance(schema.get("examples"), list) else []
                for value in found:
                    yield from self.example("schema", name, {"$ref": prefix + name.replace("~", "~0").replace("/", "~1")}, value)

    def of_operation(self, name, operation):
        for status, response in self.members(operation.get("responses")):
            response = self.resolved(response)
            if not isinstance(response, dict):
                continue
            yield from self.of_content("response", f"{name} {status}", response.get("content"))
            if self.is_swagger and isinstance(response.get("schema"), dict):
                for media, value in self.members(response.get("examples")):
                    if "json" in media:
                        yield from self.example("response", f"{name} {status}", response["schema"], value)
        body = self.resolved(operation.get("requestBody"))
        if isinstance(body, dict):
            yield from self.of_content("request", name, body.get("content"))

    def of_content(self, kind, place, content):
        for media, described in self.members(content):
            if "json" not in media or not isinstance(described, dict) or not isinstance(described.get("schema"), dict):
                continue
            found = [described["example"]] if "example" in described else []
            for _, example in self.members(described.get("examples")):
                example = self.resolved(example)
                found += [example["value"]] if isinstance(example, dict) and "value" in example else []
            for value in found:
                yield from self.example(kind, place, described["schema"], value)

    def example(self, kind, place, schema, value):
        if isinstance(value, str) and self.is_structure(schema):
            # Many write the JSON text in place of the value.
            try:
                value = json.loads(value)
            except ValueError:
                return
        yield Example(kind, place, schema, value)

    def is_structure(self, schema):
        schema = self.resolved(schema) or {}
        return schema.get("type") in ("object", "array") or "properties" in schema or "items" in schema


class TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML whose dates are texts, as they are in JSON."""


TextLoader.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain(value):
    return json.loads(json.dumps(value, default=str, ensure_ascii=False))


def wrapped(description, found):
    """The description without what only operations need, with a type for each schema
    that has examples; its index by example."""
    document = dict(description.document)
    for key in ("security", "securityDefinitions", "webhooks", "tags"):
        document.pop(key, None)
    if '"#/paths/' not in json.dumps(document):
        document["paths"] = {}
    if description.is_swagger:
        schemas = document["definitions"] = dict(document.get("definitions") or {})
    else:
        document["components"] = {
            key: value for key, value in (document.get("components") or {}).items() if key != "securitySchemes"}
        schemas = document["components"]["schemas"] = dict(document["components"].get("schemas") or {})
    indices, by_text = [], {}
    for example in found:
        text = json.dumps(example.schema, sort_keys=True)
        index = by_text.setdefault(text, len(by_text))
        indices.append(index)
        schemas[f"ApusExample{index}"] = {"type": "object", "required": ["value"], "properties": {"value": example.schema}}
    return document, indices


def problem(document, is_swagger, index, value):
    """Why the validator refuses a value; None where it does not, "?" where it cannot
    understand the schema."""
    prefix = "#/definitions/" if is_swagger else "#/components/schemas/"
    try:
        errors = validation.validator(document, f"{prefix}ApusExample{index}").iter_errors(value)
        worst = max(errors, key=lambda error: len(error.absolute_path), default=None)
    except Exception:  # What stands in descriptions raises errors of every kind.
        return "?"
    return None if worst is None else f"{kind_of_fault(worst)} at {worst.json_path.replace('$.value', '$', 1)}"


def kind_of_fault(error):
    found = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
    if error.validator == "type":
        return f"{found[type(error.instance)]} for {error.validator_value}"
    if error.validator == "required":
        return re.sub(r"'(.*)' is a required property", r"no `\1`", error.message)
    return {
        "format": f"no {error.validator_value}", "enum": "not of the enumeration", "anyOf": "none of the alternatives",
        "oneOf": "not one of the alternatives", "additionalProperties": "members that are not allowed",
    }.get(error.validator, f"not as `{error.validator}` says")


class Outcome:
    def __init__(self, file, example, fault, strict, tolerant, text):
        self.file, self.example, self.fault, self.strict, self.tolerant = file, example, fault, strict, tolerant
        # Members that no schema names are dropped, and a moment is written in UTC.
        self.is_changed = strict[0] == "ok" and bool(
            validation.difference(in_utc(validation.parse(text)), in_utc(validation.parse(strict[1])), may_lack=True))

    @property
    def is_lost(self):
        """Whether a value that the validator accepts is refused or changed."""
        return self.fault is None and (self.strict[0] != "ok" or self.is_changed)


def in_utc(value):
    """The value with every moment as it would be written in UTC."""
    if isinstance(value, dict):
        return {name: in_utc(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [in_utc(inner) for inner in value]
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
        try:
            moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return value
        return moment.replace(tzinfo=moment.tzinfo or datetime.timezone.utc).astimezone(datetime.timezone.utc).isoformat()
    return value


def outcomes(root, folder, file):
    description = Description(file)
    found = list(description.examples())
    if not found:
        return []
    document, indices = wrapped(description, found)
    program = client.Client(
        root, folder, document, {index: f"ApusExample{index}" for index in indices},
        settings={"include": {"schemas": [f"ApusExample{index}" for index in sorted(set(indices))]}})
    texts = [json.dumps({"value": example.value}, ensure_ascii=False) for example in found]
    strict = program.round_trips(list(zip(indices, texts)))
    tolerant = program.round_trips(list(zip(indices, texts)), reading="tolerant")
    plain_document = validation.without_openapi(document)
    return [
        Outcome(file, example, problem(plain_document, description.is_swagger, index, {"value": example.value}), one, other, text)
        for example, index, text, one, other in zip(found, indices, texts, strict, tolerant)
    ]


def share(part, whole):
    return f"{part} ({100 * part / max(1, whole):.1f} %)"


def run(root, folder, corpus, show, page=None):
    """Prints what was not read; 1 if a value that its description allows was lost."""
    everything = []
    pattern = pathlib.Path(corpus)
    files = [pattern] if pattern.is_file() else sorted(
        path for path in pattern.rglob("*") if path.suffix in (".yaml", ".yml", ".json"))
    for file in files:
        try:
            found = outcomes(root, folder, file)
        except client.NotBuilt as error:
            print(f"{file.name}: not built: {str(error)[:600]}")
            return 1
        if found:
            everything += found
            print(row(file.name, found), flush=True)
    print(row("all", everything))
    lost = [outcome for outcome in everything if outcome.is_lost]
    for outcome in [outcome for outcome in everything if outcome.strict[0] != "ok" or outcome.is_lost][:show]:
        print(f"--- {outcome.file.name}: {outcome.example.kind} of {outcome.example.place}")
        print(f"    strictly:   {outcome.strict[0]} {outcome.strict[1][:300]}")
        print(f"    tolerantly: {outcome.tolerant[0]} {outcome.tolerant[1][:300] if outcome.tolerant[0] != 'ok' else ''}")
        print(f"    the validator: {outcome.fault or 'accepts it'}")
    print(f"{len(lost)} examples that the validator accepts are refused or changed.")
    if page:
        pathlib.Path(page).write_text(written(everything))
    return 1 if lost else 0


def row(name, found):
    count = len(found)
    return (f"{name}: {count} examples; read strictly {share(sum(one.strict[0] == 'ok' for one in found), count)}, "
            f"tolerantly {share(sum(one.tolerant[0] == 'ok' for one in found), count)}; "
            f"the validator accepts {sum(one.fault is None for one in found)}, is not sure of {sum(one.fault == '?' for one in found)}")


def written(everything):
    """The page of Documentation/."""
    lines = [PAGE_HEAD, "| description | examples | allowed by their schema | read strictly | read tolerantly |", "|---|---|---|---|---|"]
    by_file = collections.defaultdict(list)
    for outcome in everything:
        by_file[outcome.file.name].append(outcome)
    for name, found in [*sorted(by_file.items()), ("**all**", everything)]:
        count = len(found)
        lines.append(f"| {name} | {count} | {sum(one.fault is None for one in found)} | "
                     f"{share(sum(one.strict[0] == 'ok' for one in found), count)} | {share(sum(one.tolerant[0] == 'ok' for one in found), count)} |")
    lines += ["", "## What is not read strictly", "", "| description | example of | the validator | tolerantly |", "|---|---|---|---|"]
    rows = collections.Counter(
        (outcome.file.name, f"{outcome.example.kind} {outcome.example.place}", outcome.fault or "accepts it",
         "read" if outcome.tolerant[0] == "ok" else outcome.tolerant[1].split(" (byte")[0].replace("$.value", "$"))
        for outcome in everything if outcome.strict[0] != "ok")
    for (name, place, fault, tolerant), count in sorted(rows.items()):
        cells = [name, place + (f", {count} times" if count > 1 else ""), fault, tolerant]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


PAGE_HEAD = """\
# Examples of real descriptions

`make semantics EXAMPLES=folder` reads the examples of the descriptions in a folder, of responses, requests and component
schemas, with the types that their schemas come to, strictly and with `reading: tolerant`. `jsonschema`, an independent
validator, says for each whether its schema allows it. What the schema allows has to be read, and to be the same JSON when it is
written again; what it does not allow shows how far an API is from its description. Written by that command (`PAGE=file`).
"""
