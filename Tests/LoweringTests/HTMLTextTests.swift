import Testing

@testable import Lowering
@testable import TextScanning

@Suite("HTML in descriptions")
struct HTMLTextTests {
    @Test(
        "What Markdown can say is said in Markdown",
        arguments: [
            ("<b>Bold</b> and <i>italic</i>", "**Bold** and *italic*"),
            ("<strong>Scope: </strong>read", "**Scope:** read"),
            ("Use <code>id</code>", "Use `id`"),
            ("<a href=\"https://example.com/a\">here</a>", "[here](https://example.com/a)"),
            ("<a href='/b'>here</a> and <a name=x>there</a>", "[here](/b) and there"),
            ("<a href=/c>left open", "[left open](/c)"),
            ("Fish&nbsp;&amp;&nbsp;chips", "Fish & chips"),
            ("<!-- not for readers -->Text", "Text"),
            ("<span style=\"color: red\">Red</span>", "Red"),
        ])
    func inline(text: String, markdown: String) {
        #expect(HTMLText.markdown(text) == markdown)
    }

    @Test("Blocks are paragraphs and lists")
    func blocks() {
        #expect(
            Documentation.lines("<p>First</p><ul><li>one</li><li>two</li></ul>End<br/>Really")
                == ["First", "", "- one", "- two", "", "End", "", "Really"])
        #expect(Documentation.lines("<pre>let a = 1\n  b</pre>") == ["```", "let a = 1", "  b", "```"])
        #expect(Documentation.lines("<table><tr><td>a</td><td>b</td></tr></table>") == ["| a | b |"])
    }

    @Test(
        "What is none stays as it is",
        arguments: [
            "List<String>", "a <= b", "<branch>", "1 < 2 > 0", "`<b>`", "```\n<p>\n```", "</ a>", "&unknown;", "<", "&", "<barn>",
        ])
    func others(text: String) {
        #expect(HTMLText.markdown(text) == text)
    }

    @Test("Wrapping leaves room for what stands before the first line")
    func lead() {
        let text = "one two three four five"
        #expect(Documentation.lines(text, width: 13) == ["one two three", "four five"])
        #expect(Documentation.lines(text, width: 13, after: 6) == ["one two", "three four", "five"])
    }
}
