import TextScanning

/// Swift names for media types.
enum MediaName {
    /// `application/json` is `json`, `image/png` is `png`.
    static func member(_ mediaType: String) -> String {
        SwiftName.member(words(mediaType))
    }

    /// The words of a media type that tell it from others.
    static func words(_ mediaType: String) -> Words {
        let parameters = MediaChoice.identity(mediaType).split(separator: ";").dropFirst()
        return parameters.reduce(essenceWords(MediaChoice.essence(mediaType))) { $0 + Words(String($1)) }
    }

    private static func essenceWords(_ essence: String) -> Words {
        if let known = known[essence] { return Words(known) }
        let parts = essence.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return Words(essence) }
        var subtype = parts[1]
        if subtype == "*" { return Words(String(parts[0])) }
        for prefix in ["x-", "vnd."] where subtype.hasPrefix(prefix) { subtype = subtype.dropFirst(prefix.count) }
        // `application/vnd.b+json` is `b`: how it is written goes without saying.
        if let plus = subtype.lastIndex(of: "+"), subtype[plus...] == "+json" { subtype = subtype[..<plus] }
        let words = Words(String(subtype).replacing("+", with: "-"))
        return words.isEmpty ? Words(String(parts[0])) : words
    }

    private static let known = [
        "application/x-www-form-urlencoded": "form", "multipart/form-data": "multipart", "text/plain": "text",
        "application/octet-stream": "data", "text/event-stream": "events", "*/*": "any",
        "application/jsonl": "json-lines", "application/x-ndjson": "json-lines", "application/ndjson": "json-lines",
        "application/x-jsonlines": "json-lines", "application/json-seq": "json-sequence",
    ]
}
