/// The members of an object as a form carries them: each with one text, or
/// with one for each element of a list.
enum FormMembers {
    /// - Throws: If the value cannot be written, or is no object.
    static func members<Value: JSONCoding>(of value: Value) throws(JSONError) -> [(name: String, values: [String])] {
        let bytes = try JSON.encode(value, omittingReadOnly: true)
        return try JSON.decode(Members.self, from: bytes).members
    }

    private struct Members: JSONCoding {
        var members: [(name: String, values: [String])] = []

        init(from value: inout ValueReader) {
            guard value.kind == .object else {
                value.fail("a form needs an object")
                return
            }
            var names = MemberNames(entering: value.state)
            while let name = names.next() {
                if value.kind == .array {
                    members.append((name, value.read([NestedText].self).compactMap(\.text)))
                } else if let text = NestedText(from: &value).text {
                    members.append((name, [text]))
                }
            }
        }

        func encode(to value: inout ValueWriter) { value.null() }
    }
}
