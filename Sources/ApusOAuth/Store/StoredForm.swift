import ApusRuntime
import Foundation

/// The JSON text of a record, with the tokens in clear, as stores keep it.
extension TokenRecord {
    /// Reads what ``stored()`` has written.
    ///
    /// - Throws: What is wrong with it.
    public init(stored data: Data) throws {
        try self.init(stored: try JSON.decode(JSONValue.self, from: data))
    }

    /// The record as a JSON text. Whoever can read it is the user.
    ///
    /// - Throws: For dates that are not finite.
    public func stored() throws -> Data {
        try JSON.encode(try storedValue())
    }

    // Members that only the server knows may hold numbers that no number of
    // Swift can, which Foundation's coders refuse. They go beside them.
    private static let additional = "additional"

    init(stored value: JSONValue) throws {
        guard case .object(var members) = value else { throw JSONValueIsNoRecord() }
        let additional = members.removeValue(forKey: Self.additional)?.object ?? [:]
        self = try JSONDecoder().decode(TokenRecord.self, from: try JSON.encode(JSONValue.object(members)))
        token?.additional = additional
    }

    func storedValue() throws -> JSONValue {
        var record = self
        record.token?.additional = [:]
        let value = try JSON.decode(JSONValue.self, from: try JSONEncoder().encode(record))
        guard case .object(var members) = value, let additional = token?.additional, !additional.isEmpty else {
            return value
        }
        members[Self.additional] = .object(additional)
        return .object(members)
    }

    private struct JSONValueIsNoRecord: Error {}
}
