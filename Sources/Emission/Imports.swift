import Declarations

/// The modules that a file imports besides the runtime: those of the types that it
/// names. Importing Foundation where nothing needs it costs the compiler time.
struct Imports {
    private(set) var includeFoundation = false
    /// The modules that the user's own types come from.
    private(set) var includeOthers = false

    init(of types: [TypeReference]) {
        for type in types {
            switch type.innermost {
            case .builtin(let builtin): if builtin.module == "Foundation" { includeFoundation = true }
            // A user may choose this type of Foundation, too.
            case .external(let type) where type.name == "URL" || type.name.hasPrefix("Foundation."): includeFoundation = true
            case .external: includeOthers = true
            default: break
            }
        }
    }
}
