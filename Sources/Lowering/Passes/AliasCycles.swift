import Declarations
import Source

/// Ends cycles of names: a name for itself is not a type.
enum AliasCycles {
    static func settle(_ declarations: inout [Declaration], locations: [SourceLocation?], _ diagnostics: Diagnostics) {
        /// Aliases that are known to lead to a type.
        var settled: Set<Int> = []
        for start in declarations.indices where !settled.contains(start) {
            var chain: Set<Int> = []
            var next: Int? = start
            while let current = next, !settled.contains(current), case .alias(let target) = declarations[current].kind {
                guard chain.insert(current).inserted else {
                    declarations[current].kind = .alias(.builtin(.json))
                    diagnostics.degrade(
                        .circularReference,
                        "the schema `\(declarations[current].name)` is defined by itself; any value is accepted", at: locations[current])
                    break
                }
                next = target.declaration
            }
            settled.formUnion(chain)
        }
    }
}
