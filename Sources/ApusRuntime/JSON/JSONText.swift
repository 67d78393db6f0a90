/// A value that is sent as a string whose content is the value's JSON text
/// (JSON Schema's `contentMediaType: application/json` with `contentSchema`).
public struct JSONText<Value: JSONCoding>: Sendable {
    /// What the string's content says.
    public var value: Value

    /// Wraps a value.
    public init(_ value: Value) {
        self.value = value
    }
}

extension JSONText: Equatable where Value: Equatable {}
extension JSONText: Hashable where Value: Hashable {}

extension JSONText: JSONCoding, Codable {
    public init(from value: inout ValueReader) {
        let start = value.state.pointee.cursor
        let text = value.read(String.self)
        do throws(JSONError) {
            self.value = try JSON.decode(from: Array(text.utf8))
        } catch {
            value.state.pointee.fail("the string's content is not as described: \(error.message)", at: start)
            // After a fault this yields a placeholder.
            self.value = Value(from: &value)
        }
    }

    public func encode(to value: inout ValueWriter) {
        do throws(JSONError) {
            value.string(String(decoding: try JSON.encode(self.value, omittingReadOnly: value.state.pointee.omitsReadOnly), as: UTF8.self))
        } catch {
            value.fail(error.message)
        }
    }
}
