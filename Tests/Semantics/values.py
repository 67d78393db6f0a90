"""Values for schemas, most of them valid. What is valid decides the validator."""
import copy

WORDS = ["", "alpha", "beta", "ünï \"code\" \\ \n", "12", "true", "2024-05-06", "zulu"]
FORMATS = {
    "date-time": ["2024-05-06T07:08:09Z", "1999-12-31T23:59:59.250Z", "2038-01-19T03:14:08Z"],
    "date": ["2024-02-29", "1970-01-01"],
    "uuid": ["123e4567-e89b-12d3-a456-426614174000"],
    "byte": ["", "AQIDBA==", "aGVsbG8gd29ybGQ="],
}
MISSING = object()
DEEPEST = 7


class ValueMaker:
    def __init__(self, random, document):
        self.random = random
        self.document = document
        self.children = subtypes(document)

    def value(self, schema, depth=0):
        return self.of_parts(self.parts(schema, depth, set()), depth)

    def value_of_all(self, schemas, depth):
        return self.of_parts([part for schema in schemas for part in self.parts(schema, depth, set())] or [{}], depth)

    # What has to hold at once

    def resolve(self, reference):
        node = self.document
        for step in reference.removeprefix("#/").split("/"):
            step = step.replace("~1", "/").replace("~0", "~")
            node = node[int(step)] if isinstance(node, list) else node[step]
        return node

    def parts(self, schema, depth, seen, plain=False):
        """Schemas without compositions, of which all apply; alternatives are chosen."""
        if schema is True or schema is False:
            return [{}] if schema else [{"enum": []}]
        own = {key: value for key, value in schema.items() if key not in ("$ref", "allOf", "oneOf", "anyOf", "then", "else")}
        if own.get("nullable") is True and self.random.random() < 0.3:
            return [{"type": "null"}]
        result = [own]
        if "$ref" in schema:
            name = schema["$ref"]
            if name in seen:
                return result
            target = self.resolve(name)
            seen = seen | {name}
            children = [] if plain else self.children.get(name, [])
            if children and self.random.random() < 0.85:
                child = self.random.choice(children)
                key = target["discriminator"]["propertyName"]
                result += self.parts({"$ref": child}, depth, seen - {name}, plain=True)
                result.append({"properties": {key: {"const": tag(target, child)}}, "required": [key]})
            elif children:
                key = target["discriminator"]["propertyName"]
                result += self.parts(target, depth, seen, plain=True)
                result.append({"properties": {key: {"const": "zulu"}, "undocumented": {"type": "integer"}}, "required": [key]})
            else:
                result += self.parts(target, depth, seen, plain=plain)
        for part in schema.get("allOf", []):
            result += self.parts(part, depth, seen, plain=True)
        if "then" in schema and self.random.random() < 0.5:
            result += self.parts(schema["then"], depth, seen)
        for keyword in ("oneOf", "anyOf"):
            if not schema.get(keyword):
                continue
            member = self.choice(schema[keyword], depth)
            result += self.parts(member, depth, seen)
            if "discriminator" in schema and "$ref" in member:
                key = schema["discriminator"]["propertyName"]
                declared = self.declares(self.resolve(member["$ref"]), key) or key in schema.get("required", [])
                fixed = {"properties": {key: {"const": tag(schema, member["$ref"])}}}
                # What tells no member apart from the others cannot be read.
                result.append({**fixed, "required": [key]})
        return result

    def declares(self, schema, key):
        return key in schema.get("properties", {})

    def choice(self, members, depth):
        if depth >= DEEPEST:
            return min(members, key=lambda member: len(str(self.resolve(member["$ref"]) if isinstance(member, dict) and "$ref" in member else member)))
        return self.random.choice(members)

    # One value

    def of_parts(self, parts, depth):
        constants = [part["const"] for part in parts if "const" in part]
        if constants:
            return copy.deepcopy(constants[-1]) if has_type(constants[-1], parts) else MISSING
        lists = [part["enum"] for part in parts if "enum" in part]
        if lists:
            common = [value for value in lists[0] if all(value in other for other in lists) and has_type(value, parts)]
            return copy.deepcopy(self.random.choice(common)) if common else MISSING
        kind = self.kind(parts)
        if kind is None:
            return self.anything(depth)
        return getattr(self, "make_" + kind)(parts, depth)

    def kind(self, parts):
        allowed = None
        for part in parts:
            if "type" in part:
                types = part["type"] if isinstance(part["type"], list) else [part["type"]]
                types = set(types) | ({"integer"} if "number" in types else set())
                allowed = types if allowed is None else allowed & types
        hinted = [kind for kind, keys in (("object", ("properties", "patternProperties", "additionalProperties", "required")), ("array", ("items", "prefixItems")))
                  if any(key in part for part in parts for key in keys)]
        if allowed is None:
            return hinted[0] if hinted else None
        if not allowed:
            return "nothing"
        if hinted and hinted[0] in allowed and self.random.random() < 0.6:
            return hinted[0]
        return self.random.choice(sorted(allowed))

    def anything(self, depth):
        return self.random.choice([None, True, 3, 1.5, "text", [1, "a"], {"a": {"b": [None]}}])

    def make_nothing(self, parts, depth):
        return MISSING

    def make_null(self, parts, depth):
        return None

    def make_boolean(self, parts, depth):
        return self.random.random() < 0.5

    def make_integer(self, parts, depth):
        formats = {part.get("format") for part in parts}
        choices = [0, 1, 7, 30, -1, 100, 2147483647]
        types = [part["type"] if isinstance(part["type"], list) else [part["type"]] for part in parts if "type" in part]
        # What is described as a number alone has the digits of a Double.
        if "int32" not in formats and not any("maximum" in part for part in parts) and not any("number" in names and "integer" not in names for names in types):
            choices += [9007199254740993, -9223372036854775808]
        return self.random.choice(choices)

    def make_number(self, parts, depth):
        return self.random.choice([0.5, 1.25, -3.75, 2, 100, 1e-7, 123456.789])

    def make_string(self, parts, depth):
        formats = [part["format"] for part in parts if "format" in part]
        formats += ["byte" for part in parts if part.get("contentEncoding") == "base64"]
        if formats and formats[-1] in FORMATS:
            return self.random.choice(FORMATS[formats[-1]])
        return self.random.choice(WORDS)

    def make_array(self, parts, depth):
        prefix = max((part.get("prefixItems", []) for part in parts), key=len)
        items = [part["items"] for part in parts if "items" in part]
        result = []
        for schema in prefix[: self.random.randint(0, len(prefix)) if self.random.random() < 0.3 else None]:
            result.append(self.value(schema, depth + 1))
        if len(result) == len(prefix) and depth < DEEPEST and False not in items:
            for _ in range(self.random.randint(0, 2)):
                result.append(self.value_of_all(items, depth + 1) if items else self.anything(depth))
        return [value for value in result if value is not MISSING]

    def make_object(self, parts, depth):
        schemas, required = {}, set()
        for part in parts:
            for name, schema in part.get("properties", {}).items():
                schemas.setdefault(name, []).append(schema)
            required |= set(part.get("required", []))
        result = {}
        for name in schemas:
            if name in required or depth < DEEPEST and self.random.random() < 0.6:
                result[name] = self.value_of_all(schemas[name], depth + 1)
                # No validator sees what a discriminator's choice requires.
                if result[name] is MISSING and name in required:
                    return MISSING
        for part in parts:
            for schema in part.get("patternProperties", {}).values():
                if depth < DEEPEST and self.random.random() < 0.6:
                    result["x-" + self.random.choice("abc")] = self.value(schema, depth + 1)
        extra = [part["additionalProperties"] for part in parts if "additionalProperties" in part]
        extra += [True for part in parts if "patternProperties" in part and "additionalProperties" not in part]
        is_free = any(part.get("type") == "object" for part in parts) and not schemas
        if (extra and False not in extra or is_free and not extra) and depth < DEEPEST:
            for name in self.random.sample(["extra1", "extra 2", "é3"], self.random.randint(0, 2)):
                result[name] = self.value_of_all([schema for schema in extra if schema is not True], depth + 1)
        items = [(name, value) for name, value in result.items() if value is not MISSING]
        self.random.shuffle(items)
        return dict(items)


def tag(schema, reference):
    """The discriminator's value for a member."""
    for value, target in schema["discriminator"].get("mapping", {}).items():
        if target == reference:
            return value
    return reference.rsplit("/", 1)[-1]


def subtypes(document):
    """The references to the schemas that inherit from one with a discriminator."""
    result = {}
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        for part in schema.get("allOf", []) if isinstance(schema, dict) else []:
            target = part.get("$ref", "") if isinstance(part, dict) else ""
            parent = schemas.get(target.rsplit("/", 1)[-1])
            if isinstance(parent, dict) and "discriminator" in parent and not ({"oneOf", "anyOf"} & parent.keys()):
                result.setdefault(target, []).append("#/components/schemas/" + name)
    return result


def has_type(value, parts):
    """Whether a value is of the types that all parts name: a discriminator's choice is
    not in the schema that the validator sees."""
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
    own = names[type(value)]
    for part in parts:
        if "type" in part and not part.get("nullable"):
            types = part["type"] if isinstance(part["type"], list) else [part["type"]]
            if own not in types and not (own == "integer" and "number" in types):
                return False
    return True
