/// The names in a description that Swift types and methods at a place begin with.
enum Owners {
    static func names(of path: Path, in description: Value) -> [String] {
        var names: [String] = []
        if let component = Reachability.component(at: path), let name = component.steps.last { names.append(name) }
        for length in 1..<max(2, path.steps.count + 1) {
            let place = Path(Array(path.steps.prefix(length)))
            guard let value = description[place] else { break }
            if let title = value["title"]?.string { names.append(title) }
            if length == 3, path.steps[0] == "paths" {
                names += operation(id: value["operationId"]?.string, method: path.steps[2], template: path.steps[1])
            }
        }
        // Parameters of a path belong to each of its operations.
        if path.steps.first == "paths", path.steps.count > 2, !Grammar.methods.contains(path.steps[2]) {
            let operations = description[Path(Array(path.steps.prefix(2)))]?.members ?? []
            names += operations.compactMap { $0.value["operationId"]?.string }
        }
        return names
    }

    /// An operation is called by its id; one that ends with the path and the
    /// method, as FastAPI writes ids, may be called without them.
    private static func operation(id: String?, method: String, template: String) -> [String] {
        guard let id else { return byRequest(method: method, template: template) }
        let ending = Attribution.folded(template + method)
        let folded = Attribution.folded(id)
        return folded.hasSuffix(ending) && folded != ending ? [id, String(folded.dropLast(ending.count))] : [id]
    }

    /// How an operation without an id may be called: `getUsersByID` for
    /// `GET /users/{id}`, or without the word before the parameter.
    private static func byRequest(method: String, template: String) -> [String] {
        [method + template, method + template.replacing("{", with: "By{")]
    }
}

/// What is composed of which components.
struct Compositions {
    private let description: Value
    private var places: [Path: [Path]] = [:]

    init(of description: Value) {
        self.description = description
        description.walk { value, grammar, path in
            guard grammar == .schema, let reference = value["$ref"]?.string, let target = Path(reference: reference),
                path.steps.dropLast().last.map(["allOf", "anyOf", "oneOf"].contains) == true
            else { return }
            places[target, default: []].append(path)
        }
    }

    /// The names of what is composed of the component at `path`, near or far: its
    /// values are cases there too, and its properties theirs.
    func owners(of path: Path) -> [String] {
        var names = Owners.names(of: path, in: description)
        var pending = [Reachability.component(at: path)].compactMap(\.self)
        var seen = Set(pending)
        while let component = pending.popLast() {
            for place in places[component] ?? [] {
                names += Owners.names(of: place, in: description)
                if let next = Reachability.component(at: place), seen.insert(next).inserted { pending.append(next) }
            }
        }
        return names
    }
}
