"""The response examples of real descriptions, read with the types that their
descriptions come to: the share that is read, and that comes back as it was."""
import json
import pathlib

import yaml

import client
import validation


def responses(document):
    """The pointer of the schema of each JSON response that has examples, and these."""
    is_swagger = "swagger" in document
    for path, item in (document.get("paths") or {}).items():
        for method, operation in (item or {}).items() if isinstance(item, dict) else []:
            if not isinstance(operation, dict) or not isinstance(operation.get("responses"), dict):
                continue
            for status, response in operation["responses"].items():
                if not isinstance(response, dict):
                    continue
                place = ["paths", path, method, "responses", str(status)]
                if is_swagger:
                    found = [value for name, value in (response.get("examples") or {}).items() if "json" in str(name)] \
                        if isinstance(response.get("examples"), dict) else []
                    if found and isinstance(response.get("schema"), dict):
                        yield place + ["schema"], found
                    continue
                for name, media in (response.get("content") or {}).items():
                    if "json" not in name or not isinstance(media, dict) or not isinstance(media.get("schema"), dict):
                        continue
                    found = [media["example"]] if "example" in media else []
                    for example in (media.get("examples") or {}).values() if isinstance(media.get("examples"), dict) else []:
                        found += [example["value"]] if isinstance(example, dict) and "value" in example else []
                    if found:
                        yield place + ["content", name, "schema"], found


def pointer(steps):
    return "#/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)


def plain(value):
    """The example as JSON: YAML's dates are texts there."""
    return json.loads(json.dumps(value, default=str, ensure_ascii=False))


def run(root, folder, corpus, show):
    totals = {"examples": 0, "read": 0, "same": 0}
    shown = 0
    for file in sorted(path for path in pathlib.Path(corpus).rglob("*") if path.suffix in (".yaml", ".yml", ".json")):
        text = file.read_text()
        document = plain(json.loads(text) if file.suffix == ".json" else yaml.safe_load(text))
        schemas = document.setdefault("definitions", {}) if "swagger" in document else document.setdefault("components", {}).setdefault("schemas", {})
        types, cases = {}, []
        for index, (steps, found) in enumerate(responses(document)):
            schemas[f"ApusExample{index}"] = {
                "type": "object", "required": ["value"], "properties": {"value": {"$ref": pointer(steps)}}}
            types[index] = f"ApusExample{index}"
            for example in found:
                if isinstance(example, str) and example.lstrip()[:1] in ("{", "["):
                    try:
                        example = json.loads(example)
                    except ValueError:
                        continue
                cases.append((index, json.dumps({"value": example}, ensure_ascii=False)))
        if not cases:
            continue
        try:
            program = client.Client(root, folder, document, types)
        except client.NotBuilt as error:
            print(f"{file.name}: not built: {str(error)[:300]}")
            continue
        read, same = 0, 0
        for (index, text), outcome in zip(cases, program.round_trips(cases)):
            read += outcome[0] == "ok"
            same += outcome[0] == "ok" and not validation.difference(validation.parse(text), validation.parse(outcome[1]))
            if outcome[0] != "ok" and shown < show:
                shown += 1
                print(f"{file.name}: {outcome[1][:200]}")
        print(f"{file.name}: {len(cases)} examples, {read} read, {same} the same again.", flush=True)
        totals = {"examples": totals["examples"] + len(cases), "read": totals["read"] + read, "same": totals["same"] + same}
    count = max(1, totals["examples"])
    print(f"{totals['examples']} examples: {totals['read']} read ({100 * totals['read'] / count:.1f} %), "
          f"{totals['same']} the same again ({100 * totals['same'] / count:.1f} %).")
    return 0
