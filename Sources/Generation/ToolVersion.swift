/// The version that generated files name.
public enum ToolVersion {
    public static let current = "0.1.0"
}
