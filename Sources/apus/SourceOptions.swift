import ArgumentParser
import SpecSource

/// How a description is read, whatever is done with it.
struct SourceOptions: ParsableArguments {
    @Option(
        name: .customLong("overlay"),
        help: "An OpenAPI overlay that corrects the description; may be given several times.")
    var overlays: [String] = []

    @Flag(name: .customLong("allow-remote"), help: "Fetch the files that references with http and https URLs name.")
    var allowsRemote = false

    /// How references to other hosts are followed.
    var fetch: RemoteFetch? {
        guard allowsRemote else { return nil }
        return RemoteFile.fetch
    }
}
