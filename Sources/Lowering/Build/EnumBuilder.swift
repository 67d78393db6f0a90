import Declarations
import OpenAPI
import Source
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
                diagnostics.warn(.duplicateEnumValue, "the value `\(raw)` is there twice; the first is used", at: entry.value.location)
                continue
            }
            unique.append((raw, entry.name ?? raw, entry.documentation))
        }
        var scope = NameScope(reserved: ["unknown", "allCases"])
        let names = scope.claim(unique.map(\.spelled), as: SwiftName.enumCase, orElseWith: "Value")
        return Enumeration(
            rawType: isInteger ? .int : .string,
            cases: zip(unique, names).map { entry, name in
                Enumeration.Case(name: name, rawValue: entry.raw, documentation: Documentation.member(entry.documentation))
            })
    }
}
