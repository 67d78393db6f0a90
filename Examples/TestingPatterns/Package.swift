// swift-tools-version: 6.2
import PackageDescription

// How code that calls an API is tested: a view model, a service and a command line.
let package = Package(
    name: "TestingPatterns",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "apus", path: "../..")],
    targets: [
        // The client, generated when it is built. ApusTesting is for what `tests: true`
        // makes of the description in debug builds.
        .target(
            name: "TasksClient",
            dependencies: [
                .product(name: "ApusRuntime", package: "apus"), .product(name: "ApusOAuth", package: "apus"),
                .product(name: "ApusTesting", package: "apus"),
            ],
            plugins: [.plugin(name: "ApusPlugin", package: "apus")]
        ),
        .target(name: "TaskBoard", dependencies: ["TasksClient", .product(name: "ApusOAuth", package: "apus")]),
        .executableTarget(name: "taskboard", dependencies: ["TaskBoard"]),
        .testTarget(
            name: "TaskBoardTests",
            dependencies: ["TaskBoard", "TasksClient", "taskboard", .product(name: "ApusTesting", package: "apus")],
            exclude: ["Recordings"]
        ),
    ],
    swiftLanguageModes: [.v6]
)
