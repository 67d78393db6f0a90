import CYAML

/// Reads YAML 1.1 and 1.2 by the events of libyaml.
package struct YAMLReader: ~Copyable {
    private var parser = yaml_parser_t()
    private var builder: TreeBuilder
    private let bytes: UnsafeBufferPointer<UInt8>

    /// The nodes that have an anchor. Those that have not ended cannot be referred to.
    private var anchors: [String: Anchor] = [:]
    private var openAnchors: [String?] = []

    private struct Anchor {
        var index: UInt32
        var expansion: Int
        var isOpen: Bool
    }

    /// - Parameter bytes: UTF-8 without control characters, see ``SourceText``.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(SourceFault) -> TreeBuilder {
        var reader = YAMLReader(bytes)
        try reader.readStream()
        return reader.builder
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        builder = TreeBuilder(byteCount: bytes.count)
    }

    private mutating func readStream() throws(SourceFault) {
        guard yaml_parser_initialize(&parser) == 1 else {
            throw SourceFault(line: 1, column: 1, message: "out of memory", hint: nil)
        }
        defer { yaml_parser_delete(&parser) }
        try checkTagDirectives()
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)

        var documents = 0
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else { throw YAMLFault.fault(of: parser, in: bytes) }
            defer { yaml_event_delete(&event) }
            switch event.type {
            case YAML_STREAM_END_EVENT:
                guard documents > 0 else {
                    throw SourceFault(
                        line: 1, column: 1, message: "the file has no content",
                        hint: "an API description begins with `openapi: 3.1.0`")
                }
                return
            case YAML_DOCUMENT_START_EVENT:
                documents += 1
                if documents > 1 {
                    let (line, column) = Self.place(event)
                    builder.warn(
                        .severalDocuments,
                        "a second YAML document begins here, and a description is one document; the rest is ignored",
                        line: line, column: column)
                    return
                }
            default:
                try take(&event)
            }
        }
    }

    /// libyaml compares each directive with all before it; no description needs one.
    private static let mostTagDirectives = 256

    private func checkTagDirectives() throws(SourceFault) {
        let directive: StaticString = "%TAG"
        var (line, count) = (UInt32(1), 0)
        var isLineStart = true
        for (index, byte) in bytes.enumerated() {
            if isLineStart, byte == UInt8(ascii: "%"), bytes.count - index >= directive.utf8CodeUnitCount,
                directive.withUTF8Buffer({ $0.elementsEqual(bytes[index..<index + $0.count]) })
            {
                count += 1
                guard count <= Self.mostTagDirectives else {
                    throw SourceFault(line: line, column: 1, message: "more than \(Self.mostTagDirectives) %TAG directives", hint: "remove them: descriptions have no use for tags")
                }
            }
            isLineStart = byte == UInt8(ascii: "\n")
            if isLineStart { line += 1 }
        }
    }

    private static func place(_ event: yaml_event_t) -> (UInt32, UInt32) {
        (UInt32(truncatingIfNeeded: event.start_mark.line + 1), UInt32(truncatingIfNeeded: event.start_mark.column + 1))
    }

    private mutating func take(_ event: inout yaml_event_t) throws(SourceFault) {
        let (line, column) = Self.place(event)
        switch event.type {
        case YAML_SCALAR_EVENT:
            try takeScalar(event, line: line, column: column)
        case YAML_SEQUENCE_START_EVENT:
            let index = try builder.begin(.sequence, line: line, column: column)
            begin(anchor: event.data.sequence_start.anchor, index: index)
        case YAML_MAPPING_START_EVENT:
            let index = try builder.begin(.mapping, line: line, column: column)
            begin(anchor: event.data.mapping_start.anchor, index: index)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            let expansion = try builder.end()
            if let anchor = openAnchors.removeLast() {
                anchors[anchor]?.isOpen = false
                anchors[anchor]?.expansion = expansion
            }
        case YAML_ALIAS_EVENT:
            try takeAlias(String(cString: event.data.alias.anchor), line: line, column: column)
        default:
            break
        }
    }

    private mutating func begin(anchor: UnsafeMutablePointer<UInt8>?, index: UInt32) {
        let name = anchor.map { String(cString: $0) }
        openAnchors.append(name)
        if let name { anchors[name] = Anchor(index: index, expansion: 0, isOpen: true) }
    }

    private mutating func takeAlias(_ name: String, line: UInt32, column: UInt32) throws(SourceFault) {
        guard let anchor = anchors[name] else {
            throw SourceFault(
                line: line, column: column, message: "the alias `*\(name)` stands for nothing",
                hint: "no `&\(name)` comes before it; quote the text if it is not meant as an alias")
        }
        guard !anchor.isOpen else {
            throw SourceFault(
                line: line, column: column, message: "the alias `*\(name)` contains itself",
                hint: "describe recursive schemas with `$ref`")
        }
        try builder.alias(name, of: anchor.index, expansion: anchor.expansion, line: line, column: column)
    }

    private mutating func takeScalar(_ event: yaml_event_t, line: UInt32, column: UInt32) throws(SourceFault) {
        let scalar = event.data.scalar
        let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        let start = builder.keep(value)
        let count = UInt32(truncatingIfNeeded: value.count)
        let anchorName = scalar.anchor.map { String(cString: $0) }
        if builder.expectsKey {
            builder.key(start: start, count: count, line: line, column: column, mayMerge: isPlain)
            if let anchorName {
                // The anchor of a key is used rarely, and always as text.
                let index = builder.detachedScalar(start: start, count: count, line: line, column: column)
                anchors[anchorName] = Anchor(index: index, expansion: 1, isOpen: false)
            }
            return
        }
        let kind = scalarKind(value, isPlain: isPlain, tag: scalar.tag.map { String(cString: $0) }, line: line, column: column)
        let index = try builder.scalar(kind, start: start, count: count, line: line, column: column)
        if let anchorName { anchors[anchorName] = Anchor(index: index, expansion: 1, isOpen: false) }
    }

    private mutating func scalarKind(
        _ value: UnsafeBufferPointer<UInt8>, isPlain: Bool, tag: String?, line: UInt32, column: UInt32
    ) -> Node.Kind {
        let plainKind = ScalarText.kind(of: value)
        switch tag {
        case nil:
            return isPlain ? plainKind : .string
        case "!", "tag:yaml.org,2002:str":
            return .string
        case "tag:yaml.org,2002:null" where plainKind == .null,
            "tag:yaml.org,2002:bool" where plainKind == .bool,
            "tag:yaml.org,2002:int" where plainKind == .integer:
            return plainKind
        case "tag:yaml.org,2002:float" where plainKind == .integer || plainKind == .number:
            return .number
        case "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:binary":
            return .string
        case let tag?:
            builder.warn(
                .unknownTag,
                "the tag `\(tag)` does not fit its value or is not known; the tag is ignored", line: line, column: column)
            return isPlain ? plainKind : .string
        }
    }
}
