/// The target of a request: path and query (RFC 9112 section 3.2.1).
package enum RequestTarget {
    /// Path and query, with the bytes percent-encoded that RFC 3986 does not
    /// allow: HTTP libraries would encode what is already encoded a second time.
    ///
    /// - Returns: `nil` if a request line cannot hold it, and if the path has a
    ///   segment `.` or `..`, which libraries remove.
    package static func encoded(_ target: String) -> String? {
        guard target.utf8.first == UInt8(ascii: "/") else { return nil }
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
        for segment in path.split(separator: UInt8(ascii: "/"))
        where segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8) {
            return nil
        }
        for byte in target.utf8 where byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "#") { return nil }
        var encoded = ""
        PercentEncoding.append(target, to: &encoded, keeping: .pathAndQuery, keepsTriplets: true)
        return encoded
    }
}
