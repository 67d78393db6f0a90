import ApusRuntime
import Foundation

extension RecordedExchange {
    /// The same answer of another server: its links lead there. A client follows no link to
    /// a server that is not its own.
    ///
    /// - Parameter server: Scheme, host and port.
    func given(by server: String) -> RecordedExchange {
        guard request.server != server, request.server.contains("://") else { return self }
        let links = RecordedLinks(recorded: request.server, asked: server)
        var exchange = self
        exchange.headerFields = headerFields.mapValues(links.replaced)
        exchange.body = body.map(links.replaced)
        return exchange
    }
}

/// Puts one server in the place of another.
private struct RecordedLinks {
    let recorded: String
    let asked: String

    func replaced(_ body: RecordedBody) -> RecordedBody {
        switch body {
        case .json(let value): .json(replaced(value))
        case .text(let text): .text(replaced(text))
        case .base64, .parts: body
        }
    }

    private func replaced(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(replaced(text))
        case .array(let elements): .array(elements.map(replaced))
        case .object(let members): .object(members.mapValues(replaced))
        case .null, .bool, .number: value
        }
    }

    func replaced(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let found = rest.range(of: recorded) {
            let next = rest[found.upperBound...].unicodeScalars.first
            result += rest[..<found.lowerBound]
            // The name or the port of another server may begin like this one.
            result += next.map(Self.continuesServer) == true ? recorded : asked
            rest = rest[found.upperBound...]
        }
        return result + rest
    }

    private static func continuesServer(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || ".:-_@".unicodeScalars.contains(scalar)
    }
}
