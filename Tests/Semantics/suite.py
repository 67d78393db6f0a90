"""The JSON-Schema-Test-Suite (draft 2020-12): the share of valid values that come
back as they were, and of invalid ones that are refused with `validation: all`."""
import json
import pathlib

import client
import validation

# What an OpenAPI document has no place for: identifiers that move references, remote
# schemas, other dialects.
OUTSIDE = ["$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$schema", "$vocabulary", "http://", "urn:", "\"$ref\": \"#foo"]
FILES_OUTSIDE = ["anchor", "dynamicRef", "refRemote", "vocabulary", "unevaluatedItems", "infinite-loop-detection"]


def groups(folder):
    for file in sorted(pathlib.Path(folder).glob("*.json")):
        if file.stem in FILES_OUTSIDE:
            continue
        for group in json.loads(file.read_text()):
            schema = group["schema"]
            if isinstance(schema, dict):
                schema = {key: value for key, value in schema.items() if key != "$schema"}
            if not any(word in json.dumps(schema) for word in OUTSIDE):
                yield file.stem, group["description"], schema, group["tests"]


def rebased(schema, name):
    """The schema as a component: its references lead into it."""
    if isinstance(schema, list):
        return [rebased(element, name) for element in schema]
    if not isinstance(schema, dict):
        return schema
    result = {}
    for key, value in schema.items():
        if key == "$ref" and isinstance(value, str) and value.startswith("#"):
            result[key] = f"#/components/schemas/{name}" + value[1:]
        elif key in ("enum", "const", "default"):
            result[key] = value
        else:
            result[key] = rebased(value, name)
    return result


def run(root, folder, suite, show):
    components, types, cases = {}, {}, []
    for index, (keyword, description, schema, tests) in enumerate(groups(suite)):
        name = f"S{index}X"
        components[name] = rebased(schema, name)
        components[f"W{index}"] = {
            "type": "object", "required": ["value"], "properties": {"value": {"$ref": "#/components/schemas/" + name}}}
        types[index] = f"W{index}"
        for test in tests:
            text = json.dumps({"value": test["data"]}, ensure_ascii=False)
            cases.append((index, text, test["valid"], f"{keyword}: {description}: {test['description']}", schema))
    document = {"openapi": "3.1.0", "info": {"title": "Suite", "version": "1"}, "paths": {}, "components": {"schemas": components}}
    for validates in (False, True):
        program = client.Client(root, folder, document, types, {"validation": "all"} if validates else None)
        chosen = [case for case in cases if case[2] != validates]
        outcomes = program.round_trips([(index, text) for index, text, *_ in chosen])
        good, shown = 0, 0
        for (index, text, _, description, schema), outcome in zip(chosen, outcomes):
            if validates:
                is_good = outcome[0] == "error"
            else:
                is_good = outcome[0] == "ok" and not validation.difference(validation.parse(text), validation.parse(outcome[1]))
            good += is_good
            if not is_good and shown < show:
                shown += 1
                print(f"{description}\n  schema {json.dumps(schema)}\n  value  {text}\n  {outcome[0]}: {outcome[1]}")
        what = "invalid values are refused with `validation: all`" if validates else "valid values come back as they were"
        print(f"{good} of {len(chosen)} {what} ({100 * good / max(1, len(chosen)):.1f} %).")
    return 0
