// Integral forms such as `1.0` and `1e3` are read; what does not fit is a fault.

extension Int: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("Int")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}

extension Int8: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("Int8")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}

extension Int16: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("Int16")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}

extension Int32: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("Int32")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}

extension Int64: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("Int64")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}

extension UInt: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("UInt")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}

extension UInt8: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("UInt8")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}

extension UInt16: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("UInt16")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}

extension UInt32: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("UInt32")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}

extension UInt64: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.state.pointee.readInteger("UInt64")
    }

    public func encode(to value: inout ValueWriter) {
        value.state.pointee.append(integer: self)
    }

    public func parameterForm() -> ParameterForm { .text(String(self)) }
}
