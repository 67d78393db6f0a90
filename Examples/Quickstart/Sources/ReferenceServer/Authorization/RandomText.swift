import Crypto
import Foundation

/// Text that cannot be guessed: 256 bits of the system's own randomness, in
/// hexadecimal digits.
enum RandomText {
    static func fresh() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Hexadecimal.text($0) }
    }
}

enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
