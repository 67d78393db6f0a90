/// The names that `\p{…}` may have in ECMA-262 and that ICU knows too. Of the
/// scripts only those of living languages with many speakers.
enum UnicodeProperties {
    static func isKnown(_ text: String) -> Bool {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return parts.count == 1 && (categories.contains(parts[0]) || binary.contains(parts[0])) }
        return switch parts[0] {
        case "General_Category", "gc": categories.contains(parts[1])
        case "Script", "sc", "Script_Extensions", "scx": scripts.contains(parts[1])
        default: false
        }
    }

    /// Everything that is known, as it is written between the braces.
    static var all: [String] {
        (categories.union(binary)).sorted().map(String.init) + scripts.sorted().map { "Script=\($0)" }
    }

    private static let categories = names(
        """
        L Lu Ll Lt LC Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co Cs Cn
        Letter Uppercase_Letter Lowercase_Letter Titlecase_Letter Cased_Letter Modifier_Letter Other_Letter Mark
        Nonspacing_Mark Spacing_Mark Enclosing_Mark Number Decimal_Number Letter_Number Other_Number Punctuation
        Connector_Punctuation Dash_Punctuation Open_Punctuation Close_Punctuation Initial_Punctuation
        Final_Punctuation Other_Punctuation Symbol Math_Symbol Currency_Symbol Modifier_Symbol Other_Symbol Separator
        Space_Separator Line_Separator Paragraph_Separator Other Control Format Private_Use Surrogate Unassigned
        """)

    private static let binary = names(
        """
        Alphabetic ASCII ASCII_Hex_Digit Any Assigned Cased Dash Default_Ignorable_Code_Point Diacritic Emoji
        Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Extended_Pictographic Extender Hex_Digit ID_Continue
        ID_Start Ideographic Lowercase Math Noncharacter_Code_Point Quotation_Mark Uppercase White_Space XID_Continue
        XID_Start
        """)

    private static let scripts = names(
        """
        Arab Arabic Armenian Armn Beng Bengali Bopo Bopomofo Cherokee Common Cyrillic Cyrl Deva Devanagari Ethi
        Ethiopic Geor Georgian Greek Grek Gujarati Gujr Gurmukhi Guru Han Hang Hangul Hani Hebr Hebrew Hira Hiragana
        Inherited Kana Kannada Katakana Khmer Khmr Knda Lao Laoo Latin Latn Malayalam Mlym Mong Mongolian Myanmar Mymr
        Oriya Orya Sinh Sinhala Syrc Syriac Tamil Taml Telu Telugu Thaa Thaana Thai Tibetan Tibt Zinh Zyyy
        """)

    private static func names(_ text: String) -> Set<Substring> {
        Set(text.split { $0 == " " || $0 == "\n" })
    }
}
