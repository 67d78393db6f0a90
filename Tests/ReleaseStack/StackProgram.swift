import Foundation

/// Reads deep texts on small stacks in a release build: `Scripts/release-check`. A stack
/// that is too small would end the program.
@main enum StackProgram {
    static func main() {
        var deepest: [String] = []
        for nesting in Nesting.allCases {
            var read: Int?
            for kibibytes in [128, 512, 1024] {
                for levels in Nesting.levels {
                    switch nesting.outcome(levels, kibibytes: kibibytes) {
                    case .success: if kibibytes == 512 { read = levels }
                    case .failure(let error) where error.message.hasPrefix("nested deeper than"): break
                    case .failure(let error): stop("\(nesting), \(levels) levels on \(kibibytes) KiB: \(error)")
                    }
                }
            }
            guard let read else { stop("\(nesting): not even \(Nesting.levels[0]) levels are read on 512 KiB") }
            deepest.append("\(nesting) \(read)")
        }
        print("Levels read on a stack of 512 KiB in a release build: \(deepest.joined(separator: ", ")).")
    }

    private static func stop(_ message: String) -> Never {
        FileHandle.standardError.write(Data("error: \(message)\n".utf8))
        exit(1)
    }
}
