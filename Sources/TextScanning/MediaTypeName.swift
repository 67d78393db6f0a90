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

    /// The media type with its parameters, in one spelling: what tells it from others.
    /// `charset=utf-8` goes without saying.
    public static func identity(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: ";")) else { return essence(name) }
        let parameters = name.split(separator: ";").dropFirst().compactMap { parameter -> String? in
            let parts = parameter.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\"" } }
            guard parts.count == 2, let key = parts.first?.lowercased(), !key.isEmpty else { return nil }
            return key == "charset" && parts[1].lowercased() == "utf-8" ? nil : "\(key)=\(parts[1])"
        }
        return ([essence(name)] + parameters.sorted()).joined(separator: ";")
    }
}
