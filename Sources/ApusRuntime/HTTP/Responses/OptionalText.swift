extension ResponseType where Value == String? {
    /// Text, or `nil` where the response has none, as of a status without content.
    public static var text: ResponseType {
        ResponseType(.any(.text { $0.isEmpty ? nil : $0 }), accept: "text/plain")
    }
}
