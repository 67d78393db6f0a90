import Source
import SpecSource
import SyntaxTree

/// Corrections of a description from a file of their own (OpenAPI Overlay
/// Specification 1.0).
public struct Overlay {
    /// One change.
    struct Action {
        var target: JSONPath
        var targetNode: Node
        var update: Node?
        var removes: Bool
    }

    let actions: [Action]
    /// The `extends` field: the description that the overlay is for.
    let extends: Node?

    /// Reads an overlay from its tree.
    ///
    /// - Throws: What makes it unusable: it is not an overlay, or a target is not a JSONPath.
    public init(_ tree: SourceTree, diagnostics: Diagnostics) throws(SourceError) {
        let root = tree.root
        guard let version = root["overlay"], version.isScalar else {
            throw SourceError(
                location: root.location, message: "this is not an overlay", hint: "its first line should be `overlay: 1.0.0`")
        }
        guard version.text == "1" || version.text.hasPrefix("1.") else {
            throw SourceError(
                location: version.location, message: "overlays of version \(version.text) are not known", hint: "write `overlay: 1.0.0`")
        }
        if root["info"]?.kind != .mapping {
            diagnostics.warn(.invalidOverlay, "an overlay should have `info` with a title and a version", at: root["info"]?.location ?? root.location)
        }
        Self.reportUnknown(in: root, known: ["overlay", "info", "extends", "actions"], diagnostics)
        extends = root["extends"]
        guard let list = root["actions"], list.kind == .sequence else {
            throw SourceError(
                location: root["actions"]?.location ?? root.location, message: "an overlay needs `actions`, a list",
                hint: "for example `actions: [{target: $.info, update: {title: Shop}}]`")
        }
        var actions: [Action] = []
        for node in list.elements {
            if let action = try Self.action(node, diagnostics) { actions.append(action) }
        }
        self.actions = actions
    }

    private static func action(_ node: Node, _ diagnostics: Diagnostics) throws(SourceError) -> Action? {
        guard let target = node["target"], target.kind == .string else {
            throw SourceError(
                location: node["target"]?.location ?? node.location, message: "an action needs a `target`, a JSONPath in quotes",
                hint: "for example `target: $.paths['/users'].get`")
        }
        reportUnknown(in: node, known: ["target", "description", "update", "remove"], diagnostics)
        let removes = node["remove"]?.bool ?? false
        if let remove = node["remove"], remove.bool == nil {
            diagnostics.warn(.invalidOverlay, "`remove` should be true or false; nothing is removed", at: remove.location)
        }
        if node["update"] == nil, !removes {
            diagnostics.warn(.invalidOverlay, "the action has neither `update` nor `remove: true`; it does nothing", at: node.location)
            return nil
        }
        do throws(JSONPath.Fault) {
            return Action(target: try JSONPath(target.text), targetNode: target, update: node["update"], removes: removes)
        } catch {
            throw SourceError(
                location: target.location, message: "`\(target.text)` is not a JSONPath: \(error.message), at its character \(error.column)",
                hint: "RFC 9535 says how they are written; a key with special characters is `['/users/{id}']`")
        }
    }

    private static func reportUnknown(in node: Node, known: Set<String>, _ diagnostics: Diagnostics) {
        for (key, _) in node.members where !known.contains(key) && !key.hasPrefix("x-") {
            diagnostics.warn(.invalidOverlay, "`\(key)` is not known here; ignored", at: node.keyLocation(key))
        }
    }
}

extension Overlay {
    /// Applies overlays in their order.
    ///
    /// - Returns: The description as it is after them. What an overlay brought
    ///   in has its place in the overlay.
    public static func apply(
        _ overlays: [Overlay], to tree: SourceTree, diagnostics: Diagnostics
    ) throws(SourceError) -> SourceTree {
        guard overlays.contains(where: { !$0.actions.isEmpty || $0.extends != nil }) else { return tree }
        var editor = try TreeEditor(tree)
        for overlay in overlays {
            overlay.reportOtherDescription(than: tree, diagnostics)
            for action in overlay.actions { try action.apply(to: &editor, diagnostics) }
        }
        let result = editor.tree()
        try result.checkDepth()
        return result
    }

    /// An overlay that names another file was hardly meant for this one.
    private func reportOtherDescription(than tree: SourceTree, _ diagnostics: Diagnostics) {
        guard let extends, extends.kind == .string else { return }
        let described = FileAddress.resolve(extends.text, against: FileAddress.normalized(extends.location.path))
        // A URL says where a description was published, which a file does not.
        guard !FileAddress.isRemote(described), FileAddress.name(of: described) != FileAddress.name(of: tree.path) else { return }
        diagnostics.warn(.overlayMismatch, "the overlay is for `\(extends.text)`, and is applied to `\(tree.path)`", at: extends.location)
    }
}

extension Overlay.Action {
    func apply(to editor: inout TreeEditor, _ diagnostics: Diagnostics) throws(SourceError) {
        let matches = target.distinctMatches(in: editor.tree().root)
        guard !matches.isEmpty else {
            diagnostics.warn(.overlayWithoutTarget, "`\(targetNode.text)` selects nothing; the action has no effect", at: targetNode.location)
            return
        }
        guard !removes else {
            guard matches.allSatisfy({ $0.parent != nil }) else {
                throw SourceError(
                    location: targetNode.location, message: "the whole description cannot be removed", hint: "narrow the target")
            }
            return editor.remove(matches)
        }
        guard let update else { return }
        for match in matches {
            if match.parent == nil, update.kind != .mapping {
                throw SourceError(
                    location: update.location, message: "the description cannot be replaced by this",
                    hint: "an update of `$` is a mapping")
            }
            try editor.update(match, with: update)
        }
    }
}
