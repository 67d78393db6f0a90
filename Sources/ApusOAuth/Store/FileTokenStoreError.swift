/// Why a file of tokens could not be read or written.
public enum FileTokenStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system refused; `code` is its `errno`.
    case system(operation: String, code: Int32)
    /// The file, or the entry in it, is not one that this store wrote. It is left
    /// as it is; the next write keeps it beside the file, under a name that goes
    /// on with `.corrupt-`.
    case corrupted
    /// The file belongs to another user of the machine.
    case notOwned
    /// Another process kept the lock for more than a minute.
    case busy

    public var description: String {
        switch self {
        case .system(let operation, let code): "\(operation) failed with errno \(code)"
        case .corrupted: "the file is not a token file"
        case .notOwned: "the token file belongs to another user"
        case .busy: "another process keeps the token file locked"
        }
    }
}
