// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever depends on Apus never sees it. Its program
// calls the servers of Software/, which `run` starts, with the clients that `run`
// generates into Sources/Clients.
let package = Package(
    name: "Servers",
    platforms: [.macOS(.v14)],
    dependencies: [
        // Errors of etcd's gateway end a process that uses Foundation's URL loading on Linux.
        .package(name: "apus", path: "..", traits: [.defaults, "AsyncHTTPClient"]),
        // Resolved for Apus anyway.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
    ],
    targets: [
        .target(
            name: "Clients",
            dependencies: [
                .product(name: "ApusRuntime", package: "apus"),
                .product(name: "ApusOAuth", package: "apus"),
            ],
            exclude: [
                "airflow/apus.yaml", "alertmanager/apus.yaml", "chroma/apus.yaml", "django/apus.yaml", "etcd/apus.yaml",
                "jupyter/apus.yaml", "pdns/apus.yaml", "chroma/fixes.overlay.yaml", "jupyter/fixes.overlay.yaml",
                "pdns/fixes.overlay.yaml",
            ]
        ),
        // The clients of descriptions that an overlay mends, without it.
        .target(name: "AsDescribed", dependencies: [.product(name: "ApusRuntime", package: "apus")]),
        .executableTarget(
            name: "Calls",
            dependencies: [
                "AsDescribed", "Clients", .product(name: "ApusRuntime", package: "apus"), .product(name: "ApusOAuth", package: "apus"),
                .product(name: "ApusAsyncHTTPClient", package: "apus"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
