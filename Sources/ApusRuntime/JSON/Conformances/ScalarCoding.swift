extension String: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readString("String")
    }

    public func encode(to value: inout ValueWriter) {
        value.string(self)
    }

    public func parameterForm() -> ParameterForm { .text(self) }
}

extension Bool: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readBool()
    }

    public func encode(to value: inout ValueWriter) {
        value.bool(self)
    }

    public func parameterForm() -> ParameterForm { .text(self ? "true" : "false") }
}

extension Double: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readDouble()
    }

    public func encode(to value: inout ValueWriter) {
        value.double(self)
    }

    /// As in JSON; `nan` and `inf` as Swift writes them, for the server to refuse.
    public func parameterForm() -> ParameterForm {
        guard isFinite else { return .text(description) }
        return .text(String(decoding: WrittenNumber.bytes { $0.double(self) }, as: UTF8.self))
    }
}

extension Float: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readFloat()
    }

    public func encode(to value: inout ValueWriter) {
        value.float(self)
    }

    /// As in JSON; `nan` and `inf` as Swift writes them, for the server to refuse.
    public func parameterForm() -> ParameterForm {
        guard isFinite else { return .text(description) }
        return .text(String(decoding: WrittenNumber.bytes { $0.float(self) }, as: UTF8.self))
    }
}
