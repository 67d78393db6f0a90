// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever depends on Apus never needs a database.
let package = Package(
    name: "PostgresTokens",
    platforms: [.macOS(.v13)],
    products: [.library(name: "PostgresTokens", targets: ["PostgresTokens"])],
    dependencies: [
        .package(name: "apus", path: "../.."),
        // Resolved for Apus anyway.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(
            name: "PostgresTokens",
            dependencies: [
                "CPostgres",
                .product(name: "ApusRuntime", package: "apus"),
                .product(name: "ApusOAuth", package: "apus"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        // A process that shares a database with others; the tests start several.
        .executableTarget(
            name: "TokenSharer",
            dependencies: ["PostgresTokens", .product(name: "HTTPTypes", package: "swift-http-types")]
        ),
        .testTarget(name: "PostgresTokensTests", dependencies: ["PostgresTokens", "TokenSharer"]),
    ],
    swiftLanguageModes: [.v6]
)
