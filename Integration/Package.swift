// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever depends on Apus never sees it. Its
// programs talk to the servers of Servers/, which `run` starts.
let package = Package(
    name: "Integration",
    platforms: [.macOS(.v14)],
    dependencies: [
        .package(name: "apus", path: ".."),
        .package(path: "../Examples/PostgresTokens"),
        // Resolved for Apus anyway.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
    ],
    targets: [
        // The clients, generated when they are built: that of Specs/reference.yaml …
        .target(
            name: "ReferenceClient",
            dependencies: [
                .product(name: "ApusRuntime", package: "apus"),
                .product(name: "ApusOAuth", package: "apus"),
            ],
            plugins: [.plugin(name: "ApusPlugin", package: "apus")]
        ),
        // … and one for each server.
        .target(
            name: "Clients",
            dependencies: [
                .product(name: "ApusRuntime", package: "apus"),
                .product(name: "ApusOAuth", package: "apus"),
            ],
            plugins: [.plugin(name: "ApusPlugin", package: "apus")]
        ),
        // The flows, and the table of what passed.
        .executableTarget(
            name: "Integration",
            dependencies: [
                "Clients", "ReferenceClient", .product(name: "PostgresTokens", package: "PostgresTokens"),
                .product(name: "ApusOAuthRSA", package: "apus"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
