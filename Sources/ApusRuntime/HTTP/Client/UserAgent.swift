import Foundation

/// What a client says of itself (RFC 9110 section 10.1.5).
enum UserAgent {
    static let standard: String = {
        let name = ProcessInfo.processInfo.processName.unicodeScalars
            .filter { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == ".") }
            .prefix(24)
        let process = name.isEmpty ? "" : String(String.UnicodeScalarView(name)) + " "
        return "\(process)Apus/\(version) (\(platform))"
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
