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
        let types = schema.types.withoutNull
        let rawType: Enumeration.RawType =
            if types == .string || values.contains(where: { $0.kind == .string }) { .string }
            else if types == .number || values.contains(where: { $0.int == nil }) { .double } else { .int }
        return enumeration(
            values.enumerated().map { index, value in
                Entry(
                    value: value, name: element(schema.values.names, index),
                    documentation: element(schema.values.descriptions, index))
            }, rawType: rawType)
    }

    func enumeration(_ entries: [Entry], rawType: Enumeration.RawType) -> Enumeration {
        var seen: Set<String> = []
        var unique: [(raw: String, spelled: String, documentation: String?)] = []
        for entry in entries {
            let raw = Self.rawValue(entry.value, rawType)
            guard seen.insert(raw).inserted else {
                diagnostics.warn(.duplicateEnumValue, "the value `\(raw)` is there twice; the first one is used", at: entry.value.location)
                continue
            }
            // The point of a number would be lost among the words of its name.
            unique.append((raw, entry.name ?? (rawType == .double ? raw.replacing(".", with: "point") : raw), entry.documentation))
        }
        var scope = NameScope(reserved: ["unknown", "allCases"])
        let names = scope.claim(unique.map(\.spelled), as: SwiftName.enumCase, orElseWith: "Value")
        return Enumeration(
            rawType: rawType,
            cases: zip(unique, names).map { entry, name in
                Enumeration.Case(name: name, rawValue: entry.raw, documentation: Documentation.member(entry.documentation))
            })
    }

    /// A value as one spelling of it: `1.0` and `1` are the same number.
    static func rawValue(_ value: Value, _ type: Enumeration.RawType) -> String {
        switch type {
        case .string: value.text
        case .int: value.int.map(String.init) ?? value.text
        case .double: value.int.map(String.init) ?? value.double.map { "\($0)" } ?? value.text
        }
    }
}
