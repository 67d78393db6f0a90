import TextScanning

/// The tokens of JSON Pointers (RFC 6901).
public enum JSONPointer {
    /// A name as a token, which has no `/` in it (section 3).
    public static func escaped(_ name: String) -> String {
        // Hardly a name has any, and looking is cheaper than replacing.
        guard PlainASCII.contains(UInt8(ascii: "~"), name) || PlainASCII.contains(UInt8(ascii: "/"), name) else { return name }
        return name.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    /// The name that a token stands for (section 4).
    public static func unescaped(_ token: String) -> String {
        guard PlainASCII.contains(UInt8(ascii: "~"), token) else { return token }
        return token.replacing("~1", with: "/").replacing("~0", with: "~")
    }
}
