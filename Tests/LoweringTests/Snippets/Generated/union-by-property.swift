extension SnippetAPI {
    public struct Circle: JSONCodable {
        public var radius: Double

        public init(radius: Double) {
            self.radius = radius
        }

        public init(from object: inout ObjectReader) {
            self.radius = object.required("radius")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("radius", radius)
        }
    }
}

extension SnippetAPI {
    public enum Shape: JSONUnion {
        case circle(Circle)
        case square(Square)
        /// A value that matches none of the cases.
        case unknown(JSONValue)

        public init(from value: inout ValueReader) {
            if value.has("radius"), let content: Circle = value.attempt() {
                self = .circle(content)
            } else if value.has("side"), let content: Square = value.attempt() {
                self = .square(content)
            } else {
                self = .unknown(value.read())
            }
        }

        public func encode(to value: inout ValueWriter) {
            switch self {
            case .circle(let content): value.write(content)
            case .square(let content): value.write(content)
            case .unknown(let content): value.write(content)
            }
        }
    }
}

extension SnippetAPI {
    public struct Square: JSONCodable {
        public var side: Double

        public init(side: Double) {
            self.side = side
        }

        public init(from object: inout ObjectReader) {
            self.side = object.required("side")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("side", side)
        }
    }
}
