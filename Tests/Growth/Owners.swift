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
                names.append(value["operationId"]?.string ?? path.steps[2] + path.steps[1])
            }
        }
        // Parameters of a path belong to each of its operations.
        if path.steps.first == "paths", path.steps.count > 2, !Grammar.methods.contains(path.steps[2]) {
            let operations = description[Path(Array(path.steps.prefix(2)))]?.members ?? []
            names += operations.compactMap { $0.value["operationId"]?.string }
        }
        return names
    }
}
