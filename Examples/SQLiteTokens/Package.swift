// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever depends on Apus never resolves a
// database.
let package = Package(
    name: "SQLiteTokens",
    platforms: [.macOS(.v13)],
    dependencies: [
        .package(name: "apus", path: "../.."),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // Resolved for Apus anyway.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
    ],
    targets: [
        .target(
            name: "SQLiteTokens",
            dependencies: [
                .product(name: "ApusRuntime", package: "apus"),
                .product(name: "ApusOAuth", package: "apus"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        // A process that shares a database with others; the tests start several.
        .executableTarget(
            name: "TokenSharer",
            dependencies: ["SQLiteTokens", .product(name: "HTTPTypes", package: "swift-http-types")]
        ),
        .testTarget(name: "SQLiteTokensTests", dependencies: ["SQLiteTokens", "TokenSharer"]),
    ],
    swiftLanguageModes: [.v6]
)
