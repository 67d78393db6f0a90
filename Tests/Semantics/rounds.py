"""Random schemas: every valid value has to come back as it was."""
import json
import random
import sys

import client
import progress
import schemas
import validation
import values

VALUES = 8
TRIALS = 40


def make(seed, count):
    """A document of `count` schemas in wrappers `W0`, `W1`, …"""
    components = {}
    for index in range(count):
        maker = schemas.SchemaMaker(random.Random(f"{seed}/{index}"), f"S{index}X")
        root = maker.root()
        components.update(maker.components)
        components[f"W{index}"] = {"type": "object", "required": ["value"], "properties": {"value": {"$ref": "#/components/schemas/" + root}}}
    return {"openapi": "3.1.0", "info": {"title": "Semantics", "version": "1"}, "paths": {}, "components": {"schemas": components}}


def valid_values(document, seed, count, only=None):
    plain = validation.without_openapi(document)
    result = []
    for index in range(count):
        if only is not None and index != only:
            continue
        check = validation.validator(plain, f"#/components/schemas/W{index}")
        maker = values.ValueMaker(random.Random(f"{seed}/{index}/values"), document)
        seen = set()
        for _ in range(TRIALS):
            if len(seen) == VALUES:
                break
            value = maker.value(document["components"]["schemas"][f"W{index}"])
            if value is values.MISSING:
                continue
            text = json.dumps(value, ensure_ascii=False)
            if text not in seen and is_valid(check, value):
                seen.add(text)
                result.append((index, text))
    return result


def is_valid(check, value):
    """A schema that is one of its own alternatives has no end for a validator; it
    only has to compile."""
    try:
        return check.is_valid(value)
    except RecursionError:
        return False


def run(root, folder, seed, count, at_once, only=None, show=20):
    """Prints what went wrong; the number of faults."""
    faults, total, described = [], 0, 0
    bar = progress.Progress(count)
    for start in range(0, count, at_once):
        batch = min(at_once, count - start)
        batch_seed = f"{seed}.{start}"
        document = make(batch_seed, batch)
        cases = valid_values(document, batch_seed, batch, only)
        total += len(cases)
        described += batch
        try:
            program = client.Client(root, folder, document, {index: f"W{index}" for index in range(batch)})
        except client.NotBuilt as error:
            bar.clear()
            print(f"schemas {start} to {start + batch - 1} of seed {seed}: not built:\n{error}")
            faults.append((start, "", ("not built", ""), {}))
            continue
        for (index, text), outcome in zip(cases, program.round_trips(cases)):
            place = validation.difference(validation.parse(text), validation.parse(outcome[1])) if outcome[0] == "ok" else None
            if outcome[0] != "ok" or place:
                own = {name: schema for name, schema in document["components"]["schemas"].items() if name.startswith(f"S{index}X")}
                faults.append((start + index, text, (outcome[0], outcome[1] + (f" (differs at {place})" if place else "")), own))
        bar.step(batch)
    bar.clear()
    refused = sum(outcome[0] == "error" for _, _, outcome, _ in faults)
    changed = sum(outcome[0] == "ok" for _, _, outcome, _ in faults)
    crashed = len(faults) - refused - changed
    shown = set()
    # The smallest say most.
    for index, text, outcome, own in sorted(faults, key=lambda fault: len(json.dumps(fault[3]))):
        if index in shown or len(shown) >= show or not own:
            continue
        shown.add(index)
        print(f"--- schema {index} of seed {seed}")
        for name, schema in own.items():
            print(f"{name}: {json.dumps(schema, ensure_ascii=False)}")
        print(f"value:  {text}\n{outcome[0]}: {outcome[1]}")
    print(f"seed {seed}: {described} schemas, {total} valid values: {refused} refused, {changed} changed, {crashed} ended the program.")
    sys.stdout.flush()
    return len(faults)
