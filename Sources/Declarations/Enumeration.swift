/// An open enumeration of strings or numbers.
public struct Enumeration: Hashable, Sendable {
    public enum RawType: String, Hashable, Sendable {
        case string = "String"
        case int = "Int"
        case double = "Double"
    }

    /// A value that the description lists.
    public struct Case: Hashable, Sendable {
        public var name: String
        public var rawValue: String
        public var documentation: [String]

        /// Creates a case.
        public init(name: String, rawValue: String, documentation: [String] = []) {
            self.name = name
            self.rawValue = rawValue
            self.documentation = documentation
        }
    }

    public var rawType: RawType
    public var cases: [Case]

    /// Creates an enumeration.
    public init(rawType: RawType, cases: [Case]) {
        self.rawType = rawType
        self.cases = cases
    }
}
