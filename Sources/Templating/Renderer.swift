import TextScanning

/// Renders templates into bytes. Lists are marked in them, for ``ListLayout``.
public struct Renderer: Sendable {
    private let templates: [String: Template]

    public init(templates: [String: Template]) {
        self.templates = templates
    }

    /// Renders the template `name`.
    public func render(_ name: String, _ context: TemplateContext, into output: inout [UInt8]) {
        guard let template = templates[name] else { return }
        var stack = [context]
        render(template.parts, &stack, element: nil, into: &output)
    }

    private func render(
        _ parts: [Template.Part], _ stack: inout [TemplateContext], element: String?, into output: inout [UInt8]
    ) {
        for part in parts {
            switch part {
            case .text(let bytes):
                output += bytes
            case .element:
                if let element { output += element.utf8 }
            case .variable(let key):
                if case .text(let text)? = value(key, stack) { output += text.utf8 }
            case .section(let key, let isInverted, let inner):
                renderSection(value(key, stack), isInverted, inner, &stack, element, into: &output)
            case .partial(let name, let indentation):
                guard let template = templates[name] else { break }
                let start = output.count
                render(template.parts, &stack, element: element, into: &output)
                if let indentation {
                    if !indentation.isEmpty { Indentation.indent(&output, from: start, by: indentation) }
                } else if output.count > start, output.last == UInt8(ascii: "\n") {
                    output.removeLast()
                }
            }
        }
    }

    private func renderSection(
        _ value: TemplateValue?, _ isInverted: Bool, _ inner: [Template.Part],
        _ stack: inout [TemplateContext], _ element: String?, into output: inout [UInt8]
    ) {
        let isTrue = value?.isTrue ?? false
        guard isTrue != isInverted else { return }
        switch value {
        case .list(let list)? where !isInverted:
            for context in list {
                stack.append(context)
                render(inner, &stack, element: element, into: &output)
                stack.removeLast()
            }
        case .texts(let texts)? where !isInverted:
            for text in texts { render(inner, &stack, element: text, into: &output) }
        default:
            render(inner, &stack, element: element, into: &output)
        }
    }

    private func value(_ key: TemplateKey, _ stack: [TemplateContext]) -> TemplateValue? {
        for context in stack.reversed() {
            if let value = context[key] { return value }
        }
        return nil
    }
}
