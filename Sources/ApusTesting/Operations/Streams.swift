public import ApusRuntime
import Foundation

/// A stream whose body can be handed on.
protocol BodyOfItems {
    var wholeBody: HTTPBody { get }
}

extension ItemStream: BodyOfItems {
    var wholeBody: HTTPBody { unreadBody }

    /// Values for a stub to answer with, a line of JSON each.
    ///
    /// - Throws: `JSONError` for a value that JSON cannot express.
    public init(of items: [Item]) throws {
        var data = Data()
        for item in items {
            data.append(try JSON.encode(item))
            data.append(UInt8(ascii: "\n"))
        }
        self.init(reading: HTTPBody(data))
    }
}

extension EventStream: BodyOfItems {
    var wholeBody: HTTPBody { unreadBody }

    /// Events for a stub to answer with.
    ///
    /// - Throws: `JSONError` for content that JSON cannot express.
    public init(of events: [ServerSentEvent<Content>]) throws {
        var text = ""
        for event in events {
            if let name = event.event { text += "event: \(name)\n" }
            if let id = event.id { text += "id: \(id)\n" }
            if let retry = event.retry { text += "retry: \(retry)\n" }
            let data = try (event.content as? String) ?? String(decoding: JSON.encode(event.content), as: UTF8.self)
            for line in data.split(separator: "\n", omittingEmptySubsequences: false) { text += "data: \(line)\n" }
            text += "\n"
        }
        self.init(reading: HTTPBody(text))
    }
}
