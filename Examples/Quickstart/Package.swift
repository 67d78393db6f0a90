// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever depends on Apus never resolves a web
// server.
let package = Package(
    name: "Quickstart",
    platforms: [.macOS(.v14)],
    dependencies: [
        .package(name: "apus", path: "../.."),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        // Resolved for Hummingbird and Apus anyway.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
    ],
    targets: [
        // The client, generated when it is built.
        .target(
            name: "ReferenceClient",
            dependencies: [
                .product(name: "ApusRuntime", package: "apus"),
                .product(name: "ApusOAuth", package: "apus"),
            ],
            plugins: [.plugin(name: "ApusPlugin", package: "apus")]
        ),
        // The API of Specs/reference.yaml, served from memory.
        .target(
            name: "ReferenceServer",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        // One talks to the other.
        .executableTarget(name: "Quickstart", dependencies: ["ReferenceClient", "ReferenceServer"]),
        .testTarget(name: "ReferenceServerTests", dependencies: ["ReferenceServer"]),
        .testTarget(name: "QuickstartTests", dependencies: ["ReferenceClient", "ReferenceServer"]),
    ],
    swiftLanguageModes: [.v6]
)
