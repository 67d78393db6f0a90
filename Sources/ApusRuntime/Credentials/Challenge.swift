package import HTTPTypes

/// A challenge of a `WWW-Authenticate` field (RFC 9110 section 11.6.1).
package struct Challenge: Sendable, Hashable {
    /// In lower case.
    package var scheme: String
    /// By name in lower case.
    package var parameters: [String: String] = [:]

    package init(scheme: String, parameters: [String: String] = [:]) {
        self.scheme = scheme
        self.parameters = parameters
    }

    /// All challenges of a response, in order. What is not well-formed is
    /// passed over.
    package static func all(in response: HTTPResponse) -> [Challenge] {
        response.headerFields[values: .wwwAuthenticate].flatMap(parse)
    }

    package static func parse(_ text: String) -> [Challenge] {
        var reader = Reader(bytes: Array(text.utf8))
        var challenges: [Challenge] = []
        while reader.skipSeparators() {
            guard let word = reader.token() else {
                reader.advance()
                continue
            }
            if let value = reader.value() {
                // A parameter belongs to the challenge before it.
                if !challenges.isEmpty {
                    challenges[challenges.count - 1].parameters[word.lowercased()] = value
                }
            } else {
                challenges.append(Challenge(scheme: word.lowercased()))
            }
        }
        return challenges
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

        mutating func advance() { index += 1 }

        private mutating func skipSpaces() {
            while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
        }

        /// Returns whether anything follows.
        mutating func skipSeparators() -> Bool {
            while index < bytes.count, Self.isSpace(bytes[index]) || bytes[index] == UInt8(ascii: ",") { index += 1 }
            return index < bytes.count
        }

        /// A token, or the token68 that some schemes have in a parameter's
        /// place.
        mutating func token() -> String? {
            let start = index
            while index < bytes.count {
                switch bytes[index] {
                case 0...0x20, 0x7F..., UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "\""): break
                default:
                    index += 1
                    continue
                }
                break
            }
            return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
        }

        /// The value after `=`; `nil` where no `=` follows.
        mutating func value() -> String? {
            let start = index
            skipSpaces()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
                index = start
                return nil
            }
            index += 1
            skipSpaces()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return token() ?? "" }
            index += 1
            var content: [UInt8] = []
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
                content.append(bytes[index])
                index += 1
            }
            index += 1
            return String(decoding: content, as: UTF8.self)
        }
    }
}

extension AuthorizationError {
    /// What a response's challenge reports as `insufficient_scope` (RFC 6750
    /// section 3.1, RFC 9449 section 7.1), which comes with 403, from some
    /// servers with 401; `nil` where none does.
    init?(insufficientScopeIn response: HTTPResponse) {
        guard response.status.code == 403 || response.status.code == 401 else { return nil }
        let challenge = Challenge.all(in: response).first {
            ($0.scheme == "bearer" || $0.scheme == "dpop") && $0.parameters["error"] == "insufficient_scope"
        }
        guard let challenge else { return nil }
        self = .insufficientScope(required: challenge.parameters["scope"]?.split(separator: " ").map(String.init) ?? [])
    }
}
