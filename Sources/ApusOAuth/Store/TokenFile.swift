import ApusRuntime
import Foundation

/// The contents of a file of tokens: a JSON object with a record for each key.
struct TokenFile {
    /// What there is under a key.
    enum Entry {
        case absent
        case record(TokenRecord)
        /// Nothing that a store has written.
        case broken
    }

    /// Kept as they are, so that a record that cannot be read, or that a later
    /// version has written, does not go with its neighbors' changes.
    private var entries: [String: JSONValue] = [:]

    /// No tokens.
    init() {}

    /// - Throws: ``FileTokenStoreError/corrupted``.
    init(_ data: Data) throws(FileTokenStoreError) {
        // Version 1 had no revisions and no marks of a sign-out.
        guard let value = try? JSON.decode(JSONValue.self, from: data), let members = value.object,
            let version = members["version"]?.double, version == 1 || version == 2,
            let entries = members["tokens"]?.object
        else { throw .corrupted }
        self.entries = entries
    }

    func entry(for key: String) -> Entry {
        guard let value = entries[key] else { return .absent }
        guard let record = try? TokenRecord(stored: value) else { return .broken }
        return .record(record)
    }

    mutating func set(_ record: TokenRecord, for key: String) throws(FileTokenStoreError) {
        // A token whose dates are not finite.
        do { entries[key] = try record.storedValue() } catch { throw .corrupted }
    }

    func data() throws(FileTokenStoreError) -> Data {
        let value = JSONValue.object(["version": .number(JSONNumber(2)), "tokens": .object(entries)])
        do { return try JSON.encode(value) } catch { throw .corrupted }
    }
}
