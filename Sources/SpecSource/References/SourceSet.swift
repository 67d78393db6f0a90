#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Source
import SyntaxTree
import TextScanning

/// Fetches a file by its URL, or says why that cannot be done. Returns also
/// the URL that it was found at in the end, which its references are relative to.
public typealias RemoteFetch = (_ url: String) throws(SourceError) -> (bytes: [UInt8], url: String)

/// The files of one description: the one it begins in, and those that its
/// references lead to, each read once.
public final class SourceSet {
    /// A place that a reference names.
    public struct Place: Hashable, Sendable {
        /// The file's address in its normal form.
        public var file: String
        /// What comes after `#`: a JSON Pointer, the name of an anchor, or nothing.
        public var fragment: String
        /// The node the fragment begins at: the root, or a schema with an `$id`.
        var start = 0

        /// The fragment without percent-encoding.
        public var decodedFragment: String { PercentEncoding.decoded(fragment) }

        /// The normal form: the same text is the same place.
        public var text: String {
            start == 0 ? "\(file)#\(fragment)" : "\(file)#(\(start))\(fragment)"
        }
    }

    /// The file that the description begins in.
    public let root: SourceTree

    private let diagnostics: Diagnostics
    private let fetch: RemoteFetch?
    private var trees: [String: Result<SourceTree, SourceError>] = [:]
    /// The trees of local files by their paths without symbolic links.
    private var treesByRealPath: [String: SourceTree] = [:]
    private var identifiers: [ObjectIdentifier: SchemaIdentifiers] = [:]
    /// Schemas by their absolute `$id`.
    private var resources: [String: Node] = [:]
    private var addresses: [ObjectIdentifier: String] = [:]

    /// How many references one pointer may lead through, and how many those may.
    private static let longestChain = 32
    private var depth = 0

    /// - Parameters:
    ///   - root: The file that the description begins in.
    ///   - fetch: How to get what lies on other hosts; nil where that is not allowed.
    public init(root: SourceTree, diagnostics: Diagnostics, fetch: RemoteFetch? = nil) {
        self.root = root
        self.diagnostics = diagnostics
        self.fetch = fetch
        let address = FileAddress.normalized(root.path)
        if !FileAddress.isRemote(address) { treesByRealPath[Self.realPath(address)] = root }
        remember(root, at: address)
    }

    /// Whether no reference led out of the file that the description begins in.
    public var isOneFile: Bool { trees.count == 1 }

    /// The normal form of the address of a node's file.
    public func file(of node: Node) -> String {
        addresses[ObjectIdentifier(node.tree)] ?? node.tree.path
    }

    /// The place that a reference names.
    ///
    /// - Parameter reference: As it is written in the file of `node`.
    public func place(of reference: String, from node: Node) -> Place {
        let hash = reference.firstIndex(of: "#") ?? reference.endIndex
        let file = String(reference[..<hash])
        let fragment = hash == reference.endIndex ? "" : String(reference[reference.index(after: hash)...])
        let around = identifiers[ObjectIdentifier(node.tree)]?.resources(around: node) ?? []
        if file.isEmpty {
            return Place(file: self.file(of: node), fragment: fragment, start: around.first?.node.id ?? 0)
        }
        if !resources.isEmpty {
            let base = absoluteIdentifier(around, in: node.tree)
            if let schema = resources[FileAddress.resolve(file, against: base)] {
                return Place(file: self.file(of: schema), fragment: fragment, start: schema.id)
            }
        }
        return Place(file: address(of: file, from: node), fragment: fragment)
    }

    /// The node at a place; nil if its file has no such node.
    ///
    /// - Throws: Why the file cannot be read.
    public func node(at place: Place) throws(SourceError) -> Node? {
        let tree = try tree(at: place.file)
        let start = Node(tree: tree, index: UInt32(place.start))
        if place.fragment.isEmpty { return start }
        if place.fragment.hasPrefix("/") {
            // A schema with an `$id` is a document of its own. Authors who use
            // `$id` as a label only mean the file.
            return node(place.fragment, from: start) ?? (place.start == 0 ? nil : node(place.fragment, from: tree.root))
        }
        return identifiers[ObjectIdentifier(tree)]?.anchored(PercentEncoding.decoded(place.fragment), in: start)
    }

    /// Follows a JSON Pointer. It may lead through a `$ref`: a mapping of
    /// schemas can lie in a file of its own.
    private func node(_ pointer: String, from start: Node) -> Node? {
        guard depth < Self.longestChain else { return nil }
        depth += 1
        defer { depth -= 1 }
        var node = start
        var references = 0
        for token in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            var next = node.step(String(token))
            while next == nil, references < Self.longestChain, let reference = node["$ref"]?.string {
                references += 1
                guard let target = try? self.node(at: place(of: reference, from: node)) else { return nil }
                node = target
                next = node.step(String(token))
            }
            guard let next else { return nil }
            node = next
        }
        return node
    }

    // MARK: - Addresses

    private func address(of file: String, from node: Node) -> String {
        let base = self.file(of: node)
        let address = FileAddress.resolve(file, against: base)
        if isThere(address) { return address }
        if FileAddress.isRemote(address) { return mirrored(address, of: node.tree) ?? address }
        guard !FileAddress.isRemote(base) else { return address }
        // The name itself may have a `%` in it.
        let literal = FileAddress.normalized(FileAddress.folder(of: base) + file)
        if literal != address, isThere(literal) { return literal }
        let besideRoot = FileAddress.resolve(file, against: self.file(of: root.root))
        if besideRoot != address, isThere(besideRoot) {
            diagnostics.warn(
                .impreciseReference,
                "`\(file)` is not beside the file that refers to it; the one beside the description is used",
                at: node.location)
            return besideRoot
        }
        return address
    }

    private func isThere(_ address: String) -> Bool {
        if trees[address] != nil { return true }
        return !FileAddress.isRemote(address) && FileManager.default.fileExists(atPath: address)
    }

    /// A file that says where it is is a copy of what lies at that URL; so are the files beside it.
    private func mirrored(_ address: String, of tree: SourceTree) -> String? {
        guard let own = ownIdentifier(of: tree).map(FileAddress.normalized) else { return nil }
        let local = file(of: tree.root)
        if address == own { return local }
        let folder = FileAddress.folder(of: own)
        guard FileAddress.isRemote(folder), !FileAddress.isRemote(local), address.hasPrefix(folder) else { return nil }
        let path = FileAddress.resolve(String(address.dropFirst(folder.count)), against: local)
        return isThere(path) ? path : nil
    }

    /// What a file says it is at: the `$id` of a schema, `$self` of a description (OpenAPI 3.2).
    private func ownIdentifier(of tree: SourceTree) -> String? {
        if let first = identifiers[ObjectIdentifier(tree)]?.resources.first, first.node.id == 0 { return first.identifier }
        return tree.root["$self"]?.string
    }

    /// The URI that references within nested resources are relative to.
    private func absoluteIdentifier(_ around: [SchemaIdentifiers.Resource], in tree: SourceTree) -> String {
        around.reversed().reduce(addresses[ObjectIdentifier(tree)] ?? tree.path) { base, resource in
            FileAddress.resolve(Self.withoutFragment(resource.identifier), against: base)
        }
    }

    private static func withoutFragment(_ identifier: String) -> String {
        String(identifier.prefix { $0 != "#" })
    }

    // MARK: - Files

    private func tree(at address: String) throws(SourceError) -> SourceTree {
        if let known = trees[address] { return try known.get() }
        do throws(SourceError) {
            return FileAddress.isRemote(address) ? try remoteTree(address) : try localTree(address)
        } catch {
            trees[address] = .failure(error)
            throw error
        }
    }

    private func localTree(_ path: String) throws(SourceError) -> SourceTree {
        guard FileAddress.scheme(of: path) == nil else {
            throw SourceError(location: nil, message: "\(path): this kind of address is not followed", hint: "use a path, or an https URL")
        }
        let realPath = Self.realPath(path)
        if let known = treesByRealPath[realPath] {
            trees[path] = .success(known)
            return known
        }
        let tree = try SourceReader.read(path: path, diagnostics: diagnostics)
        treesByRealPath[realPath] = tree
        remember(tree, at: path)
        return tree
    }

    private func remoteTree(_ url: String) throws(SourceError) -> SourceTree {
        guard let fetch else {
            throw SourceError(
                location: nil, message: "\(url) is on another host, and is not fetched", hint: "`--allow-remote` allows it")
        }
        let (bytes, place) = try fetch(url)
        let found = FileAddress.normalized(place)
        let tree: SourceTree
        if case .success(let known) = trees[found] {
            tree = known
        } else {
            tree = try SourceReader.parse(bytes, path: found, diagnostics: diagnostics)
            remember(tree, at: found)
        }
        trees[url] = .success(tree)
        return tree
    }

    private func remember(_ tree: SourceTree, at address: String) {
        trees[address] = .success(tree)
        guard addresses[ObjectIdentifier(tree)] == nil else { return }
        addresses[ObjectIdentifier(tree)] = address
        let found = SchemaIdentifiers(tree)
        identifiers[ObjectIdentifier(tree)] = found
        if let own = tree.root["$self"]?.string {
            resources[FileAddress.resolve(Self.withoutFragment(own), against: address)] = tree.root
        }
        for resource in found.resources {
            let around = found.resources(around: resource.node)
            let identifier = absoluteIdentifier(around, in: tree)
            if resources[identifier] == nil, resource.node.id != 0 || identifier != address { resources[identifier] = resource.node }
        }
    }

    private static func realPath(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
}
