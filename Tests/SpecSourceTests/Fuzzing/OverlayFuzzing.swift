import Foundation
import Overlays
import Source
import SpecSource
import SyntaxTree

/// The targets of overlays (JSONPath, RFC 9535). A query that is accepted selects the same
/// nodes each time, all of them in the document, and none of them takes long.
func fuzzOverlays(_ bytes: [UInt8]) {
    guard bytes.count <= 200, let text = String(validating: bytes, as: UTF8.self) else { return }
    guard let query = try? JSONPath(text) else { return }
    let distinct = query.distinctNodes(in: Overlaid.root).map { $0.json() }
    for node in distinct { precondition(Overlaid.text.contains(node), "a node that the document does not have") }
    // The standard wants every way to a node, and they multiply.
    guard text.components(separatedBy: "..").count <= 3 else { return }
    let first = query.nodes(in: Overlaid.root).map { $0.json() }
    let second = query.nodes(in: Overlaid.root).map { $0.json() }
    precondition(first == second, "a query selects something else the second time")
    precondition(Set(first) == Set(distinct), "a node is selected and not there")
}

private enum Overlaid {
    static let text = """
        {"paths":{"/users":{"get":{"tags":["a","b","c"],"deprecated":true}},"/x":{}},"list":[1,2.5,"three",null,[],{"name":"n","size":3}],"":0}
        """
    static let root: Node = {
        guard let tree = try? SourceReader.parse(Array(text.utf8), path: "document.json", diagnostics: Diagnostics()) else {
            preconditionFailure("the document")
        }
        return tree.root
    }()
}
