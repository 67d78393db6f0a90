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
    /// - Throws: The first fault, with its path and offset, and the further ones.
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

    /// Reads one JSON text, strictly or tolerantly.
    ///
    /// - Parameters:
    ///   - bytes: As for ``decode(_:from:)``.
    ///   - unknownMembers: Whether members are kept that the description does not know,
    ///     by models that have a place for them (`unknownMembers: keep` in `apus.yaml`).
    ///   - onDeviation: Is given what was not as expected and was read all the same, in
    ///     the order in which it was found, 100 of a text at most.
    /// - Throws: What even tolerant reading cannot make up for.
    public static func decode<T: JSONCoding>(
        _ type: T.Type = T.self, from bytes: some ContiguousBytes, reading: JSONReading = .strict,
        unknownMembers: UnknownMembers = .keep, onDeviation: (JSONDeviation) -> Void = { _ in }
    ) throws(JSONError) -> T {
        var found: [JSONDeviation] = []
        let result: Result<T, JSONError> = bytes.withUnsafeBytes { raw in
            let text = raw.bindMemory(to: UInt8.self)
            guard let start = text.baseAddress else {
                return .failure(JSONError(path: "$", offset: 0, message: Expectation.endOfInput, excerpt: ""))
            }
            return reading == .tolerant
                ? decodeTolerantly(type, from: text, at: start, unknownMembers, &found) : decode(type, from: text, unknownMembers)
        }
        let value = try result.get()
        found.forEach(onDeviation)
        return value
    }

    /// - Parameter found: Becomes the deviations of a text that could be read.
    private static func decodeTolerantly<T: JSONCoding>(
        _ type: T.Type, from text: UnsafeBufferPointer<UInt8>, at start: UnsafePointer<UInt8>,
        _ unknownMembers: UnknownMembers, _ found: inout [JSONDeviation]
    ) -> Result<T, JSONError> {
        var state = ReaderState(start: start, count: text.count, keepsLastOfRepeated: false, mode: .tolerant)
        state.unknownMembers = unknownMembers
        let value = read(type, with: &state)
        if !state.isFailed, state.faults.isEmpty, !state.hasRepeatedMember,
            state.deviations.isEmpty && !state.trials.hasMisfit || !repeatsNames(text, from: start)
        {
            found = deviations(of: state.deviations, in: text)
            return .success(value)
        }
        var second = ReaderState(start: start, count: text.count, keepsLastOfRepeated: true, mode: .tolerant)
        second.unknownMembers = unknownMembers
        let secondValue = read(type, with: &second)
        if let first = second.failure ?? second.faults.first {
            return .failure(JSONError(second.faults.first ?? first, second.faults + (second.failure.map { [$0] } ?? []), in: text))
        }
        found = deviations(of: second.deviations, in: text)
        return .success(secondValue)
    }

    private static func deviations(of found: [FoundDeviation], in text: UnsafeBufferPointer<UInt8>) -> [JSONDeviation] {
        if found.isEmpty { return [] }
        let order = found.indices.sorted { (found[$0].offset, $0) < (found[$1].offset, $1) }
        let paths = TextPaths.paths(of: order.map { found[$0].offset }, in: text)
        return zip(order, paths).map { index, path in
            let deviation = found[index]
            return JSONDeviation(
                path: PathComponent.text(of: path + (deviation.member.map { [.member($0)] } ?? [])),
                expected: deviation.expected, found: deviation.found, reason: deviation.reason)
        }
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
            return Data(bytesNoCopy: base, count: bytes.count, deallocator: .free)
        }
    }

    /// Writes one value as a JSON text in UTF-8, without white space, into an array.
    ///
    /// - Throws: As ``encode(_:omittingReadOnly:)``.
    public static func bytes<T: JSONCoding>(of value: T) throws(JSONError) -> [UInt8] {
        try encode(value, omittingReadOnly: false) { bytes in
            defer { WriterState.release(bytes) }
            return [UInt8](bytes)
        }
    }

    private static func decode<T: JSONCoding>(
        _ type: T.Type, from bytes: UnsafeBufferPointer<UInt8>, _ unknownMembers: UnknownMembers = .keep
    ) -> Result<T, JSONError> {
        guard let start = bytes.baseAddress else {
            return .failure(JSONError(path: "$", offset: 0, message: Expectation.endOfInput, excerpt: ""))
        }
        var state = ReaderState(start: start, count: bytes.count, keepsLastOfRepeated: false)
        state.unknownMembers = unknownMembers
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
        // It goes on after faults, so that an error can tell all of them.
        var second = ReaderState(start: start, count: bytes.count, keepsLastOfRepeated: true, mode: .listingFaults)
        second.unknownMembers = unknownMembers
        let secondValue = read(type, with: &second)
        guard let failure = second.faults.first ?? second.failure else { return .success(secondValue) }
        return .failure(JSONError(state.failure ?? failure, second.faults + (second.failure.map { [$0] } ?? []), in: bytes))
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
