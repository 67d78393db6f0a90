import Overlays
import Source
import SpecSource
import SyntaxTree
import Testing

@Suite("Overlays")
struct OverlayTests {
    private struct Outcome {
        var root: Node
        var warnings: [String]
    }

    private func apply(_ actions: String..., to text: String, header: String = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n") throws -> Outcome {
        let diagnostics = Diagnostics()
        let tree = try SourceReader.parse(Array(text.utf8), path: "api.yaml", diagnostics: diagnostics)
        let overlays = try actions.enumerated().map { number, actions in
            let text = header + "actions:\n" + actions
            return try Overlay(
                try SourceReader.parse(Array(text.utf8), path: "overlay\(number + 1).yaml", diagnostics: diagnostics), diagnostics: diagnostics)
        }
        let result = try Overlay.apply(overlays, to: tree, diagnostics: diagnostics)
        return Outcome(root: result.root, warnings: diagnostics.all.map(\.description))
    }

    private func error(_ text: String) -> SourceError? {
        do throws(SourceError) {
            _ = try Overlay(
                try SourceReader.parse(Array(text.utf8), path: "overlay.yaml", diagnostics: Diagnostics()), diagnostics: Diagnostics())
            return nil
        } catch {
            return error
        }
    }

    @Test("An update merges objects, appends to lists and replaces everything else", arguments: [
        ("- {target: $.info, update: {title: New, contact: {name: N}}}", #"{"info":{"title":"New","v":1,"contact":{"name":"N"}},"tags":["a"]}"#),
        ("- {target: $, update: {info: {v: {deep: true}}, more: [1]}}", #"{"info":{"title":"Old","v":{"deep":true}},"tags":["a"],"more":[1]}"#),
        ("- {target: $.tags, update: b}", #"{"info":{"title":"Old","v":1},"tags":["a","b"]}"#),
        ("- {target: $.tags, update: {name: b}}", #"{"info":{"title":"Old","v":1},"tags":["a",{"name":"b"}]}"#),
        ("- {target: $, update: {tags: [b, c]}}", #"{"info":{"title":"Old","v":1},"tags":["a","b","c"]}"#),
        ("- {target: $.info.title, update: New}", #"{"info":{"title":"New","v":1},"tags":["a"]}"#),
        ("- {target: '$.tags[0]', update: z}", #"{"info":{"title":"Old","v":1},"tags":["z"]}"#),
        ("- {target: $.info, update: {title: null}}", #"{"info":{"title":null,"v":1},"tags":["a"]}"#),
        ("- {target: $.info.v, remove: true}", #"{"info":{"title":"Old"},"tags":["a"]}"#),
        ("- {target: '$.tags[*]', remove: true}", #"{"info":{"title":"Old","v":1},"tags":[]}"#),
        ("- {target: $.info, remove: true, update: {x: 1}}", #"{"tags":["a"]}"#),
    ])
    func actions(action: String, expected: String) throws {
        let outcome = try apply(action, to: "info: {title: Old, v: 1}\ntags: [a]\n")
        #expect(outcome.root.json() == expected)
        #expect(outcome.warnings == [])
    }

    @Test("Actions and overlays are applied in order, each on what the one before left")
    func order() throws {
        let outcome = try apply(
            "- {target: $.a, update: {x: 1}}\n- {target: '$.a[?@ == 1]', remove: true}\n- {target: $.a, update: {y: 1}}",
            "- {target: $.a.y, update: 2}\n- {target: '$..[?@ == 2]', update: 3}", to: "a: {}\n")
        #expect(outcome.root.json() == #"{"a":{"y":3}}"#)
    }

    @Test("An update of several places gives each its own")
    func several() throws {
        let outcome = try apply(
            "- {target: '$.*', update: {tags: [t]}}\n- {target: $.b.tags, update: u}", to: "a: {}\nb: {}\nc: {tags: [s]}\n")
        #expect(outcome.root.json() == #"{"a":{"tags":["t"]},"b":{"tags":["t","u"]},"c":{"tags":["s","t"]}}"#)
    }

    @Test("A place that YAML shares with others by an alias or a merge changes alone")
    func aliases() throws {
        let outcome = try apply(
            "- {target: $.b, update: {y: 2}}\n- {target: $.c.z.w, update: 3}",
            to: "a: &a {x: 1, z: {w: 0}}\nb: *a\nc: {<<: *a}\n")
        #expect(outcome.root.json() == #"{"a":{"x":1,"z":{"w":0}},"b":{"x":1,"z":{"w":0},"y":2},"c":{"x":1,"z":{"w":3}}}"#)
    }

    @Test("What an overlay brings in has its place there, and the rest where it was")
    func locations() throws {
        let outcome = try apply(
            "- target: $.info\n  update:\n    title: New\n    contact: {name: N}\n", "- target: $.tags\n  update: b\n",
            to: "info:\n  title: Old\n  version: '1'\ntags: [a]\n")
        let info = try #require(outcome.root["info"])
        #expect(info.location.description == "api.yaml:2:3")
        #expect(info["title"]?.location.description == "overlay1.yaml:6:12")
        #expect(info.keyLocation("title")?.description == "overlay1.yaml:6:5")
        #expect(info["version"]?.location.description == "api.yaml:3:12")
        #expect(info["contact"]?["name"]?.location.description == "overlay1.yaml:7:21")
        #expect(outcome.root["tags"]?.elements.map { $0.location.path } == ["api.yaml", "overlay2.yaml"])
    }

    @Test("Members of large mappings are found after they were merged and removed")
    func large() throws {
        let text = (0..<40).map { "k\($0): \($0)\n" }.joined()
        let update = (30..<60).map { "k\($0): new" }.joined(separator: ", ")
        let outcome = try apply("- {target: $, update: {\(update)}}\n- {target: \"$['k3','k50']\", remove: true}", to: text)
        for number in 0..<60 {
            let expected: String? = number == 3 || number == 50 ? nil : number < 30 ? "\(number)" : "new"
            #expect(outcome.root["k\(number)"]?.text == expected)
        }
        #expect(outcome.root.members.count == 58)
    }

    @Test("What has no effect is reported at its place")
    func noEffect() throws {
        let outcome = try apply(
            "- {target: $.nope, update: {x: 1}}\n- {target: $.a}\n- {target: $.a, update: {x: 1}, upsert: true}\n", to: "a: {}\n",
            header: "overlay: 1.0.0\nextends: other.yaml\nauthor: me\n")
        #expect(outcome.warnings.count == 6, "\(outcome.warnings)")
        #expect(outcome.warnings.contains { $0.hasPrefix("overlay1.yaml:5:12: warning: `$.nope` selects nothing") })
        #expect(outcome.warnings.contains { $0.hasPrefix("overlay1.yaml:6:3: warning: the action has neither") })
        #expect(outcome.warnings.contains { $0.hasPrefix("overlay1.yaml:7:33: warning: `upsert` is not known") })
        #expect(outcome.warnings.contains { $0.hasPrefix("overlay1.yaml:3:1: warning: `author` is not known") })
        #expect(outcome.warnings.contains { $0.hasPrefix("overlay1.yaml:2:10: warning: the overlay is for `other.yaml`") })
        #expect(outcome.root.json() == #"{"a":{"x":1}}"#)
    }

    @Test("What cannot be an overlay is an error with its place and a hint", arguments: [
        ("openapi: 3.0.0\n", "overlay.yaml:1:1"), ("overlay: 2.0.0\nactions: []\n", "overlay.yaml:1:10"), ("overlay: 1.0.0\n", "overlay.yaml:1:1"),
        ("overlay: 1.0.0\nactions: {}\n", "overlay.yaml:2:10"), ("overlay: 1.0.0\nactions: [{update: {}}]\n", "overlay.yaml:2:11"),
        ("overlay: 1.0.0\nactions: [{target: $.a.., update: {}}]\n", "overlay.yaml:2:20"), ("overlay: 1.0.0\nactions: [{target: paths, remove: true}]\n", "overlay.yaml:2:20"),
    ])
    func errors(text: String, place: String) {
        let error = error(text)
        #expect(error?.location?.description == place, "\(error.map(\.description) ?? "read")")
        #expect(error?.hint?.isEmpty == false)
    }

    @Test("The whole description can neither be removed nor become something else")
    func root() {
        #expect(throws: SourceError.self) { try apply("- {target: $, remove: true}", to: "a: 1\n") }
        #expect(throws: SourceError.self) { try apply("- {target: $, update: 3}", to: "a: 1\n") }
    }

    @Test("Nesting without end is refused")
    func growth() {
        let deep = String(repeating: "{a: ", count: 600) + "1" + String(repeating: "}", count: 600)
        let action = "- {target: $.a, update: \(deep)}\n- {target: $, update: {b: 1}}\n- {target: '$\(String(repeating: ".a", count: 500))', update: \(deep)}\n"
        #expect(throws: SourceError.self) { try apply(action, to: "a: {}\n") }
    }

    @Test("An update of any node gives what the node would be merged with it", arguments: 0..<150)
    func anyNode(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let text = "{\"root\": \(RandomJSON.value(depth: 4, using: &random))}"
        let before = try Reading(text, path: "test.json").root
        let paths = ["$.root", "$.root.*", "$..[0]", "$.root[?@.*]", "$..*"]
        let path = paths[Int(seed) % paths.count]
        let selected = Set(try JSONPath(path).nodes(in: before))
        guard !selected.isEmpty else { return }
        // An object that has no member of this name is told from one that has.
        let outcome = try apply("- {target: \"\(path)\", update: {\"@new\": [1]}}", to: text)
        #expect(outcome.root.json() == Self.updated(before, selected))
        let removed = try apply("- {target: \"\(path)\", remove: true}", to: text)
        #expect(removed.root.json() == Self.removed(before, selected))
    }

    private static func updated(_ node: Node, _ selected: Set<Node>) -> String {
        let isSelected = selected.contains(node)
        switch node.kind {
        case .mapping:
            var members = node.members.map { "\(key($0.key)):\(updated($0.value, selected))" }
            if isSelected { members.append(#""@new":[1]"#) }
            return "{" + members.joined(separator: ",") + "}"
        case .sequence:
            let new = isSelected ? [#"{"@new":[1]}"#] : []
            return "[" + (node.elements.map { updated($0, selected) } + new).joined(separator: ",") + "]"
        default:
            return isSelected ? #"{"@new":[1]}"# : node.json()
        }
    }

    private static func removed(_ node: Node, _ selected: Set<Node>) -> String {
        switch node.kind {
        case .mapping:
            let members = node.members.filter { !selected.contains($0.value) }.map { "\(key($0.key)):\(removed($0.value, selected))" }
            return "{" + members.joined(separator: ",") + "}"
        case .sequence:
            return "[" + node.elements.filter { !selected.contains($0) }.map { removed($0, selected) }.joined(separator: ",") + "]"
        default:
            return node.json()
        }
    }

    private static func key(_ text: String) -> String {
        // As a member of an object of its own, because only nodes are written as JSON.
        var quoted = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case ..<" ": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return "\"\(quoted)\""
    }
}
