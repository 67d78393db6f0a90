extension SnippetAPI {
    public typealias Fixed = String
}

extension SnippetAPI {
    public enum Level: OpenEnum {
        case _1
        case _2
        case minus1
        /// A value that the description does not list.
        case unknown(Int)

        /// The values that the description lists.
        public static let allCases: [Self] = [._1, ._2, .minus1]

        public var rawValue: Int {
            switch self {
            case ._1: 1
            case ._2: 2
            case .minus1: -1
            case .unknown(let value): value
            }
        }
    }
}

extension SnippetAPI {
    /// How far it is.
    public enum Status: OpenEnum {
        case open
        case inProgress
        case empty
        case noneValue
        case abc
        case gmtPlus1
        /// A value that the description does not list.
        case unknown(String)

        /// The values that the description lists.
        public static let allCases: [Self] = [
            .open, .inProgress, .empty, .noneValue, .abc, .gmtPlus1
        ]

        public var rawValue: String {
            switch self {
            case .open: "open"
            case .inProgress: "in-progress"
            case .empty: ""
            case .noneValue: "none"
            case .abc: "ABC"
            case .gmtPlus1: "GMT+1"
            case .unknown(let value): value
            }
        }
    }
}
