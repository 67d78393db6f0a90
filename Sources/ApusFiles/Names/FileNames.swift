import Foundation

/// Names of files that others chose.
public enum FileNames {
    /// The longest name that common file systems take, in bytes of UTF-8.
    private static let mostBytes = 255

    /// What is left of a name when it can do no harm in a folder: the last component of a
    /// path, without what systems take for something else, hidden from nobody.
    ///
    /// - Returns: `nil` if nothing is left.
    public static func safe(_ name: String) -> String? {
        let last = name.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        var scalars = String.UnicodeScalarView()
        for scalar in last.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            // Such would make `gpj.exe` look as `exe.jpg`, or two names alike.
            let isInvisible = scalar.properties.isBidiControl || scalar.properties.isDefaultIgnorableCodePoint
                || scalar.value == 0x2028 || scalar.value == 0x2029
            if isControl || isInvisible { continue }
            scalars.append("<>:\"|?*".unicodeScalars.contains(scalar) ? "_" : scalar)
        }
        var text = String(scalars).trimmingCharacters(in: .whitespaces)
        // A dot in front hides a file, and Windows drops those at the end.
        while text.hasPrefix(".") { text.removeFirst() }
        while text.hasSuffix(".") || text.hasSuffix(" ") { text.removeLast() }
        guard !text.isEmpty else { return nil }
        if devices.contains(text.prefix { $0 != "." }.uppercased()) { text = "_" + text }
        return shortened(text)
    }

    /// A name's stem and its extension, with the dot.
    static func parts(_ name: String) -> (stem: String, suffix: String) {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex, name[dot...].utf8.count <= 16 else { return (name, "") }
        return (String(name[..<dot]), String(name[dot...]))
    }

    private static func shortened(_ name: String) -> String {
        // A number may come behind it.
        let most = mostBytes - 8
        guard name.utf8.count > most else { return name }
        var (stem, suffix) = parts(name)
        while stem.utf8.count + suffix.utf8.count > most { stem.unicodeScalars.removeLast() }
        return stem + suffix
    }

    /// Windows takes these for devices, whatever their extension is.
    private static let devices: Set<String> = Set(
        ["CON", "PRN", "AUX", "NUL"] + (0...9).flatMap { ["COM\($0)", "LPT\($0)"] })
}
