import ArgumentParser
import Emission
import Foundation

struct Templates: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the tool's templates to a folder, as a start for your own.")

    @Argument(help: "The folder to write them to.")
    var folder: String

    func run() throws {
        let files = Emitter.templates.map { GeneratedFile(path: "\($0.name).mustache", content: Array($0.text.utf8)) }
        do {
            try OutputFolder(path: folder).write(files)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
    }
}
