/// Finds the paths of several places of one JSON text in one pass.
struct TextPaths {
    private var containers: [Container] = []

    private struct Container {
        let isObject: Bool
        var name: Range<Int>?
        var index = 0
        var expectsName: Bool
    }

    /// - Parameter offsets: In rising order.
    static func paths(of offsets: [Int], in text: UnsafeBufferPointer<UInt8>) -> [[PathComponent]] {
        var scanner = TextPaths()
        var paths: [[PathComponent]] = []
        var position = text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0
        while position < text.count, paths.count < offsets.count {
            let end = TextLocation.endOfToken(text, from: position)
            while paths.count < offsets.count, offsets[paths.count] < end { paths.append(scanner.path(text)) }
            scanner.take(text, position..<end)
            position = end
        }
        while paths.count < offsets.count { paths.append(scanner.path(text)) }
        return paths
    }

    private func path(_ text: UnsafeBufferPointer<UInt8>) -> [PathComponent] {
        containers.compactMap { container in
            guard container.isObject else { return .element(container.index) }
            return container.name.flatMap { TextLocation.name(text, $0) }.map { .member($0) }
        }
    }

    private mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        let byte = text[range.lowerBound]
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isObject = byte == UInt8(ascii: "{")
            containers.append(Container(isObject: isObject, expectsName: isObject))
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            _ = containers.popLast()
        case UInt8(ascii: ","):
            if let last = containers.indices.last {
                containers[last].index += 1
                containers[last].expectsName = containers[last].isObject
                containers[last].name = nil
            }
        case UInt8(ascii: ":"):
            if let last = containers.indices.last { containers[last].expectsName = false }
        case UInt8(ascii: "\""):
            if let last = containers.indices.last, containers[last].expectsName {
                containers[last].name = range
                containers[last].expectsName = false
            }
        default:
            break
        }
    }
}
