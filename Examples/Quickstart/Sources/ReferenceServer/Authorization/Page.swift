import Foundation

/// The pages that people see.
enum Page {
    static func login(client: String, fields: [(name: String, value: String?)], message: String?) -> String {
        let hidden = fields.compactMap { name, value in
            value.map { #"<input type="hidden" name="\#(name)" value="\#(escaped($0))">"# }
        }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head><body>
            <h1>Sign in</h1>
            <p>\(escaped(client)) asks for access to your account.</p>
            \(message.map { "<p role=\"alert\">\(escaped($0))</p>" } ?? "")
            <form method="post" action="/oauth/authorize">
            \(hidden.joined(separator: "\n"))
            <label>Email <input name="username" type="email" autocomplete="username" required></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <button name="decision" value="allow">Allow</button>
            <button name="decision" value="deny" formnovalidate>Deny</button>
            </form>
            </body></html>
            """
    }

    static func error(_ message: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Cannot sign in</title></head><body>
        <h1>Cannot sign in</h1>
        <p role="alert">\(escaped(message))</p>
        </body></html>
        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
    }
}
