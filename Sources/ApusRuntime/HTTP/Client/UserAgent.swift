import Foundation

/// What a client says of itself (RFC 9110 section 10.1.5).
enum UserAgent {
    /// The process, Apus and the platform.
    static let standard = "\(process)\(library)"

    /// The process, the API, Apus and the platform.
    static func standard(product: String) -> String { "\(process)\(product) \(library)" }

    private static let library = "Apus/\(version) (\(platform))"

    /// With a blank behind it; empty where the process has no name that can be sent.
    private static let process: String = {
        let name = ProcessInfo.processInfo.processName.unicodeScalars
            .filter { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == ".") }
            .prefix(24)
        return name.isEmpty ? "" : String(String.UnicodeScalarView(name)) + " "
    }()

    static let version = "0.1.0"

    private static var platform: String {
        #if os(macOS)
            "macOS"
        #elseif os(iOS)
            "iOS"
        #elseif os(tvOS)
            "tvOS"
        #elseif os(watchOS)
            "watchOS"
        #elseif os(visionOS)
            "visionOS"
        #elseif os(Windows)
            "Windows"
        #elseif os(Android)
            "Android"
        #else
            "Linux"
        #endif
    }
}
