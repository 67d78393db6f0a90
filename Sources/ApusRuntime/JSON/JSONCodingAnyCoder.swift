/// `Codable` with any coder: the value goes through its JSON text.
extension JSONCoding {
    /// Reads the value from any decoder. With `JSONDecoder` it is slower than ``JSON/decode(_:from:options:)``.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let value = try JSONValue(from: decoder)
        do {
            self = try JSON.decode(Self.self, from: JSON.bytes(of: value))
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(error)", underlyingError: error))
        }
    }

    /// Writes the value to any encoder.
    ///
    /// - Throws: `EncodingError`.
    public func encode(to encoder: any Encoder) throws {
        let value: JSONValue
        do {
            value = try JSON.decode(JSONValue.self, from: JSON.bytes(of: self))
        } catch {
            // The value is left out: the error may be logged, and the value may be a secret.
            throw EncodingError.invalidValue(
                "\(Self.self)",
                .init(codingPath: encoder.codingPath, debugDescription: "\(error)", underlyingError: error))
        }
        try value.encode(to: encoder)
    }
}
