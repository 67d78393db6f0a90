public import ApusRuntime
import Foundation

/// A type of a description with examples: those of the description, and the shortest
/// value that it allows.
public protocol ExampleValue: JSONCoding {
    /// JSON texts by the names that the description has for them; an empty name for those
    /// that have none. The last one is the shortest value.
    static var exampleTexts: KeyValuePairs<StaticString, StaticString> { get }
}

extension ExampleValue {
    /// The first example of the description, or else the shortest value that it allows:
    /// the same each time.
    public static var example: Self {
        for (_, text) in exampleTexts {
            if let value = try? JSON.decode(Self.self, from: Data(text.description.utf8)) { return value }
        }
        preconditionFailure("nothing that the description says is an example of \(Self.self)")
    }

    /// An example by its name in the description. It ends the program if there is none:
    /// the name is part of the test.
    public static func example(_ name: String) -> Self {
        for (key, text) in exampleTexts where key.description == name {
            do {
                return try JSON.decode(Self.self, from: Data(text.description.utf8))
            } catch {
                preconditionFailure("the example `\(name)` of \(Self.self) is not a value of that type: \(error)")
            }
        }
        preconditionFailure("\(Self.self) has no example `\(name)`")
    }
}

extension Array: ExampleValue where Element: ExampleValue {
    public static var exampleTexts: KeyValuePairs<StaticString, StaticString> { ["": "[]"] }

    /// A list of one example.
    public static var example: [Element] { [Element.example] }
}
