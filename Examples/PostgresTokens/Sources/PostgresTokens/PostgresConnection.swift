import CPostgres
import Foundation

/// What the database said against it.
public enum PostgresError: Error, Sendable, Hashable {
    /// There is no connection. What was asked may or may not have been done.
    case disconnected
    /// The database refused; `state` is its SQLSTATE.
    case refused(state: String)
}

/// One connection to the database, used by one thread at a time.
final class PostgresConnection: @unchecked Sendable {
    /// A value for a statement: text, or bytes.
    enum Value: Sendable {
        case text(String)
        case bytes([UInt8])
    }

    /// What a statement has brought.
    struct Outcome: Sendable {
        /// How many rows it has changed.
        var changes: Int
        /// The first column of each row.
        var column: [[UInt8]]
    }

    // A queue of its own, as libpq blocks.
    private let queue = DispatchQueue(label: "postgres-connection")
    // Used on `queue` alone.
    private var connection: OpaquePointer?
    private let parameters: String

    /// - Parameter parameters: A connection string of libpq. Several hosts and
    ///   `target_session_attrs=read-write` find the primary after a fail-over.
    init(_ parameters: String) {
        self.parameters = parameters
    }

    deinit {
        if let connection { PQfinish(connection) }
    }

    /// Runs one statement, in a transaction of its own.
    func run(_ sql: String, _ values: [Value] = []) async throws(PostgresError) -> Outcome {
        let result: Result<Outcome, PostgresError> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: Result { () throws(PostgresError) in try self.execute(sql, values) })
            }
        }
        return try result.get()
    }

    private func connect() throws(PostgresError) -> OpaquePointer {
        if let connection {
            if PQstatus(connection) == CONNECTION_OK { return connection }
            PQfinish(connection)
            self.connection = nil
        }
        let connection = PQconnectdb(parameters)
        guard let connection, PQstatus(connection) == CONNECTION_OK else {
            if let connection { PQfinish(connection) }
            throw .disconnected
        }
        // Else libpq writes to standard error that the tables are there already.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        self.connection = connection
        return connection
    }

    private func execute(_ sql: String, _ values: [Value]) throws(PostgresError) -> Outcome {
        let connection = try connect()
        let contents = values.map { value -> [UInt8] in
            switch value {
            case .text(let text): Array(text.utf8)
            case .bytes(let bytes): bytes
            }
        }
        // Binary throughout: the bytes of a text are its binary form too.
        let formats = [Int32](repeating: 1, count: values.count)
        let lengths = contents.map { Int32($0.count) }
        let buffers = contents.map { bytes in
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, bytes.count))
            for (index, byte) in bytes.enumerated() { buffer[index] = CChar(bitPattern: byte) }
            return buffer
        }
        defer { for buffer in buffers { buffer.deallocate() } }
        let pointers = buffers.map { UnsafePointer<CChar>?($0) }
        let result = PQexecParams(connection, sql, Int32(values.count), nil, pointers, lengths, formats, 1)
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
            let changes = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
            let rows = PQresultStatus(result) == PGRES_TUPLES_OK ? Int(PQntuples(result)) : 0
            let column = (0..<rows).map { row -> [UInt8] in
                let count = Int(PQgetlength(result, Int32(row), 0))
                guard let start = PQgetvalue(result, Int32(row), 0) else { return [] }
                return (0..<count).map { UInt8(bitPattern: start[$0]) }
            }
            return Outcome(changes: changes, column: column)
        default:
            guard PQstatus(connection) == CONNECTION_OK else { throw .disconnected }
            let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
            // 57P: the server is being stopped, or comes up; 25006: it has
            // become a standby. Another connection may reach the primary.
            if state.hasPrefix("57P") || state == "25006" {
                PQfinish(connection)
                self.connection = nil
                throw .disconnected
            }
            throw .refused(state: state)
        }
    }
}
