import Foundation

/// A `Content-Disposition` field (RFC 6266).
public struct ContentDisposition: Sendable, Hashable {
    /// `attachment`, `inline`, `form-data`, in lower case.
    public let type: String

    /// The parameters, by their names in lower case, without quotation marks and escapes.
    public let parameters: [String: String]

    /// Reads a field.
    ///
    /// - Returns: `nil` if it has no type, or a quotation mark is not closed.
    public init?(_ text: String) {
        guard let (value, parameters) = FieldParameters.read(text), !value.isEmpty else { return nil }
        type = value.lowercased()
        self.parameters = parameters
    }

    /// The file's name as the sender wrote it: `filename*` (RFC 8187) before `filename`.
    /// It may be anything, a path among it.
    public var filename: String? {
        if let extended = parameters["filename*"].flatMap(Self.decoded), !extended.isEmpty { return extended }
        return parameters["filename"]
    }

    /// The file's name as it can be used in a folder; `nil` if nothing of it can.
    public var safeFilename: String? { filename.flatMap(FileNames.safe) }

    /// `charset'language'percent-encoded` (RFC 8187 section 3.2).
    private static func decoded(_ text: String) -> String? {
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var bytes: [UInt8] = []
        var rest = Array(parts[2].utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        switch parts[0].lowercased() {
        case "utf-8": return String(data: Data(bytes), encoding: .utf8)
        case "iso-8859-1": return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        default: return nil
        }
    }
}

/// Values with parameters behind them: `value; name=value; name="value"` (RFC 9110 section 5.6.6).
enum FieldParameters {
    /// - Returns: `nil` if a quotation mark is not closed. Of parameters with the same name the first counts.
    static func read(_ text: String) -> (value: String, parameters: [String: String])? {
        var pieces: [String] = [""]
        var isQuoted = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            let last = pieces.count - 1
            if isEscaped {
                pieces[last].unicodeScalars.append(scalar)
                isEscaped = false
            } else if isQuoted, scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                isQuoted.toggle()
            } else if scalar == ";", !isQuoted {
                pieces.append("")
            } else {
                pieces[last].unicodeScalars.append(scalar)
            }
        }
        guard !isQuoted, !isEscaped else { return nil }
        var parameters: [String: String] = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = piece[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
            let value = String(piece[piece.index(after: equals)...])
            guard !name.isEmpty, parameters[name] == nil else { continue }
            parameters[name] = value.trimmingCharacters(in: .whitespaces)
        }
        return (pieces[0].trimmingCharacters(in: .whitespaces), parameters)
    }
}
