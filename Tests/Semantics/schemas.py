"""Random schemas of the forms that real descriptions have."""
import rarer

SCALARS = [
    {"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"},
    {"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, {"type": "string", "format": "uuid"},
    {"type": "string", "format": "byte"}, {"type": "integer", "format": "int32"}, {"type": "integer", "format": "int64"},
    {"type": "number", "format": "double"}, {"type": "string", "minLength": 1, "maxLength": 12},
    {"type": "integer", "minimum": 0, "maximum": 100},
]
WORDS = ["alpha", "beta", "gamma", "delta", "open", "closed", "red", "green", "small", "large", "north", "south"]
NAMES = ["id", "name", "kind", "size", "tags", "owner", "value", "note", "at", "count", "state", "parent"]


class SchemaMaker(rarer.RarerForms):
    """Makes one schema and the components it needs, whose names begin with `prefix`."""

    def __init__(self, random, prefix):
        self.random = random
        self.prefix = prefix
        self.components = {}
        self.made = 0
        # Most faults show in small schemas, and are found more easily there.
        self.deepest = random.choice([1, 1, 2, 2, 3])

    def root(self):
        self.components[self.prefix] = {}
        self.components[self.prefix] = self.schema(0)
        return self.prefix

    # Parts

    def component(self, schema, suffix=None):
        self.made += 1
        name = self.prefix + (suffix or "Part") + str(self.made)
        self.components[name] = schema
        return {"$ref": "#/components/schemas/" + name}

    def maybe_component(self, schema):
        return self.component(schema) if self.random.random() < 0.4 else schema

    def schema(self, depth):
        forms = [(self.scalar, 6 * (depth + 1)), (self.values, 3 * (depth + 1)), (self.nullable_scalar, 2)]
        if depth < self.deepest:
            forms += [
                (self.object, 8 - depth), (self.array, 3), (self.dictionary, 2), (self.union, 6), (self.all_of, 5),
                (self.nullable, 3), (self.tagged, 3), (self.inherited, 2), (self.beside, 3), (self.annotated, 2),
                (self.recursive, 2), (self.any, 1), (self.types, 2), (self.tuple, 1), (self.patterns, 1), (self.reference, 2),
                (self.conditional, 1), (self.rarer, 9),
            ]
        form = self.random.choices([form for form, _ in forms], [weight for _, weight in forms])[0]
        return form() if form in (self.scalar, self.values, self.nullable_scalar, self.any) else form(depth)

    # Values

    def scalar(self):
        return dict(self.random.choice(SCALARS))

    def nullable_scalar(self):
        return self.with_null(self.scalar())

    def any(self):
        return self.random.choice([{}, {"description": "anything"}, True])

    def values(self):
        pick = self.random.sample(WORDS, 3)
        return self.random.choice([
            lambda: {"type": "string", "enum": pick},
            lambda: {"enum": pick},
            lambda: {"type": "string", "enum": [pick[0]]},
            lambda: {"const": pick[0]},
            lambda: {"type": "string", "const": pick[0]},
            lambda: {"type": "integer", "enum": [1, 2, 30]},
            lambda: {"enum": [1, 1.5, 2]},
            lambda: {"type": "number", "enum": [0.5, 1]},
            lambda: {"const": 7},
            lambda: {"const": 1.25},
            lambda: {"const": True},
            lambda: {"type": "boolean", "enum": [False]},
            lambda: {"enum": [pick[0], 3, True]},
            lambda: {"enum": [pick[0], None]},
            lambda: {"type": ["string", "null"], "enum": pick + [None]},
            lambda: {"type": "string", "nullable": True, "enum": pick + [None]},
            lambda: {"enum": [None]},
            lambda: {"const": None},
            lambda: {"enum": ["", pick[1]]},
            lambda: {"enum": [{"a": 1}, [2], pick[0]]},
            lambda: {"const": {"a": [1, pick[0]]}},
            lambda: {"oneOf": [{"const": pick[0], "title": "First"}, {"const": pick[1], "description": "second"}]},
            lambda: {"oneOf": [{"enum": pick[:2]}, {"enum": pick[2:]}]},
            lambda: {"oneOf": [self.component({"enum": pick[:2]}, "Enum"), self.component({"enum": [""]}, "Blank"), self.component({"enum": [None]}, "Null")]},
            lambda: {"anyOf": [self.component({"type": "string", "enum": pick[:2]}, "Enum"), self.component({"type": "string", "enum": pick[2:]}, "Enum")]},
            lambda: {"anyOf": [{"type": "string", "enum": pick}, {"type": "string"}]},
            lambda: {"anyOf": [{"const": 1}, {"const": 2}]},
            lambda: {"anyOf": [{"const": pick[0]}, {"const": 2}, {"type": "null"}]},
        ])()

    def with_null(self, schema):
        if schema is True or "type" not in schema or isinstance(schema["type"], list):
            return {"anyOf": [schema, {"type": "null"}]}
        choice = self.random.randrange(4)
        if choice == 0:
            return {**schema, "nullable": True}
        if choice == 1 and "enum" not in schema and "const" not in schema:
            return {**schema, "type": [schema["type"], "null"]}
        return {self.random.choice(["anyOf", "oneOf"]): self.shuffled([schema, {"type": "null"}])}

    def shuffled(self, elements):
        elements = list(elements)
        self.random.shuffle(elements)
        return elements

    # Objects

    def properties(self, depth, count=None, names=NAMES):
        names = self.random.sample(names, count or self.random.randint(1, 3))
        properties = {name: self.maybe_component(self.schema(depth + 1)) for name in names}
        return properties, [name for name in names if self.random.random() < 0.5]

    def object(self, depth, **extra):
        properties, required = self.properties(depth)
        result = {"type": "object", "properties": properties, **extra}
        if required:
            result["required"] = required
        choice = self.random.randrange(12)
        if choice == 0:
            result["additionalProperties"] = True
        elif choice == 1:
            result["additionalProperties"] = self.schema(depth + 2)
        elif choice == 2:
            result["additionalProperties"] = False
        elif choice == 3:
            del result["type"]
        return result

    def dictionary(self, depth):
        result = {"type": "object", "additionalProperties": self.maybe_component(self.schema(depth + 1))}
        return self.random.choice([result, {"type": "object", "additionalProperties": True}, {"type": "object"}, result])

    def patterns(self, depth):
        result = {"type": "object", "patternProperties": {"^x-": self.schema(depth + 1)}}
        if self.random.random() < 0.6:
            result["properties"], _ = self.properties(depth, 2)
        if self.random.random() < 0.3:
            result["additionalProperties"] = self.random.choice([False, True, {"type": "integer"}])
        return result

    def conditional(self, depth):
        result = self.object(depth)
        result["if"] = {"required": ["flag"]}
        result["then"] = {"properties": {"flag": {"type": "boolean"}, "extra": {"type": "string"}}}
        return result

    # Lists

    def array(self, depth):
        result = {"type": "array", "items": self.maybe_component(self.schema(depth + 1))}
        return self.random.choice([result, result, {"type": "array"}])

    def tuple(self, depth):
        result = {"type": "array", "prefixItems": [self.schema(depth + 2) for _ in range(self.random.randint(1, 3))]}
        if self.random.random() < 0.4:
            result["items"] = self.random.choice([False, {"type": "integer"}, self.schema(depth + 2)])
        return result

    # Compositions

    def types(self, depth):
        types = self.random.sample(["string", "integer", "number", "boolean", "null", "object", "array"], self.random.randint(2, 3))
        result = {"type": types}
        if "object" in types and self.random.random() < 0.5:
            result["properties"], _ = self.properties(depth, 2)
        if "array" in types and self.random.random() < 0.5:
            result["items"] = self.schema(depth + 2)
        return result

    def union(self, depth):
        keyword = self.random.choice(["oneOf", "anyOf"])
        kinds = self.random.randrange(6)
        if kinds == 0:
            members = [{"type": "integer"}, {"type": "number"}] + ([{"type": "string"}] if self.random.random() < 0.5 else [])
            keyword = "anyOf"
        elif kinds == 1:
            members = [self.values() for _ in range(2)]
        elif kinds == 2:
            members = [self.maybe_component(self.object(depth)) for _ in range(self.random.randint(2, 3))]
        elif kinds == 3:
            members = [self.scalar(), self.array(depth), self.object(depth)]
        else:
            members = [self.maybe_component(self.schema(depth + 1)) for _ in range(self.random.randint(2, 3))]
        if self.random.random() < 0.15:
            members.append({"type": "null"})
        return {keyword: self.shuffled(members)}

    def all_of(self, depth):
        kinds = self.random.randrange(7)
        if kinds == 0:
            parts = [self.component(self.object(depth)), {"oneOf": [self.maybe_component(self.object(depth)) for _ in range(2)]}]
        elif kinds == 1:
            name = self.random.choice(NAMES)
            parts = [
                self.object(depth),
                {"oneOf": [{"properties": {name: schema}, "required": [name]} for schema in ({"type": "integer"}, {"type": "string"})]}]
        elif kinds == 2:
            parts = [self.component(self.union(depth))]
        elif kinds == 3:
            parts = [self.component(self.object(depth)), {"required": [self.random.choice(NAMES)]}]
        else:
            parts = [self.maybe_component(self.object(depth)) for _ in range(self.random.randint(1, 3))]
        result = {"allOf": self.shuffled(parts)}
        if self.random.random() < 0.3:
            result["properties"], _ = self.properties(depth, 1)
            result["type"] = "object"
        if self.random.random() < 0.2:
            result["required"] = [self.random.choice(NAMES)]
        return result

    def beside(self, depth):
        """Properties and `required` beside alternatives."""
        properties, required = self.properties(depth, 2)
        keyword = self.random.choice(["oneOf", "anyOf"])
        kinds = self.random.randrange(4)
        if kinds == 0:
            members = [{"required": [name]} for name in properties]
        elif kinds == 1:
            members = [self.maybe_component(self.object(depth)), self.component(self.union(depth))]
        else:
            members = [self.maybe_component(self.object(depth)) for _ in range(2)]
        result = {"type": "object", "properties": properties, keyword: members}
        if required:
            result["required"] = required
        return result

    def nullable(self, depth):
        return self.with_null(self.maybe_component(self.schema(depth + 1)))

    def annotated(self, depth):
        target = self.component(self.schema(depth + 1))
        note = self.random.choice([
            {"description": "a note"}, {"readOnly": True}, {"deprecated": True}, {"nullable": True}, {"title": "Titled"},
            {"format": "date-time"}, {"default": None}])
        return self.random.choice([{"allOf": [target, note]}, {"allOf": [target], **note}, {**target, **note}])

    def reference(self, depth):
        """A reference into something."""
        names = [name for name in self.components if isinstance(self.components[name], dict) and "properties" in self.components[name]]
        if not names:
            return self.object(depth)
        name = self.random.choice(names)
        members = [member for member in sorted(self.components[name]["properties"]) if member.isidentifier()]
        if not members:
            return self.object(depth)
        member = self.random.choice(members)
        return {"$ref": f"#/components/schemas/{name}/properties/{member}"}

    def recursive(self, depth):
        reference = {"$ref": "#/components/schemas/" + self.prefix}
        choice = self.random.randrange(5)
        if choice == 0:
            return {"type": "object", "properties": {"next": reference, "name": {"type": "string"}}}
        if choice == 1:
            return {"type": "array", "items": reference}
        if choice == 2:
            return {self.random.choice(["oneOf", "anyOf"]): self.shuffled([{"type": "string"}, {"type": "object", "required": ["in"], "properties": {"in": reference}}])}
        if choice == 3:
            self.made += 1
            other = f"{self.prefix}Loop{self.made}"
            self.components[other] = {"oneOf": self.shuffled([{"type": "string"}, reference])}
            return {"oneOf": self.shuffled([{"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["x"]}, {"$ref": "#/components/schemas/" + other}])}
        return {"type": "object", "additionalProperties": reference}

    # Discriminators

    def tagged(self, depth):
        key = self.random.choice(["kind", "type"])
        names = [name for name in NAMES if name != key]
        tags = self.random.sample(WORDS, 2)
        style = self.random.randrange(7)
        references, mapping = [], {}
        for tag in tags:
            properties, required = self.properties(depth, 2, names)
            declared = [
                {"type": "string", "enum": [tag]}, {"const": tag}, {"type": "string"},
                {"anyOf": [{"enum": [tag]}, {"type": "null"}]}, {"allOf": [{"type": "string"}, {"enum": [tag]}]}, None, {"type": "string"},
            ][style]
            if declared is not None:
                properties[key] = declared
                if self.random.random() < 0.7:
                    required.append(key)
            member = {"type": "object", "properties": properties}
            if required:
                member["required"] = required
            reference = self.component(member, tag.capitalize())
            references.append(reference)
            mapping[tag] = reference["$ref"]
        discriminator = {"propertyName": key}
        if style in (2, 5, 6) and self.random.random() < 0.7 or style in (0, 1, 3, 4) and self.random.random() < 0.5:
            discriminator["mapping"] = mapping
        result = {"anyOf" if style in (2, 5, 6) else self.random.choice(["oneOf", "anyOf"]): references, "discriminator": discriminator}
        if self.random.random() < 0.4:
            result["type"] = "object"
            result["properties"] = {"at" if key != "at" else "time": {"type": "string", "format": "date-time"}}
            if self.random.random() < 0.5:
                result["properties"][key] = {"type": "string"}
                result["required"] = [key]
        return result

    def inherited(self, depth):
        key = self.random.choice(["kind", "type"])
        names = [name for name in NAMES if name != key]
        properties, required = self.properties(depth, 1, names)
        base = {"type": "object", "properties": {key: {"type": "string"}, **properties}, "required": required + [key], "discriminator": {"propertyName": key}}
        reference = self.component(base, "Base")
        mapping = {}
        for tag in self.random.sample(WORDS, 2):
            own, own_required = self.properties(depth, 2, [name for name in names if name not in properties])
            part = {"type": "object", "properties": own}
            if own_required:
                part["required"] = own_required
            mapping[tag] = self.component({"allOf": [dict(reference), part]}, tag.capitalize())["$ref"]
        if self.random.random() < 0.6:
            base["discriminator"]["mapping"] = mapping
        return reference
