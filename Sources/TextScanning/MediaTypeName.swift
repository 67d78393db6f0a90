/// The name of a media type.
public enum MediaTypeName {
    /// The media type without its parameters, in lower case.
    public static func essence(_ name: String) -> String {
        // Nearly all are written that way, and this is asked often.
        let isEssence = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") && !(0x41...0x5A).contains($0) }
        if isEssence { return name }
        if name.utf8.allSatisfy({ $0 < 0x80 }) {
            let visible = name.utf8.prefix { $0 != UInt8(ascii: ";") }.filter { $0 != UInt8(ascii: " ") }
            return String(decoding: visible.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        }
        let end = name.firstIndex(of: ";") ?? name.endIndex
        return name[..<end].filter { $0 != " " }.lowercased()
    }
}
