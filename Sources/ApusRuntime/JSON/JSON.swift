#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads and writes JSON texts (RFC 8259).
///
/// Reading is strict: what the grammar does not allow is an error, as are
/// invalid UTF-8, lone surrogates in `\u` escapes, anything after the value
/// and nesting deeper than ``maximumDepth``. One leading byte order mark is
/// tolerated, as section 8.1 permits. Where an object repeats a member, the
/// last one counts.
public enum JSON {
    /// The deepest nesting of arrays and objects that is read or written.
    public static let maximumDepth = 512

    /// Reads one JSON text.
    ///
    /// - Parameter bytes: The text in UTF-8: `Data`, `[UInt8]`,
    ///   `UnsafeRawBufferPointer` or any other contiguous bytes.
    /// - Throws: The first fault, with its path and offset.
    public static func decode<T: JSONCoding>(
        _ type: T.Type = T.self, from bytes: some ContiguousBytes
    ) throws(JSONError) -> T {
        let result: Result<T, JSONError> = bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else {
                return .failure(JSONError(path: "$", offset: 0, message: Expectation.endOfInput, excerpt: ""))
            }
            let start = base.assumingMemoryBound(to: UInt8.self)
            return decode(type, from: UnsafeBufferPointer(start: start, count: raw.count))
        }
        return try result.get()
    }

    /// Writes one value as a JSON text in UTF-8, without white space.
    ///
    /// - Parameter omittingReadOnly: Leave out members that only the server
    ///   sets (`readOnly` of OpenAPI's Schema Object), as in what is sent to it.
    /// - Throws: For what JSON cannot express: numbers that are not finite,
    ///   dates outside of the years 0 to 9999, nesting deeper than
    ///   ``maximumDepth``.
    public static func encode<T: JSONCoding>(
        _ value: T, omittingReadOnly: Bool = false
    ) throws(JSONError) -> Data {
        try encode(value, omittingReadOnly: omittingReadOnly) { bytes in
            guard let base = bytes.baseAddress else { return Data() }
            return Data(bytesNoCopy: base, count: bytes.count, deallocator: .custom { memory, _ in memory.deallocate() })
        }
    }

    /// Writes one value as a JSON text in UTF-8, without white space, into an array.
    ///
    /// - Throws: As ``encode(_:omittingReadOnly:)``.
    public static func bytes<T: JSONCoding>(of value: T) throws(JSONError) -> [UInt8] {
        try encode(value, omittingReadOnly: false) { bytes in
            defer { bytes.deallocate() }
            return [UInt8](bytes)
        }
    }

    private static func decode<T: JSONCoding>(
        _ type: T.Type, from bytes: UnsafeBufferPointer<UInt8>
    ) -> Result<T, JSONError> {
        guard let start = bytes.baseAddress else {
            return .failure(JSONError(path: "$", offset: 0, message: Expectation.endOfInput, excerpt: ""))
        }
        var state = ReaderState(start: start, count: bytes.count, keepsLastOfRepeated: false)
        let value = read(type, with: &state)
        if state.failure == nil && !state.hasRepeatedMember
            && !(state.trials.hasMisfit && repeatsNames(bytes, from: start))
        {
            return .success(value)
        }

        // A second reading, in which repeated members are found before any of
        // them is read. A fault needs it too: the value may be replaced by a
        // later one. So does a type that did not fit in a trial. Doing it for
        // the whole text, not for the object, keeps nested repetitions from
        // multiplying.
        var secondState = ReaderState(start: start, count: bytes.count, keepsLastOfRepeated: true)
        let secondValue = read(type, with: &secondState)
        guard let failure = secondState.failure else { return .success(secondValue) }
        return .failure(JSONError(state.failure ?? failure, in: bytes))
    }

    private static func repeatsNames(_ bytes: UnsafeBufferPointer<UInt8>, from start: UnsafePointer<UInt8>) -> Bool {
        var state = ReaderState(start: start, count: bytes.count, keepsLastOfRepeated: false)
        return state.mayRepeatNames()
    }

    private static func read<T: JSONCoding>(_ type: T.Type, with state: inout ReaderState) -> T {
        let value = withUnsafeMutablePointer(to: &state) { pointer in
            var reader = ValueReader(state: pointer)
            return T(from: &reader)
        }
        state.expectEnd()
        return value
    }

    /// - Parameter take: Becomes the owner of the bytes.
    private static func encode<T: JSONCoding, Output>(
        _ value: T, omittingReadOnly: Bool, take: (UnsafeMutableRawBufferPointer) -> Output
    ) throws(JSONError) -> Output {
        var state = WriterState(omitsReadOnly: omittingReadOnly)
        withUnsafeMutablePointer(to: &state) { pointer in
            var writer = ValueWriter(state: pointer)
            writer.write(value)
        }
        if let failure = state.failure {
            throw JSONError(failure, in: state.written)
        }
        return take(state.takeBytes())
    }
}
