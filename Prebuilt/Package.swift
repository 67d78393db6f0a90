// swift-tools-version: 6.2
import PackageDescription

// The build plugin with a tool that is built already: its users build neither the
// generator nor install libyaml. The plugin's source is that of ApusPlugin. `make bundle`
// makes the binary for this machine; a released version of this package names a URL and
// a checksum in its place (Scripts/release).
let package = Package(
    name: "apus-prebuilt",
    platforms: [.macOS(.v13), .iOS(.v16), .tvOS(.v16), .watchOS(.v9), .visionOS(.v1)],
    products: [.plugin(name: "ApusPrebuiltPlugin", targets: ["ApusPrebuiltPlugin"])],
    targets: [
        // The name of a target may stand once in a graph of packages, and `apus-generate` is
        // one of Apus's own. The plugin asks for the name within the bundle.
        .binaryTarget(name: "ApusGenerateBinary", path: "Binaries/apus-generate.artifactbundle"),
        .plugin(name: "ApusPrebuiltPlugin", capability: .buildTool(), dependencies: ["ApusGenerateBinary"]),
    ]
)
