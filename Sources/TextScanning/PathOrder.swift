/// The order of names that have several parts.
public enum PathOrder {
    /// The indices of the paths in their order; those of equal ones in that of the indices.
    public static func sorted(_ paths: [[String]]) -> [Int] {
        paths.indices.sorted { left, right in
            if paths[left] == paths[right] { return left < right }
            return paths[left].lexicographicallyPrecedes(paths[right])
        }
    }
}
