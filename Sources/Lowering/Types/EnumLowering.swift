import OpenAPI
import SyntaxTree

extension TypeLowering {
    /// An open enumeration of the values of `enum`.
    func enumeration(_ values: [Node], _ schema: Schema) -> Enumeration {
        let isInteger = schema.types.subtracting(.null) != .string && values.allSatisfy { $0.kind != .string }
        var scope = NameScope(reserved: ["unknown", "allCases"])
        var seen: Set<String> = []
        var cases: [Enumeration.Case] = []
        for (index, value) in values.enumerated() {
            let raw = isInteger ? value.int.map(String.init) ?? value.text : value.text
            guard seen.insert(raw).inserted else {
                diagnostics.warn("the value `\(raw)` is there twice; the first is used", at: value.location)
                continue
            }
            let named = index < schema.enumerationNames.count ? schema.enumerationNames[index] : ""
            let spelled = named.isEmpty ? raw : named
            let documentation =
                index < schema.enumerationDescriptions.count ? schema.enumerationDescriptions[index] : nil
            cases.append(
                Enumeration.Case(
                    name: scope.claim(SwiftName.enumCase(spelled), SwiftName.enumCase(spelled) + "Value"),
                    rawValue: raw,
                    documentation: Documentation.member(documentation)))
        }
        return Enumeration(rawType: isInteger ? .int : .string, cases: cases)
    }
}
