import Foundation

/// A page of HTML, as far as a person uses it who signs in: its forms.
struct Page {
    struct Form {
        var action: String?
        var method: String
        /// Fields by name; hidden ones with their value.
        var fields: [String: String]
        var buttons: [Button]
    }

    struct Button {
        var label: String
        var name: String?
        var value: String
    }

    let text: String
    let forms: [Form]

    init(_ text: String) {
        self.text = text
        forms = text.matches(of: /<form\b([^>]*)>(.*?)<\/form>/.ignoresCase().dotMatchesNewlines()).map { match in
            let attributes = Self.attributes(match.1)
            var form = Form(
                action: attributes["action"], method: attributes["method"]?.lowercased() ?? "get", fields: [:],
                buttons: [])
            for input in match.2.matches(of: /<input\b([^>]*)>/.ignoresCase()) {
                let input = Self.attributes(input.1)
                switch input["type"]?.lowercased() {
                case "submit": form.buttons.append(
                    Button(label: input["value"] ?? "", name: input["name"], value: input["value"] ?? ""))
                case "checkbox", "radio", "button", "reset": break
                default: input["name"].map { form.fields[$0] = input["value"] ?? "" }
                }
            }
            for button in match.2.matches(of: /<button\b([^>]*)>(.*?)<\/button>/.ignoresCase().dotMatchesNewlines()) {
                let attributes = Self.attributes(button.1)
                let label = button.2.replacing(/<[^>]*>/, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
                form.buttons.append(
                    Button(label: label, name: attributes["name"], value: attributes["value"] ?? ""))
            }
            return form
        }
    }

    private static func attributes(_ text: Substring) -> [String: String] {
        text.matches(of: /([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/).reduce(into: [:]) { result, match in
            result[match.1.lowercased()] = decoded(match.2 ?? match.3 ?? "")
        }
    }

    private static func decoded(_ text: Substring) -> String {
        let names = ["&quot;": "\"", "&#39;": "'", "&#x27;": "'", "&#34;": "\"", "&lt;": "<", "&gt;": ">", "&amp;": "&"]
        return String(text.replacing(/&[a-z]+;|&#x?[0-9a-fA-F]+;/) { match in names[String(match.0)] ?? String(match.0) })
    }
}
