import ApusRuntime
import Foundation

/// JSON texts, read as any value and as generated types, strictly and tolerantly.
func fuzzJSON(_ bytes: [UInt8]) {
    checkGrammar(bytes)
    for type in FuzzedTypes.all { checkAny(type, bytes) }
}

private func checkAny(_ type: any JSONCoding.Type, _ bytes: [UInt8]) {
    func check<T: JSONCoding>(_ type: T.Type) { checkType(type, bytes) }
    check(type)
}

/// What is read as any value is what the grammar accepts.
private func checkGrammar(_ bytes: [UInt8]) {
    var grammar = Grammar(bytes)
    let isText = grammar.accepts() && grammar.deepest <= JSON.maximumDepth
    do throws(JSONError) {
        let value = try JSON.decode(JSONValue.self, from: bytes)
        precondition(isText, "accepted although it is no JSON text")
        let written = written(value)
        precondition(read(JSONValue.self, written) == value, "a value changes when it is written and read again")
    } catch {
        // What only the library refuses, and says so.
        let isKnown = error.message.contains("combining marks") || error.message.contains("composed")
        precondition(!isText || isKnown, "refused although it is a JSON text: \(error)")
        precondition(error.offset >= 0 && error.offset <= bytes.count, "an offset outside of the text")
    }
}

/// What a type reads can be written, and is the same when it is read again; tolerant
/// reading takes whatever strict reading takes, for the same.
private func checkType<T: JSONCoding>(_ type: T.Type, _ bytes: [UInt8]) {
    var deviations = 0
    let tolerant = try? JSON.decode(type, from: bytes, reading: .tolerant) { _ in deviations += 1 }
    if let value = read(type, bytes) {
        let text = written(value)
        guard let again = read(type, text) else { preconditionFailure("\(type): what was written is not read") }
        precondition(written(again) == text, "\(type): another text for what was read again")
        guard let tolerant else { preconditionFailure("\(type): tolerant reading refuses what strict reading takes") }
        precondition(deviations == 0 && written(tolerant) == text, "\(type): tolerant reading differs")
    }
    if let tolerant {
        var grammar = Grammar(bytes)
        precondition(grammar.accepts(), "\(type): tolerant reading takes what is no JSON text")
        _ = try? JSON.encode(tolerant)
    }
}

private func read<T: JSONCoding>(_ type: T.Type, _ bytes: [UInt8]) -> T? {
    try? JSON.decode(type, from: bytes)
}

private func written(_ value: some JSONCoding) -> [UInt8] {
    do throws(JSONError) {
        return try JSON.bytes(of: value)
    } catch {
        preconditionFailure("what was read cannot be written: \(error)")
    }
}
