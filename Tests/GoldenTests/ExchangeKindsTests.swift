import Source
import Testing

/// Kinds of bodies, responses, parameters and servers, and the code and the warnings for them.
@Suite struct ExchangeKindsTests {
    private func generated(_ paths: String, servers: String = "[]") throws -> (text: String, warnings: [String]) {
        let generator = try Generator("openapi: 3.1.0\ninfo: {title: Odd, version: '1'}\nservers: \(servers)\npaths:\n" + paths)
        return (generator.text, generator.diagnostics.filter { $0.severity != .note }.map(\.description))
    }

    // MARK: - Responses

    @Test(arguments: [("get", "204"), ("get", "205"), ("head", "200")])
    func contentOfAResponseThatHasNoneIsNotWaitedFor(method: String, status: String) throws {
        let result = try generated(
            "  /a: {\(method): {operationId: read, responses: {'\(status)': {content: {application/json: {schema: {type: string}}}}}}}\n")
        #expect(result.text.contains("func read() async throws(APIError<Never>) {"))
        #expect(result.text.contains("as: .empty"))
        #expect(result.warnings.contains { $0.contains("has no content (RFC 9110)") })
    }

    @Test func textBesideAStatusWithoutContentIsOptional() throws {
        let result = try generated(
            "  /a: {get: {operationId: read, responses: {'200': {content: {text/plain: {schema: {type: string}}}}, '204': {description: none}}}}\n")
        #expect(result.text.contains("-> String?"))
    }

    @Test func aDescribedRedirectIsAnError() throws {
        let result = try generated(
            """
              /a: {get: {operationId: read, responses: {'200': {content: {application/json: {schema: {type: string}}}},
                '300': {content: {application/json: {schema: {type: object, properties: {choices: {type: array, items: {type: string}}}}}}}}}}

            """)
        #expect(!result.text.contains("APIError<Never>"))
    }

    @Test func linesDescribedAsOneStringAreAnyItems() throws {
        let result = try generated(
            "  /a: {get: {operationId: read, responses: {'200': {content: {application/x-ndjson: {schema: {type: string}}}}}}}\n")
        #expect(result.text.contains("-> ItemStream<JSONValue>"))
        #expect(result.warnings.count == 1)
    }

    @Test func aSchemaAmongStreamDefinitionsIsAStream() throws {
        let generator = try Generator(
            """
            swagger: '2.0'
            info: {title: Odd, version: '1'}
            paths:
              /watch: {post: {operationId: watch, responses: {'200': {description: A stream, schema: {$ref: '#/x-stream-definitions/Event'}}}}}
            x-stream-definitions:
              Event: {type: object, properties: {result: {type: string}}}

            """)
        #expect(generator.text.contains("-> ItemStream<OddAPI.Event>"))
        #expect(generator.text.contains(#"accept: "application/json""#))
    }

    @Test func errorsWithoutContentAreDocumented() throws {
        let result = try generated(
            """
              /a: {delete: {operationId: remove, responses: {'204': {description: ok}, '404': {description: none}}}}
              /b: {delete: {operationId: removeOther, responses: {'204': {description: ok}, default: {description: any}}}}

            """)
        #expect(result.text.contains("errors: .empty(on: 404)") && result.text.contains("errors: .empty(on: .default)"))
    }

    @Test func aResponseThatIsNotFinalIsReported() throws {
        let result = try generated(
            "  /a: {get: {operationId: read, responses: {'103': {description: early}, '204': {description: ok}}}}\n")
        #expect(result.warnings.contains { $0.contains("is not a final response") })
    }

    // MARK: - Bodies

    @Test func anEncodingOfNoPropertyIsReported() throws {
        let result = try generated(
            """
              /a: {post: {operationId: add, requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {b: {contentType: text/plain}}}}}, responses: {'204': {description: ok}}}}

            """)
        #expect(result.warnings.count == 1 && result.warnings[0].contains("no property `b`"))
    }

    @Test func partsWithoutNamesThatAreNoFormAreTheCallersBytes() throws {
        let result = try generated(
            "  /a: {post: {operationId: add, requestBody: {content: {multipart/mixed: {schema: {type: array, items: {type: string}}}}}, responses: {'204': {description: ok}}}}\n")
        #expect(result.warnings.count == 1 && result.warnings[0].contains("have no names"))
        #expect(result.text.contains("HTTPBody"))
    }

    @Test func filesAreOfferedAsAFormBesideJSON() throws {
        let schema = "{schema: {$ref: '#/components/schemas/Note'}}"
        let result = try generated(
            """
              /a: {post: {operationId: add, requestBody: {required: true, content: {application/json: \(schema), multipart/form-data: \(schema)}}, responses: {'204': {description: ok}}}}
            components:
              schemas:
                Note: {type: object, properties: {text: {type: string}, picture: {type: string, format: binary}}}

            """)
        #expect(result.text.contains("request.multipart(body)") && result.text.contains("request.json(body)"))
        #expect(result.text.contains("picture: FilePart?"))
    }

    @Test func bytesOfAnyMediaTypeAreNotSentAsJSON() throws {
        let result = try generated(
            "  /a: {post: {operationId: add, requestBody: {content: {'*/*': {schema: {type: string, format: binary}}}}, responses: {'204': {description: ok}}}}\n")
        #expect(result.text.contains(#"contentType: contentType ?? "application/octet-stream""#))
    }

    @Test func aFormOfAlternativesHasThePartsOfAll() throws {
        let result = try generated(
            """
              /a:
                post:
                  operationId: add
                  requestBody:
                    content:
                      multipart/form-data:
                        schema:
                          oneOf:
                            - {type: object, properties: {file: {type: string, format: binary}}}
                            - {type: object, properties: {url: {type: string}}}
                  responses: {'204': {description: ok}}

            """)
        #expect(result.text.contains("file: FilePart?") && result.text.contains("url: String?"))
        #expect(result.text.contains("request.multipart("))
    }

    @Test func aFormThatIsNoObjectIsReported() throws {
        let result = try generated(
            "  /a: {post: {operationId: add, requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: integer}}}}, responses: {'204': {description: ok}}}}\n")
        #expect(result.warnings.contains { $0.contains("is not described as an object") })
        #expect(result.text.contains(#"request.text(body, contentType: "application/x-www-form-urlencoded")"#))
    }

    // MARK: - Paths and servers

    @Test func blanksAndFragmentsAreNoPartOfAPath() throws {
        let result = try generated(
            """
              '/rooms/{id}/invite ': {post: {operationId: invite, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: ok}}}}
              '/path#fragment': {post: {operationId: other, responses: {'204': {description: ok}}}}

            """)
        #expect(result.text.contains(#""/rooms/\(id)/invite""#))
        #expect(result.text.contains(#""/path""#))
        #expect(result.warnings.count == 2)
    }

    @Test func anEmptySegmentIsAllowedWhereTheDescriptionSaysSo() throws {
        let result = try generated(
            """
              /a/{key}: {get: {operationId: read, parameters: [{name: key, in: path, required: true, schema: {type: string, minLength: 0}}], responses: {'204': {description: ok}}}}

            """)
        #expect(result.text.contains(#""/a/\(key, allowsEmpty: true)""#))
    }

    @Test func whatNoServersURLCanHaveIsReported() throws {
        let result = try generated(
            "  /a: {get: {operationId: read, responses: {'204': {description: ok}}}}\n",
            servers: "[{url: //api.example.com/v1}, {url: 'https://ada:secret@b.example.com?x=1#y'}]")
        #expect(result.text.contains("https://api.example.com/v1") && result.text.contains("https://b.example.com"))
        #expect(result.warnings.count == 3)
        #expect(!result.warnings.contains { $0.contains("secret") } && !result.text.contains("secret"))
    }
}
