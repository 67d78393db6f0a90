#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Binary data that is written as base64 with the alphabet for URLs and file
/// names, without padding (RFC 4648, section 5).
///
/// `Data` itself is written with the usual alphabet. In reading, either takes both.
public struct Base64URLData: Sendable, Hashable {
    /// The bytes.
    public var data: Data

    /// Wraps bytes.
    public init(_ data: Data) {
        self.data = data
    }
}

extension Base64URLData: JSONCoding, Codable {
    public init(from value: inout ValueReader) {
        data = Data(from: &value)
    }

    public func encode(to value: inout ValueWriter) {
        value.string(text)
    }

    public func parameterForm() -> ParameterForm { .text(text) }

    private var text: String {
        var text = String()
        for character in data.base64EncodedString().utf8 {
            switch character {
            case UInt8(ascii: "+"): text += "-"
            case UInt8(ascii: "/"): text += "_"
            case UInt8(ascii: "="): break
            default: text.unicodeScalars.append(Unicode.Scalar(character))
            }
        }
        return text
    }
}
