import Declarations
import OpenAPI
import TextScanning

/// Turns the header fields of an operation's responses into a type.
struct HeadersBuilder {
    let planner: TypePlanner

    /// A type with the fields of all responses; nil where there are none.
    func headers(of operation: Operation, at place: Place, named name: String) -> TypeReference? {
        let headers = fields(of: operation)
        guard !headers.isEmpty else { return nil }
        var scope = NameScope()
        let fields = headers.map { header in
            HeaderField(
                name: scope.claim(SwiftName.member(words(header.name))), key: header.name, type: type(header, in: place),
                documentation: Documentation.member(header.description ?? header.schema?.annotations.description))
        }
        return planner.declare(
            .headers(fields), at: planner.places.child(place, .own(.headers)),
            documentation: ["The header fields of a response of `\(name)`."])
    }

    /// Each once, in the order of the alphabet.
    private func fields(of operation: Operation) -> [ResponseHeader] {
        var seen: Set<String> = []
        return operation.responses.flatMap(\.response.headers).sorted { $0.name < $1.name }
            // The content type is the response's own (OpenAPI Response Object, `headers`).
            .filter { $0.name.lowercased() != "content-type" && seen.insert($0.name.lowercased()).inserted }
    }

    private func type(_ header: ResponseHeader, in operation: Place) -> TypeReference {
        guard let schema = header.schema else { return .builtin(.string) }
        let type = planner.type(schema, at: planner.places.place(of: header, in: operation))
        return planner.resolved(type) == .builtin(.json) ? .builtin(.string) : type
    }

    /// `X-RateLimit-Limit` is `rateLimitLimit`.
    private func words(_ field: String) -> Words {
        Words(field).dropping { $0.lowercased() == "x" }
    }
}
