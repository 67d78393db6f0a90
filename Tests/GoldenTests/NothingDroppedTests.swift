import Testing

/// What a description says is in the client, or a warning says that it is not. Each
/// member of a description that has every keyword is taken away in turn: what is
/// generated has to be another then, or what is reported.
@Suite struct NothingDroppedTests {
    /// What changes nothing where it says only what goes without saying, by the ends of
    /// the paths.
    private static let implied: Set<String> = [
        // Other keywords say the same, or parameters without a schema are strings.
        "type", "schema",
        // What stands in the template is required, and comes from somewhere.
        "parameters/0/required",
        // An empty text can be sent in any case.
        "allowEmptyValue",
        // A response without content is what an operation without responses has.
        "responses", "responses/201", "responses/204",
        // A field that is not there is nil: servers leave out what they should send.
        "headers/X-Rate/required",
        // The content type is the response's own (OpenAPI Response Object, `headers`).
        "headers/Content-Type",
        // A body that is not there cannot be read.
        "webhooks/thingMade/post/requestBody/required",
    ]

    /// What is reported as a whole, with all that is in it.
    private static let reported: Set<String> = ["not", "contains", "if", "dependentRequired", "application/xml", "nobody"]

    @Test func everyMemberIsInTheClientOrReported() throws {
        let description = try DescriptionTree(text: Self.description)
        let whole = try Outcome(of: description)
        var dropped: [String] = []
        for path in description.paths {
            guard case .key(let key) = path.last, !path.contains(where: { DescriptionTree.isComment($0) }) else { continue }
            if path.dropLast().contains(where: { Self.reported.contains($0.text) }) { continue }
            let name = path.map(\.text).joined(separator: "/")
            if Self.implied.contains(where: { name.hasSuffix($0) }) { continue }
            guard let without = try? Outcome(of: description.removing(path[...])), without == whole else { continue }
            dropped.append("\(name) (\(key))")
        }
        #expect(dropped.isEmpty, "\(dropped.joined(separator: "\n"))")
    }

    @Test func theOracleFindsWhatIsDropped() throws {
        let ignored = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {type: string, x-nobody-knows: 1}}}\n"
        let description = try DescriptionTree(text: ignored)
        let path = try #require(description.paths.first { $0.last == .key("x-nobody-knows") })
        #expect(try Outcome(of: description) == Outcome(of: description.removing(path[...])))
    }
}

extension NothingDroppedTests {
    fileprivate static let description = """
        openapi: 3.2.0
        info: {title: Everything, version: '1', description: d, contact: {name: c}}
        servers:
          - {url: 'https://{region}.example.com', name: Main, variables: {region: {default: eu, enum: [eu, us]}}}
        tags: [{name: things, description: Things}]
        security: [{key: []}]
        paths:
          /things/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            servers: [{url: 'https://things.example.com'}]
            get:
              operationId: getThing
              tags: [things]
              deprecated: true
              security: [{token: [read]}]
              parameters:
                - {name: filter, in: query, required: true, style: deepObject, schema: {type: object, properties: {a: {type: string}}}}
                - {name: list, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
                - {name: raw, in: query, allowReserved: true, allowEmptyValue: true, schema: {type: string}}
                - {name: X-Trace, in: header, deprecated: true, schema: {type: string, format: uuid}}
                - {name: seen, in: cookie, explode: false, schema: {type: array, items: {type: integer}}}
                - {name: json, in: query, content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}}
                - {name: Accept, in: header, schema: {type: string}}
              responses:
                '103': {description: early, headers: {Link: {schema: {type: string}}}}
                '200':
                  description: ok
                  headers: {X-Rate: {required: true, schema: {type: integer}}, Content-Type: {schema: {type: string}}}
                  content:
                    application/json: {schema: {$ref: '#/components/schemas/Everything'}}
                    text/csv: {schema: {type: string}}
                    application/xml: {schema: {type: object, properties: {onlyXML: {type: string}}}}
                  links: {self: {operationId: getThing, parameters: {id: $response.body#/id}, requestBody: $response.body, server: {url: 'https://l.example.com'}}}
                '204': {description: nothing, content: {application/json: {schema: {type: string}}}}
                '301': {description: moved}
                4XX: {description: bad, content: {application/problem+json: {schema: {type: object, properties: {problem: {type: string}}}}}}
                default: {description: other}
            post:
              operationId: postThing
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      properties: {meta: {type: object, properties: {c: {type: string}}}, file: {type: string, format: binary}, tags: {type: array, items: {type: string}}}
                    encoding:
                      meta: {contentType: application/vnd.meta+json, headers: {X-Part: {required: true, schema: {type: string}}}}
                      file: {contentType: image/png}
                      tags: {style: pipeDelimited}
                      nobody: {contentType: text/plain}
                  application/x-www-form-urlencoded:
                    schema: {type: object, properties: {d: {type: array, items: {type: string}}}}
                    encoding: {d: {style: spaceDelimited, allowReserved: true}}
              responses: {'201': {description: made}}
              callbacks:
                onEvent: {'{$request.body#/url}': {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {event: {type: string}}}}}}, responses: {'204': {description: ok}}}}}
          /stream:
            get:
              operationId: stream
              responses: {'200': {description: ok, content: {application/jsonl: {itemSchema: {type: object, properties: {f: {type: string}}}}}}}
            additionalOperations:
              COPY: {operationId: copyStream, responses: {'204': {description: ok}}}
        webhooks:
          thingMade: {post: {requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {made: {type: string}}}}}}, responses: {'204': {description: ok}}}}
        components:
          securitySchemes:
            key: {type: apiKey, in: header, name: X-Key}
            token:
              type: oauth2
              flows:
                authorizationCode: {authorizationUrl: https://a.example.com/authorize, tokenUrl: https://a.example.com/token, refreshUrl: https://a.example.com/refresh, scopes: {read: Read}}
            basic: {type: http, scheme: basic}
          schemas:
            Everything:
              type: object
              required: [id, count, secret]
              minProperties: 1
              maxProperties: 90
              additionalProperties: {type: integer}
              properties:
                id: {type: string, readOnly: true, minLength: 1, maxLength: 9, pattern: '^a'}
                count: {type: integer, format: int64, minimum: 1, maximum: 9, default: 3}
                share: {type: number, exclusiveMinimum: 0, exclusiveMaximum: 9, multipleOf: 0.5}
                secret: {type: string, writeOnly: true}
                old: {type: string, deprecated: true}
                list: {type: array, items: {type: string}, minItems: 1, maxItems: 2, uniqueItems: true}
                pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
                some: {type: array, items: {type: integer}, contains: {const: 7}, minContains: 2, maxContains: 3}
                rest: {type: array, prefixItems: [{type: string}], unevaluatedItems: {type: integer}}
                map: {type: object, propertyNames: {pattern: '^[a-z]'}, patternProperties: {'^n': {type: integer}}, additionalProperties: {type: string}}
                fixed: {const: a}
                kind: {type: string, enum: [x, y], x-enum-varnames: [first, second], x-enum-descriptions: [one, two]}
                bytes: {type: string, contentEncoding: base64}
                inner: {type: string, contentMediaType: application/json, contentSchema: {type: object, properties: {g: {type: string}}}}
                never: {type: string, not: {enum: [b]}}
                open: {type: [string, 'null']}
                choice:
                  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
                  discriminator: {propertyName: type, mapping: {kitten: '#/components/schemas/Cat'}, defaultMapping: Dog}
                both: {allOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {h: {type: string}}}]}
                any: {anyOf: [{type: string}, {type: integer}]}
                conditional:
                  type: object
                  properties: {p: {type: string}}
                  if: {properties: {p: {const: q}}}
                  then: {properties: {q: {type: string}}}
                  else: {properties: {r: {type: string}}}
                  dependentSchemas: {p: {properties: {s: {type: string}}}}
                  dependentRequired: {p: [q]}
                  unevaluatedProperties: {type: boolean}
            Cat: {type: object, required: [type], properties: {type: {type: string}, purrs: {type: boolean, xml: {attribute: true}}}}
            Dog: {type: object, required: [type], properties: {type: {type: string}, barks: {type: boolean}}}

        """
}
