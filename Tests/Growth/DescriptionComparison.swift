import Comparison
import Declarations
import Generation

/// What compares the Swift interfaces of two descriptions.
public protocol DescriptionComparing {
    /// - Parameters:
    ///   - old: The description as it was, as JSON.
    ///   - new: The new description.
    ///   - path: Where the description lies.
    func changes(from old: [UInt8], to new: [UInt8], path: String) throws -> [InterfaceChange]
}

/// The comparison of `apus diff`.
public final class DescriptionComparison: DescriptionComparing {
    /// The description that was lowered last: many rounds compare with the same one.
    private var last: (bytes: [UInt8], module: Module)?

    public init() {}

    public func changes(from old: [UInt8], to new: [UInt8], path: String) throws -> [InterfaceChange] {
        // The whole description stays in the memory, whichever side it is on.
        if last?.bytes == old {
            return ModuleComparison(old: try kept(old, path), new: try module(new, path)).changes()
        }
        return ModuleComparison(old: try module(old, path), new: try kept(new, path)).changes()
    }

    private func kept(_ bytes: [UInt8], _ path: String) throws -> Module {
        if let last, last.bytes == bytes { return last.module }
        let module = try module(bytes, path)
        last = (bytes, module)
        return module
    }

    private func module(_ bytes: [UInt8], _ path: String) throws -> Module {
        try Pipeline().run(bytes, path: path, configuration: Configuration()).module
    }
}

/// The changes between descriptions that lie in files.
public enum History {
    /// - Returns: For each file but the first, what breaks from the one before.
    public static func breakingChanges(_ paths: [String]) throws -> [(old: String, new: String, changes: [InterfaceChange])] {
        let modules = try paths.map { try Pipeline().run($0, configuration: Configuration()).module }
        return zip(paths.indices, paths.indices.dropFirst()).map { old, new in
            let changes = ModuleComparison(old: modules[old], new: modules[new]).changes()
            return (paths[old], paths[new], changes.filter(\.isBreaking))
        }
    }
}
