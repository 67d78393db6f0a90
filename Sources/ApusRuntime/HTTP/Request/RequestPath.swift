/// A path with the values of its parameters: `"/users/\(id)"`.
///
/// What the literal says stays as it is; values are percent-encoded, so that
/// they can neither add segments nor climb out of theirs.
public struct RequestPath: Sendable, ExpressibleByStringInterpolation {
    let text: String
    let failure: JSONError?

    public init(stringLiteral value: String) {
        text = PercentEncoding.encode(value, .path)
        failure = nil
    }

    public init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        // Encoded dots mean the same as dots (RFC 3986 section 6.2.2), so nothing but refusing them helps.
        let climbs = text.utf8.split(separator: UInt8(ascii: "/")).contains { segment in
            segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8)
        }
        failure =
            stringInterpolation.failure
            ?? (climbs ? JSONError.unsendable("a path parameter must not be `.` or `..`") : nil)
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var text: String
        var failure: JSONError?

        public init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: String) {
            text += PercentEncoding.encode(literal, .path)
        }

        /// Adds a parameter's value.
        ///
        /// - Parameters:
        ///   - style: The parameter's `style`.
        ///   - name: The parameter's name, which the style `matrix` repeats.
        ///   - explode: The parameter's `explode`.
        public mutating func appendInterpolation<Value: JSONCoding>(
            _ value: Value, _ style: PathStyle = .simple, name: String = "", explode: Bool = false
        ) {
            do throws(JSONError) {
                text += try expanded(value, style, name: Self.encode(name), explode: explode)
            } catch {
                failure = failure ?? error
            }
        }

        private func expanded<Value: JSONCoding>(
            _ value: Value, _ style: PathStyle, name: String, explode: Bool
        ) throws(JSONError) -> String {
            if style == .json { return Self.encode(String(decoding: try JSON.bytes(of: value), as: UTF8.self)) }
            let text = Self.expand(value.parameterForm(), style, name: name, explode: explode)
            // Without it the path would be another one: the list in place of its element.
            guard let text, !text.isEmpty else {
                throw JSONError.unsendable("a path parameter has no value to put into the path")
            }
            return text
        }

        private static func encode(_ text: String) -> String {
            PercentEncoding.encode(text, .unreserved)
        }

        private static func expand(_ form: ParameterForm, _ style: PathStyle, name: String, explode: Bool) -> String? {
            switch style {
            case .simple, .json:
                return ParameterText.joined(form, separator: ",", explode: explode, encode: encode)
            case .label:
                return ParameterText.joined(form, separator: explode ? "." : ",", explode: explode, encode: encode)
                    .map { "." + $0 }
            case .matrix:
                switch (form, explode) {
                case (.list(let parts), true):
                    return parts.map { ";\(name)=\(encode($0))" }.joined()
                case (.object(let members), true):
                    return members.map { ";\(encode($0.0))=\(encode($0.1))" }.joined()
                default:
                    return ParameterText.joined(form, separator: ",", explode: false, encode: encode)
                        .map { ";\(name)=\($0)" }
                }
            }
        }
    }
}

extension JSONError {
    /// A value that cannot be put into a request.
    static func unsendable(_ message: String) -> JSONError {
        JSONError(path: "$", offset: 0, message: message, excerpt: "")
    }
}
