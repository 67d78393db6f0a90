// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever depends on Apus never builds it.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v14)],
    dependencies: [
        .package(name: "apus", path: ".."),
        // Resolved for Apus anyway.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
    ],
    targets: [
        // The client of `benchmark.openapi.yaml`, generated when it is built.
        .target(
            name: "BenchmarkClient",
            dependencies: [.product(name: "ApusRuntime", package: "apus")],
            plugins: [.plugin(name: "ApusPlugin", package: "apus")]
        ),
        // How long things take and how much memory they hold.
        .target(name: "Measuring"),
        // How often a process allocates. Counting slows it down, so this is
        // linked where allocations are what is measured.
        .target(name: "Allocations"),
        // JSON against Foundation.
        .executableTarget(name: "JSONBenchmark", dependencies: ["BenchmarkClient", "Measuring"]),
        // How the time to read a text grows with the text.
        .executableTarget(
            name: "GrowthBenchmark", dependencies: [.product(name: "ApusRuntime", package: "apus"), "Measuring"]),
        // A request against URLSession by hand.
        .executableTarget(
            name: "RequestBenchmark",
            dependencies: [
                "BenchmarkClient", "Measuring", "Allocations",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
