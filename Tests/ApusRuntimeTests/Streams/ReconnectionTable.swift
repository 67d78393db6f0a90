import Foundation
import Testing

/// What a stream that is resumed does with what happens to it: one case in a line.
///
/// Method | what comes, connection by connection | `Last-Event-ID` of each request | events | delays in seconds | end
///
/// What comes is text of events (`¶` is a line's end) with `!` behind it where the connection
/// breaks after it, a status with fields in braces, or `lost` (the connection ends without
/// an answer). `-` is a request without the field. `from=ID` behind the method: the call itself asks to
/// go on from there. The random numbers are all 0.5, so that the delays are half their bound.
enum ReconnectionTable {
    static let text = """
        GET         | id:1¶data:a¶¶!  id:2¶data:b¶¶!  204            | - 1 2       | a b   | 0.5 0.5    | end
        GET         | id:1¶data:a¶¶   id:2¶data:b¶¶   204            | - 1 2       | a b   | 0.5 0.5    | end
        GET         | id:1¶data:a¶¶data:b¶¶!  204                    | - 1         | a b   | 0.5        | end
        GET         | id:1¶data:a¶¶id:2¶¶!  204                      | - 2         | a     | 0.5        | end
        GET         | id:1¶data:a¶¶id:2¶data:b¶!  id:2¶data:b¶¶ 204  | - 1 2       | a b   | 0.5 0.5    | end
        GET         | id:1¶data:a¶¶id:2¶data:b¶   id:2¶data:b¶¶ 204  | - 1 2       | a b   | 0.5 0.5    | end
        GET         | id:1¶data:a¶¶id¶data:b¶¶  204                  | - -         | a b   | 0.5        | end
        GET         | id:ä¶data:a¶¶  204                             | - ä         | a     | 0.5        | end
        GET         | id:1¶data:a¶¶data:[DONE]¶¶                     | -           | a     |            | end
        GET         | id:1¶data:a¶¶data:[DONE]¶¶!                    | -           | a     |            | end
        GET         | data:a¶¶                                       | -           | a     |            | end
        GET         | data:a¶¶!                                      | -           | a     |            | noEventID
        GET         | id:1¶data:a¶¶id¶data:b¶¶!                      | -           | a b   |            | noEventID
        GET         | :¶¶                                            | -           |       |            | end
        GET         | :¶!  data:a¶¶                                  | - -         | a     | 0.5        | end
        GET         | data:!  data:a¶¶                               | - -         | a     | 1          | end
        GET         | retry:0¶¶  204                                 | - -         |       | 0.05       | end
        GET         | retry:200¶data:a¶¶  204                        | - -         | a     | 0.3        | end
        GET         | retry:200¶¶id:1¶data:a¶¶!  204                 | - 1         | a     | 0.3        | end
        GET         | retry:200¶id:1¶data:a¶¶!  id:2¶data:b¶¶!  204  | - 1 2       | a b   | 0.3 0.3    | end
        GET         | retry:200¶retry:¶retry:-1¶id:1¶data:a¶¶!  204  | - 1         | a     | 0.3        | end
        GET         | retry:200¶retry:99999999999999999999¶id:1¶data:a¶¶!  204 | - 1 | a     | 0.3        | end
        GET         | retry:60000¶id:1¶data:a¶¶!  204                | - 1         | a     | 75         | end
        GET         | retry:200¶id:1¶data:a¶¶!  lost  lost  204      | - 1 1 1     | a     | 0.3 0.4 0.6 | end
        GET         | id:1¶data:a¶¶!  lost  id:2¶data:b¶¶!  204      | - 1 1 2     | a b   | 0.5 1 0.5  | end
        GET         | id:1¶data:a¶¶!  lost lost lost lost lost       | - 1 1 1 1 1 | a     | 0.5 1 2 4 8 | failures
        GET         | id:1¶data:a¶¶!  lost lost lost lost :¶! lost lost lost lost lost | - 1 1 1 1 1 1 1 1 1 1 | a | 0.5 1 2 4 8 0.5 1 2 4 8 | failures
        GET         | id:1¶data:a¶¶!  lost lost lost lost id:2¶data:b¶¶! 204 | - 1 1 1 1 1 2 | a b | 0.5 1 2 4 8 0.5 | end
        GET         | id:1¶data:a¶¶!  ! ! ! ! !                      | - 1 1 1 1 1 | a     | 0.5 1 2 4 8 | failures
        GET         | ! ! ! ! !                                      | - - - - -   |       | 1 2 4 8    | failures
        GET         | id:1¶data:a¶¶!  503  id:2¶data:b¶¶  204        | - 1 1 2     | a b   | 0.5 1 0.5  | end
        GET         | id:1¶data:a¶¶!  500  204                       | - 1 1       | a     | 0.5 1      | end
        GET         | id:1¶data:a¶¶!  502  204                       | - 1 1       | a     | 0.5 1      | end
        GET         | id:1¶data:a¶¶!  429  204                       | - 1 1       | a     | 0.5 1      | end
        GET         | id:1¶data:a¶¶!  503{Retry-After:20}  204       | - 1 1       | a     | 0.5 21     | end
        GET         | id:1¶data:a¶¶!  503{Retry-After:61}            | - 1         | a     | 0.5        | refused 503
        GET         | id:1¶data:a¶¶!  503 503 503 503 503            | - 1 1 1 1 1 | a     | 0.5 1 2 4 8 | failures
        GET         | id:1¶data:a¶¶!  404                            | - 1         | a     | 0.5        | refused 404
        GET         | id:1¶data:a¶¶!  401                            | - 1         | a     | 0.5        | refused 401
        GET         | id:1¶data:a¶¶!  301                            | - 1         | a     | 0.5        | refused 301
        GET         | id:1¶data:a¶¶!  202                            | - 1         | a     | 0.5        | refused 202
        GET         | id:1¶data:a¶¶!  200{Content-Type:text/html}    | - 1         | a     | 0.5        | refused 200
        GET         | id:1¶data:a¶¶   404                            | - 1         | a     | 0.5        | refused 404
        GET         | id:\u{1}¶data:a¶¶!                                 | -           | a     |            | unusableEventID
        GET         | id:\u{1}¶data:a¶¶                                  | -           | a     |            | end
        GET from=7  | id:8¶data:a¶¶!  204                            | 7 8         | a     | 0.5        | end
        GET from=7  | !  id:8¶data:a¶¶!  204                         | 7 7 8       | a     | 1 0.5      | end
        GET from=7  | data:a¶¶!  204                                 | 7 7         | a     | 0.5        | end
        GET from=7  | id¶data:a¶¶   204                              | 7 -         | a     | 0.5        | end
        POST        | id:1¶data:a¶¶!                                 | -           | a     |            | notRepeatable
        POST        | id:1¶data:a¶¶                                  | -           | a     |            | end
        POST        | retry:10¶¶                                     | -           |       |            | end
        PUT         | id:1¶data:a¶¶!                                 | -           | a     |            | notRepeatable
        QUERY       | id:1¶data:a¶¶!                                 | -           | a     |            | notRepeatable
        """

    static let rows = text.split(separator: "\n").map { ReconnectionRow(String($0)) }
}

struct ReconnectionRow: Sendable, CustomTestStringConvertible {
    let line: String
    let method: String
    let from: String?
    let answers: [String]
    let ids: [String?]
    let events: [String]
    let delays: [Double]
    let end: String

    init(_ line: String) {
        self.line = line
        let columns = line.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        func words(_ index: Int) -> [String] { columns[index].split(separator: " ").map(String.init) }
        method = words(0)[0]
        from = words(0).dropFirst().first.map { String($0.dropFirst("from=".count)) }
        answers = words(1)
        ids = words(2).map { $0 == "-" ? nil : $0 }
        events = words(3)
        delays = words(4).map { Double($0)! }
        end = columns[5]
    }

    var testDescription: String { line }
}
