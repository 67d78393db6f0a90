import Declarations
import OpenAPI
import Source
import SpecSource
import TextScanning

/// Makes open enumerations of the values of `enum`.
struct EnumBuilder {
    let diagnostics: Diagnostics

    /// A value, what it is to be called where that is said, and what is said of it.
    struct Entry {
        var value: Value
        var name: String?
        var documentation: String?
    }

    func enumeration(_ values: [Value], _ schema: Schema) -> Enumeration {
        func element(_ list: [String], _ index: Int) -> String? {
            index < list.count && !list[index].isEmpty ? list[index] : nil
        }
        let isInteger = schema.types.subtracting(.null) != .string && values.allSatisfy { $0.kind != .string }
        return enumeration(
            values.enumerated().map { index, value in
                Entry(
                    value: value, name: element(schema.values.names, index),
                    documentation: element(schema.values.descriptions, index))
            }, isInteger: isInteger)
    }

    func enumeration(_ entries: [Entry], isInteger: Bool) -> Enumeration {
        var seen: Set<String> = []
        var unique: [(raw: String, spelled: String, documentation: String?)] = []
        for entry in entries {
            let raw = isInteger ? entry.value.int.map(String.init) ?? entry.value.text : entry.value.text
            guard seen.insert(raw).inserted else {
                diagnostics.warn("the value `\(raw)` is there twice; the first is used", at: entry.value.location)
                continue
            }
            unique.append((raw, entry.name ?? raw, entry.documentation))
        }
        let names = Self.names(unique.map(\.spelled))
        return Enumeration(
            rawType: isInteger ? .int : .string,
            cases: zip(unique, names).map { entry, name in
                Enumeration.Case(name: name, rawValue: entry.raw, documentation: Documentation.member(entry.documentation))
            })
    }

    /// The cases' names. The exact spelling has a name, then the first in the order
    /// of the alphabet.
    private static func names(_ spelled: [String]) -> [String] {
        var scope = NameScope(reserved: ["unknown", "allCases"])
        var names = [String](repeating: "", count: spelled.count)
        let wished = spelled.map(SwiftName.enumCase)
        let order = spelled.indices.sorted { left, right in
            let isExact = (wished[left] == spelled[left], wished[right] == spelled[right])
            return isExact.0 != isExact.1 ? isExact.0 : spelled[left] < spelled[right]
        }
        for index in order { names[index] = scope.claim(wished[index], wished[index] + "Value") }
        return names
    }
}
