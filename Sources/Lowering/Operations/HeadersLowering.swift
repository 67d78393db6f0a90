import OpenAPI
import TextScanning

/// Turns the header fields of operations' responses into types. Operations
/// that have the same ones share a type.
final class HeadersLowering {
    private let types: TypeLowering
    /// How many operations have the same fields, by these.
    private var uses: [[String]: Int] = [:]

    init(types: TypeLowering, operations: [Operation]) {
        self.types = types
        for operation in operations { uses[Self.headers(of: operation).map(\.name), default: 0] += 1 }
    }

    /// A type with the fields of all responses; nil where there are none.
    func lower(_ operation: Operation, _ words: Words) -> TypeReference? {
        let headers = Self.headers(of: operation)
        guard !headers.isEmpty else { return nil }
        let isShared = uses[headers.map(\.name), default: 0] > 1
        var scope = NameScope()
        let fields = headers.map { header in
            HeaderField(
                name: scope.claim(SwiftName.member(name(header.name))), key: header.name, type: type(header, words),
                documentation: Documentation.member(header.description ?? header.schema?.description))
        }
        guard isShared else {
            return types.declare(
                named: SwiftName.type(words + Words("headers")), .headers(fields),
                documentation: ["The header fields of a response of `\(SwiftName.member(words))`."])
        }
        let names = fields.count > 2 ? Words("common") : headers.map { name($0.name) }.reduce(Words(""), +)
        return types.declare(
            named: SwiftName.type(names + Words("headers")), .headers(fields),
            documentation: ["The header fields of responses of several operations."])
    }

    private static func headers(of operation: Operation) -> [ResponseHeader] {
        var seen: Set<String> = []
        return operation.responses.flatMap(\.response.headers)
            // The content type is the response's own (OpenAPI Response Object, `headers`).
            .filter { $0.name.lowercased() != "content-type" && seen.insert($0.name.lowercased()).inserted }
    }

    private func type(_ header: ResponseHeader, _ words: Words) -> TypeReference {
        guard let schema = header.schema else { return .builtin(.string) }
        let type = types.jsonType(types.type(schema, Hint(nil, Words(header.name), sharing: .init(prefix: words, isByStructureAlone: false))))
        return types.resolved(type) == .builtin(.json) ? .builtin(.string) : type
    }

    /// `X-RateLimit-Limit` is `rateLimitLimit`.
    private func name(_ field: String) -> Words {
        Words(field).dropping { $0.lowercased() == "x" }
    }
}
