import Foundation

@testable import ApusRuntime

/// Server-sent events and JSON Lines in chunks of every size: the values must not depend
/// on where the chunks end, and be those of the standard. The first byte of the input says
/// how long the chunks of the third reading are.
func fuzzStreams(_ input: [UInt8]) async {
    guard let size = input.first else { return }
    let bytes = Array(input.dropFirst())
    // An `id` with NUL is ignored by the standard; how the stream does it is looked at elsewhere.
    if bytes.contains(0) { return }
    let sizes = [max(bytes.count, 1), 1, Int(size) + 1]
    var events: [[String]] = []
    var items: [[String]] = []
    for size in sizes {
        events.append(await contents(of: EventStream<String>(reading: body(bytes, size))) { event in
            "\(event.event ?? "message")|\(event.id ?? "")|\(event.content)"
        })
        items.append(await contents(of: ItemStream<JSONValue>(reading: body(bytes, size))) { "\($0)" })
    }
    precondition(events[0] == events[1] && events[0] == events[2], "events depend on the chunks")
    precondition(items[0] == items[1] && items[0] == items[2], "items depend on the chunks")
    precondition(events[0] == StandardEvents.read(bytes), "the events are not those of the standard")
}

private func body(_ bytes: [UInt8], _ size: Int) -> HTTPBody {
    let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    return HTTPBody(
        AsyncStream<[UInt8]> { continuation in
            chunks.forEach { continuation.yield($0) }
            continuation.finish()
        })
}

/// What a stream has up to its end or its first error.
private func contents<Items: AsyncSequence>(of items: Items, _ text: (Items.Element) -> String) async -> [String] {
    var found: [String] = []
    do {
        for try await item in items { found.append(text(item)) }
    } catch {
        found.append("error")
    }
    return found
}

/// Reads events as HTML's Living Standard, section 9.2.6, says, all at once.
private enum StandardEvents {
    static func read(_ bytes: [UInt8]) -> [String] {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        var events: [String] = []
        var data: [String] = []
        var type = ""
        var pendingID: String?
        var lastID = ""
        for line in lines(text) {
            guard !line.isEmpty else {
                if let pendingID { lastID = pendingID }
                let content = data.joined(separator: "\n")
                if !data.isEmpty {
                    if content == "[DONE]" { return events }
                    events.append("\(type.isEmpty ? "message" : type)|\(lastID)|\(content)")
                }
                (data, type, pendingID) = ([], "", nil)
                continue
            }
            let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
            var value = Array(line[colon...].dropFirst())
            if value.first == 0x20 { value.removeFirst() }
            let content = String(decoding: value, as: UTF8.self)
            switch Array(line[..<colon]) {
            case Array("data".utf8): data.append(content)
            case Array("event".utf8): type = content
            case Array("id".utf8): if !value.contains(0) { pendingID = content }
            default: break
            }
        }
        return events
    }

    /// Lines that are ended by a line feed, a carriage return or both; a last one without an
    /// end is dropped, as no blank line can follow it.
    private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            guard byte == 0x0A || byte == 0x0D else {
                line.append(byte)
                continue
            }
            if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
            lines.append(line)
            line = []
        }
        return lines
    }
}
