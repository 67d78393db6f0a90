import ApusRuntime
import Foundation
import HTTPTypes

/// Where the parts of one content come from. A part is read before the next is asked for,
/// by one task at a time: that is what makes it safe to hand over.
final class MultipartSource: @unchecked Sendable {
    private var chunks: HTTPBody.AsyncIterator
    private let delimiter: [UInt8]
    private let limits: MultipartLimits
    private var buffer: [UInt8]
    private var position = 0
    private var isAtEnd = false
    /// 0 before the first part.
    private var number = 0
    private var isInPart = true
    private var isOver = false
    private var partBytes: Int64 = 0

    init(_ body: HTTPBody, _ boundary: [UInt8], _ limits: MultipartLimits) {
        chunks = body.makeAsyncIterator()
        delimiter = Array("\r\n--".utf8) + boundary
        self.limits = limits
        // The first delimiter may stand at the very start.
        buffer = Array("\r\n".utf8)
    }

    /// The header of the next part and its number; `nil` at the end.
    func nextPart() async throws -> (HTTPFields, Int)? {
        // What is before the first part, or has not been read of the last one.
        while try await chunk(isCounted: false) != nil {}
        if isOver { return nil }
        while try await skipsBlank() {}
        if isOver { return nil }
        number += 1
        guard number <= limits.parts else { throw MultipartError.tooLarge("parts") }
        let fields = try await header()
        isInPart = true
        partBytes = 0
        return (fields, number)
    }

    func nextChunk(of number: Int) async throws -> [UInt8]? {
        guard number == self.number else { throw HTTPBodyError.alreadyRead }
        return try await chunk(isCounted: true)
    }

    /// More of the part's body; `nil` once its delimiter has been read.
    private func chunk(isCounted: Bool) async throws -> [UInt8]? {
        while isInPart {
            if let found = firstDelimiter() {
                let bytes = Array(buffer[position..<found])
                position = found + delimiter.count
                isInPart = false
                if bytes.isEmpty { return nil }
                return try counted(bytes, isCounted)
            }
            // The end of what is there may be the beginning of a delimiter.
            let safe = buffer.count - delimiter.count + 1
            if safe > position {
                let bytes = Array(buffer[position..<safe])
                position = safe
                return try counted(bytes, isCounted)
            }
            guard try await fill() else { throw MultipartError.cutShort }
        }
        return nil
    }

    private func counted(_ bytes: [UInt8], _ isCounted: Bool) throws(MultipartError) -> [UInt8] {
        partBytes += Int64(bytes.count)
        if isCounted, let limit = limits.partBytes, partBytes > limit { throw .tooLarge("bytes in a part") }
        return bytes
    }

    /// Reads what stands behind a delimiter: blanks and the line's end, or `--`, which ends it all.
    ///
    /// - Returns: Whether it has to be called again.
    private func skipsBlank() async throws -> Bool {
        while buffer.count - position < 2 {
            guard try await fill() else { throw MultipartError.cutShort }
        }
        switch (buffer[position], buffer[position + 1]) {
        case (0x2D, 0x2D):
            isOver = true
            return false
        case (0x0D, 0x0A):
            position += 2
            return false
        case (0x20, _), (0x09, _):
            position += 1
            return true
        default:
            // A longer boundary that begins alike (RFC 2046 section 5.1.1 forbids it).
            throw MultipartError.malformedHeader
        }
    }

    private func header() async throws -> HTTPFields {
        var fields = HTTPFields()
        var bytes = 0
        while true {
            var end = position
            while true {
                while end + 1 < buffer.count, !(buffer[end] == 0x0D && buffer[end + 1] == 0x0A) { end += 1 }
                guard end - position + bytes <= limits.headerBytes else { throw MultipartError.tooLarge("bytes in a header") }
                if end + 1 < buffer.count { break }
                let offset = end - position
                guard try await fill() else { throw MultipartError.cutShort }
                end = position + offset
            }
            let line = buffer[position..<end]
            position = end + 2
            bytes += line.count + 2
            if line.isEmpty { return fields }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), let name = HTTPField.Name(String(decoding: line[..<colon], as: UTF8.self))
            else { throw MultipartError.malformedHeader }
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self).trimmingCharacters(in: .whitespaces)
            fields.append(HTTPField(name: name, value: value))
        }
    }

    private func firstDelimiter() -> Int? {
        let last = buffer.count - delimiter.count
        guard last >= position else { return nil }
        return buffer.withUnsafeBufferPointer { bytes in
            delimiter.withUnsafeBufferPointer { delimiter in
                var index = position
                while index <= last {
                    if bytes[index] == 0x0D {
                        var length = 1
                        while length < delimiter.count, bytes[index + length] == delimiter[length] { length += 1 }
                        if length == delimiter.count { return index }
                    }
                    index += 1
                }
                return nil
            }
        }
    }

    private func fill() async throws -> Bool {
        guard !isAtEnd else { return false }
        guard let more = try await chunks.next() else {
            isAtEnd = true
            return false
        }
        buffer.removeSubrange(..<position)
        position = 0
        buffer += more
        return true
    }
}
