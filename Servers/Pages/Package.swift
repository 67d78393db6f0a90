// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever depends on Apus never sees it. Its program walks
// over the lists of real servers, which `../pages` starts, with the clients that it
// generates into Sources/Pages/Generated.
let package = Package(
    name: "Pages",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "apus", path: "../..")],
    targets: [
        .executableTarget(name: "Pages", dependencies: [
            .product(name: "ApusRuntime", package: "apus"), .product(name: "ApusTesting", package: "apus"),
        ])
    ],
    swiftLanguageModes: [.v6]
)
