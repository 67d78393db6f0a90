import Declarations
import OpenAPI
import Source
import TextScanning

/// The names of methods, by the operations' indices.
///
/// A method is called after the `operationId`, else after its method and path.
/// Where several have the same name, the exact spelling has it, then the shortest
/// path, whatever their order.
struct MethodNames {
    private(set) var names: [String]
    /// The names that are taken.
    private(set) var scope: NameScope
    /// What tells operations apart, in whatever order they come.
    private let texts: [String]

    /// - Parameter members: What the client has besides its operations.
    init(of operations: [Operation], members: [String], settings: SettingsUse, diagnostics: Diagnostics) {
        names = [String](repeating: "", count: operations.count)
        texts = operations.map { "\($0.path) \($0.method)" }
        scope = NameScope(reserved: Set(members + ClientMembers.reserved))
        var wishes: [Wish] = []
        for (index, operation) in operations.enumerated() {
            wishes.append(Wish(index, operation, settings: settings))
        }
        for wish in wishes.sorted(by: <) {
            // Found out only where it is needed: nearly every name is free.
            let name = wish.rank == .identifier ? scope.claim(wish.choices, orElse: Wish.pathName(operations[wish.index])) : scope.claim(wish.choices)
            names[wish.index] = name
            guard name != wish.choices[0] else { continue }
            let operation = operations[wish.index]
            switch wish.rank {
            case .chosen: settings.reportTaken(wish.choices[0], name, at: wish.location)
            case .identifier:
                diagnostics.warn(
                    .nameTaken,
                    "the operation ID `\(operation.operationID ?? "")` is taken; the method is called `\(name)`",
                    at: operation.operationIDLocation ?? operation.location)
            case .path: break
            }
        }
    }

    /// A text for a place that does not depend on the order of the description.
    func text(of place: Place) -> String {
        let before = place.parent.map(text) ?? ""
        if case .operation(let index) = place.step { return before + "/" + texts[index] }
        return before + "/" + place.step.text
    }

    private struct Wish: Comparable {
        enum Rank: Int {
            /// What the user decided comes first, then operations with an `operationId`.
            case chosen, identifier, path
        }

        var index: Int
        var rank: Rank
        var choices: [String]
        var isExact: Bool
        var path: String
        var method: String
        var location: SourceLocation?

        init(_ index: Int, _ operation: Operation, settings: SettingsUse) {
            self.index = index
            path = operation.path
            method = operation.method
            for key in [operation.operationID, "\(operation.method) \(operation.path)"].compactMap({ $0 }) {
                guard let name = settings.setting(\.renames.operations, key) else { continue }
                rank = .chosen
                choices = [name]
                isExact = true
                location = settings.location(\.renames.operations, key)
                return
            }
            if let identifier = operation.operationID, !Words(identifier).isEmpty {
                rank = .identifier
                let short = Self.withoutRoute(identifier, operation)
                let full = SwiftName.member(identifier)
                choices = short.map { [SwiftName.member($0), full] } ?? [full]
                isExact = choices[0] == identifier
            } else {
                rank = .path
                choices = [Self.pathName(operation)]
                isExact = false
            }
        }

        static func < (left: Wish, right: Wish) -> Bool {
            if left.rank != right.rank { return left.rank.rawValue < right.rank.rawValue }
            if left.isExact != right.isExact { return left.isExact }
            if left.path.utf8.count != right.path.utf8.count { return left.path.utf8.count < right.path.utf8.count }
            if left.path != right.path { return left.path < right.path }
            if left.method != right.method { return left.method < right.method }
            return left.index < right.index
        }

        /// What FastAPI makes operation IDs of: the function's name, and its path
        /// and method behind it, which the ID alone gives away. Nil for any other ID.
        private static func withoutRoute(_ identifier: String, _ operation: Operation) -> String? {
            guard identifier.hasSuffix("_" + operation.method.lowercased()) else { return nil }
            let path = String(operation.path.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" ? $0 : "_" })
            let suffix = "\(path)_\(operation.method.lowercased())"
            guard identifier.hasSuffix(suffix), identifier.utf8.count > suffix.utf8.count else { return nil }
            let name = String(identifier.dropLast(suffix.count))
            return Words(name).isEmpty ? nil : name
        }

        /// `GET /users/{id}/posts` is `getUsersByIDPosts`.
        static func pathName(_ operation: Operation) -> String {
            // Put together at the end: a sum of words copies those before it.
            var words = [Words(operation.method.lowercased())]
            for segment in PercentEncoding.decoded(operation.path).split(separator: "/") {
                for (index, part) in segment.split(separator: "{").enumerated() {
                    let isParameter = index > 0 || segment.hasPrefix("{")
                    let pieces = part.split(separator: "}", maxSplits: 1)
                    guard isParameter, let name = pieces.first else {
                        words.append(Words(String(part)))
                        continue
                    }
                    words += [Words("by"), Words(String(name))]
                    if pieces.count > 1 { words.append(Words(String(pieces[1]))) }
                }
            }
            return SwiftName.member(Words(joining: words))
        }
    }
}

/// What every generated client has.
enum ClientMembers {
    static let reserved = ["core", "send", "with", "withResponse"]
}
