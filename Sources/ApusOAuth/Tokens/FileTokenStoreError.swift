/// Why a file of tokens could not be read or written.
public enum FileTokenStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system refused; `code` is its `errno`.
    case system(operation: String, code: Int32)
    /// The file is not one that this store wrote. It is left as it is; the next
    /// save sets it aside under a name that ends in `.corrupt`.
    case corrupted
    /// Another process kept the lock for more than a minute.
    case busy

    public var description: String {
        switch self {
        case .system(let operation, let code): "\(operation) failed with errno \(code)"
        case .corrupted: "the file is not a token file"
        case .busy: "another process keeps the token file locked"
        }
    }
}
