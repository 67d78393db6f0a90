"""Forms that are rarer in real descriptions, and names that are awkward in Swift."""

AWKWARD_NAMES = [
    "class", "self", "init", "Type", "userId", "user_id", "userID", "@type", "$ref", "x-y", "1st", "+1", "-1", "a.b", "self_", "é",
    "_id", "description", "hashValue", "encode", "default", "Any", "some words", "",
]
AWKWARD_VALUES = [
    ["A", "a"], ["+1", "-1", "1"], ["asc", "-asc", "*"], ["", " ", "_"], ["self", "init", "default"], ["user_id", "userId"], ["1", "true", "null"],
    ["unknown", "none", "some"], ["é", "e\u0301"], ["2x", "x2", "2 x"],
]
FORMATS = ["email", "uri", "hostname", "ipv4", "duration", "time", "password", "decimal", "unknown-format", "binary"]


class RarerForms:
    """Part of SchemaMaker."""

    def rarer(self, depth):
        forms = [
            self.one_or_list, self.lists_apart, self.narrowed, self.narrowed_values, self.awkward_object, self.awkward_values,
            self.undeclared_required, self.tagged_by_base, self.dictionary_of_nullables, self.local_definitions, self.named_keys,
            self.nested_lists, self.formatted, self.limited, self.negated, self.scalar_of_all, self.object_or_dictionary, self.map_or_list,
            self.nested_union, self.union_of_unions_in_all, self.override, self.two_formats,
        ]
        return self.random.choice(forms)(depth)

    def one_or_list(self, depth):
        item = self.maybe_component(self.schema(depth + 1))
        return {self.random.choice(["oneOf", "anyOf"]): self.shuffled([item, {"type": "array", "items": item}])}

    def lists_apart(self, depth):
        items = [self.scalar(), self.object(depth), self.values()]
        return {"anyOf": [{"type": "array", "items": self.maybe_component(item)} for item in self.random.sample(items, 2)]}

    def map_or_list(self, depth):
        return {"oneOf": self.shuffled([
            {"type": "object", "additionalProperties": self.scalar()}, {"type": "array", "items": self.scalar()}, {"type": "boolean"}])}

    def object_or_dictionary(self, depth):
        return {"anyOf": [self.maybe_component(self.object(depth)), {"type": "object", "additionalProperties": {"type": "integer"}}]}

    def nested_union(self, depth):
        inner = self.component({"oneOf": [self.maybe_component(self.object(depth)), {"type": "string"}]}, "Inner")
        return {"anyOf": self.shuffled([inner, {"type": "integer"}, {"type": "array", "items": inner}])}

    def union_of_unions_in_all(self, depth):
        """Two unions that both have to hold, each about members of its own."""
        first, second = self.random.sample(["alpha", "beta", "gamma", "delta"], 2)
        return {"type": "object", "allOf": [
            {"oneOf": [{"properties": {first: {"type": "integer"}}, "required": [first]}, {"properties": {first: {"type": "string"}}, "required": [first]}]},
            {"properties": {second: self.schema(depth + 1)}},
        ]}

    def narrowed(self, depth):
        """A part that says more exactly what another part has."""
        base = self.component({"type": "object", "properties": {"kind": {"type": "string"}, "size": {"type": "number"}}, "required": ["kind"]}, "Wide")
        return {"allOf": [base, {"properties": {"kind": {"enum": self.random.sample(["alpha", "beta", "gamma"], 2)}, "size": {"type": "integer"}}}]}

    def narrowed_values(self, depth):
        return {"allOf": [{"type": "string", "enum": ["alpha", "beta", "gamma"]}, {"enum": ["beta", "gamma", "delta"]}]}

    def override(self, depth):
        base = self.component(self.object(depth), "Over")
        return {"allOf": [base], "properties": {self.random.choice(["extra1", "note"]): self.schema(depth + 1)}, "description": "More of it"}

    def scalar_of_all(self, depth):
        return {"allOf": self.shuffled([self.maybe_component(self.scalar()), {"description": "said elsewhere"}])}

    def awkward_object(self, depth):
        names = self.random.sample(AWKWARD_NAMES, self.random.randint(2, 5))
        result = {"type": "object", "properties": {name: self.maybe_component(self.schema(depth + 1)) for name in names}}
        required = [name for name in names if self.random.random() < 0.4]
        if required:
            result["required"] = required
        return result

    def awkward_values(self, depth):
        values = self.random.choice(AWKWARD_VALUES)
        return self.random.choice([
            {"type": "string", "enum": values}, {"enum": values}, {"oneOf": [{"const": value} for value in values]},
            {"type": "object", "properties": {"is": {"type": "string", "enum": values, "default": values[0]}}, "required": ["is"]}])

    def undeclared_required(self, depth):
        return {"type": "object", "required": ["undeclared"], "properties": {"name": {"type": "string"}}, "additionalProperties": self.random.choice([True, {}])}

    def tagged_by_base(self, depth):
        """Alternatives that share a base, which has the discriminator."""
        tags = self.random.sample(["alpha", "beta", "gamma"], 2)
        base = self.component({"type": "object", "properties": {"kind": {"type": "string"}}, "required": ["kind"]}, "Base")
        members = {}
        for tag in tags:
            own, _ = self.properties(depth, 1, ["size", "note", "at"])
            members[tag] = self.component({"allOf": [base, {"type": "object", "properties": own}]}, tag.capitalize())["$ref"]
        return {"oneOf": [{"$ref": reference} for reference in members.values()], "discriminator": {"propertyName": "kind", "mapping": members}}

    def dictionary_of_nullables(self, depth):
        value = self.with_null(self.maybe_component(self.scalar()))
        return self.random.choice([
            {"type": "object", "additionalProperties": value}, {"type": "array", "items": value},
            {"type": "object", "additionalProperties": {"type": "array", "items": value}}])

    def local_definitions(self, depth):
        self.made += 1
        name = f"{self.prefix}Local{self.made}"
        self.components[name] = {
            "$defs": {"part": self.object(depth)}, "type": "object",
            "properties": {"one": {"$ref": f"#/components/schemas/{name}/$defs/part"}, "two": {"type": "integer"}}}
        return {"$ref": "#/components/schemas/" + name}

    def named_keys(self, depth):
        return {"type": "object", "propertyNames": {"pattern": "^[a-z]"}, "additionalProperties": self.schema(depth + 1)}

    def nested_lists(self, depth):
        return {"type": "array", "items": {"type": "array", "items": self.maybe_component(self.schema(depth + 1))}}

    def formatted(self, depth):
        return self.random.choice([
            {"type": "string", "format": self.random.choice(FORMATS)}, {"type": "number", "format": "float"}, {"type": "integer", "format": "unix-time"},
            {"type": "string", "pattern": "^[a-z]+$"}, {"type": "string", "contentEncoding": "base64"}, {"type": "integer", "format": "uint8"}])

    def two_formats(self, depth):
        formats = self.random.sample(["date-time", "date", "uuid", "byte", "email"], 2)
        members = [{"type": "string", "format": format} for format in formats]
        return {"anyOf": members} if self.random.random() < 0.5 else {"type": "array", "items": {"oneOf": members + [{"type": "integer"}]}}

    def limited(self, depth):
        return self.random.choice([
            {"type": "array", "items": self.scalar(), "minItems": 0, "maxItems": 5, "uniqueItems": False},
            {"type": "object", "additionalProperties": self.scalar(), "maxProperties": 4},
            {"type": "integer", "exclusiveMinimum": -5, "multipleOf": 1}])

    def negated(self, depth):
        return {**self.object(depth), "not": {"required": ["forbidden"]}}
