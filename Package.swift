// swift-tools-version: 6.2
import PackageDescription

// What visits every byte is optimized in debug builds too, because SwiftPM builds a
// plugin's tool in the configuration of the build that uses it. The rest of the tool
// gains a tenth of its time by it, at a price of 12 s of processors in every user's
// first build (Documentation/Maintaining/Performance.md).
// Unsafe flags are allowed in dependencies since tools version 6.2.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "apus",
    platforms: [.macOS(.v13), .iOS(.v16), .tvOS(.v16), .watchOS(.v9), .visionOS(.v1)],
    products: [
        .executable(name: "apus", targets: ["apus"]),
        .plugin(name: "ApusPlugin", targets: ["ApusPlugin"]),
        .plugin(name: "ApusCommand", targets: ["ApusCommand"]),
        .library(name: "ApusRuntime", targets: ["ApusRuntime"]),
        .library(name: "ApusOAuth", targets: ["ApusOAuth"]),
        .library(name: "ApusOAuthRSA", targets: ["ApusOAuthRSA"]),
        .library(name: "ApusWebhooks", targets: ["ApusWebhooks"]),
        .library(name: "ApusFiles", targets: ["ApusFiles"]),
        .library(name: "ApusAsyncHTTPClient", targets: ["ApusAsyncHTTPClient"]),
        .library(name: "ApusTesting", targets: ["ApusTesting"]),
        .library(name: "ApusObservability", targets: ["ApusObservability"]),
    ],
    traits: [
        .default(enabledTraits: ["CommandLine", "Crypto"]),
        .trait(
            name: "CommandLine",
            description: "The command line and the plugin ApusCommand. Without it swift-argument-parser is not resolved."
        ),
        .trait(
            name: "Crypto",
            description: "ApusOAuth, ApusOAuthRSA, ApusWebhooks and ApusFiles. Without it swift-crypto and what it needs are not resolved."
        ),
        .trait(
            name: "AsyncHTTPClient",
            description: "A transport over AsyncHTTPClient and SwiftNIO, the default on Linux. Without it neither is resolved."
        ),
        .trait(
            name: "Observability",
            description: "Spans, metrics and logs of calls, by swift-distributed-tracing, swift-metrics and swift-log. Without it none is resolved."
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
        // Only with the trait AsyncHTTPClient.
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.81.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.26.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.36.0"),
        // Only with the trait Observability.
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.2.0"),
    ],
    targets: [
        // The tool: one stage of the pipeline per module, data flows downwards only.
        .systemLibrary(
            name: "CYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .target(name: "TextScanning", swiftSettings: optimized),
        .target(name: "Source"),
        .target(name: "SyntaxTree", dependencies: ["CYAML", "Source", "TextScanning"], swiftSettings: optimized),
        .target(name: "SpecSource", dependencies: ["Source", "SyntaxTree", "TextScanning"]),
        .target(name: "Overlays", dependencies: ["Source", "SpecSource", "SyntaxTree"]),
        .target(name: "OpenAPI", dependencies: ["Source", "SpecSource", "SyntaxTree", "TextScanning"]),
        .target(name: "Declarations"),
        .target(name: "Lowering", dependencies: ["Declarations", "OpenAPI", "Source", "TextScanning"]),
        .target(name: "Templating", dependencies: ["TextScanning"], swiftSettings: optimized),
        .target(name: "Emission", dependencies: ["Declarations", "Templating", "TextScanning"]),
        // Whether what a server answered is as described.
        .target(name: "Verification", dependencies: ["OpenAPI", "Source", "SpecSource", "SyntaxTree"]),
        .target(name: "Comparison", dependencies: ["Declarations", "Emission"]),
        .target(
            name: "Generation",
            dependencies: ["Declarations", "Emission", "Lowering", "OpenAPI", "Overlays", "Source", "SpecSource", "SyntaxTree", "TextScanning"]),
        // Colors and a progress bar, for programs that a person runs.
        .target(name: "Terminal"),
        .executableTarget(
            name: "apus",
            dependencies: [
                "Comparison", "Declarations", "Emission", "Generation", "Lowering", "OpenAPI", "Source", "SpecSource", "SyntaxTree", "Terminal", "Verification",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["CommandLine"])),
            ]
        ),
        // What the build plugin runs: the same without a command line to parse.
        .executableTarget(name: "apus-generate", dependencies: ["Generation"]),
        .plugin(name: "ApusPlugin", capability: .buildTool(), dependencies: ["apus-generate"]),
        .plugin(
            name: "ApusCommand",
            capability: .command(
                intent: .custom(
                    verb: "apus",
                    description: "Generate, check and compare Swift clients for API descriptions."
                ),
                permissions: [
                    .writeToPackageDirectory(reason: "To write the generated client where you ask for it.")
                ]
            ),
            dependencies: ["apus"]
        ),

        // What generated code links.
        .target(
            name: "ApusRuntime",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                // A transport for servers and for Linux, with the trait only.
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(name: "NIOHTTP2", package: "swift-nio-http2", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras", condition: .when(traits: ["AsyncHTTPClient"])),
            ]
        ),
        .target(
            name: "ApusOAuth",
            dependencies: [
                "ApusRuntime",
                .product(
                    name: "Crypto", package: "swift-crypto",
                    condition: .when(platforms: [.linux, .android, .windows, .openbsd], traits: ["Crypto"])
                ),
            ]
        ),
        // RSA keys, for those who need them: they bring more of swift-crypto.
        .target(
            name: "ApusOAuthRSA",
            dependencies: [
                "ApusOAuth",
                .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["Crypto"])),
                .product(name: "_CryptoExtras", package: "swift-crypto", condition: .when(traits: ["Crypto"])),
            ]
        ),

        // What an API sends by itself: verification and events. Only for those who receive them.
        .target(
            name: "ApusWebhooks",
            dependencies: [
                "ApusRuntime",
                .product(
                    name: "Crypto", package: "swift-crypto",
                    condition: .when(platforms: [.linux, .android, .windows, .openbsd], traits: ["Crypto"])
                ),
            ]
        ),
        // Downloads and uploads of files, with progress and digests. Only for those who have them.
        .target(
            name: "ApusFiles",
            dependencies: [
                "ApusRuntime",
                .product(
                    name: "Crypto", package: "swift-crypto",
                    condition: .when(platforms: [.linux, .android, .windows, .openbsd], traits: ["Crypto"])
                ),
            ]
        ),

        // What that transport is configured with. Empty without the trait.
        .target(
            name: "ApusAsyncHTTPClient",
            dependencies: [
                "ApusRuntime",
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["AsyncHTTPClient"])),
            ]
        ),

        // Spans, metrics and logs of calls. Empty without the trait.
        .target(
            name: "ApusObservability",
            dependencies: [
                "ApusRuntime",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Observability"])),
                .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["Observability"])),
                .product(name: "Tracing", package: "swift-distributed-tracing", condition: .when(traits: ["Observability"])),
            ]
        ),

        // What tests of code that calls an API need. It links neither Swift Testing nor XCTest.
        .target(name: "ApusTesting", dependencies: ["ApusRuntime", .product(name: "HTTPTypes", package: "swift-http-types")]),

        .testTarget(name: "SpecSourceTests", dependencies: ["Source", "SpecSource", "SyntaxTree", "Overlays"]),
        .testTarget(
            name: "ApusRuntimeTests",
            dependencies: [
                "ApusAsyncHTTPClient", "ApusFiles", "ApusObservability", "ApusOAuth", "ApusRuntime", "ApusTesting", "EventProcess",
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(name: "NIOHTTP2", package: "swift-nio-http2", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing", condition: .when(traits: ["Observability"])),
                .product(name: "InMemoryLogging", package: "swift-log", condition: .when(traits: ["Observability"])),
                .product(name: "MetricsTestKit", package: "swift-metrics", condition: .when(traits: ["Observability"])),
            ]
        ),
        // A server of events that the tests start and kill.
        .executableTarget(name: "EventProcess", path: "Tests/EventProcess"),
        .testTarget(
            name: "ApusOAuthTests",
            dependencies: [
                "ApusOAuth",
                "ApusTesting",
                "TokenProcess",
                .product(
                    name: "Crypto", package: "swift-crypto",
                    condition: .when(platforms: [.linux, .android, .windows, .openbsd], traits: ["Crypto"])
                ),
            ]
        ),
        // A program of which the tests start several.
        .executableTarget(name: "TokenProcess", dependencies: ["ApusOAuth"], path: "Tests/TokenProcess"),
        .testTarget(name: "ApusTestingTests", dependencies: ["ApusOAuth", "ApusRuntime", "ApusTesting"]),
        .testTarget(name: "ApusOAuthRSATests", dependencies: ["ApusOAuthRSA"]),
        .testTarget(name: "ApusWebhooksTests", dependencies: ["ApusRuntime", "ApusWebhooks"]),
        .testTarget(name: "OpenAPITests", dependencies: ["OpenAPI", "Source", "SpecSource"]),
        .testTarget(
            name: "LoweringTests",
            dependencies: ["Declarations", "Emission", "Lowering", "OpenAPI", "Source", "SpecSource", "SyntaxTree", "TextScanning"],
            exclude: ["Pagination/labels.json", "Snippets"]),
        .testTarget(name: "TemplatingTests", dependencies: ["Templating"]),
        .testTarget(name: "DocumentationTests"),
        // Generated code that is checked in: compiled, compared and run.
        .testTarget(
            name: "GoldenTests",
            dependencies: ["ApusOAuth", "ApusRuntime", "ApusTesting", "ApusWebhooks", "Declarations", "Emission", "Generation", "Lowering", "OpenAPI", "Source", "SpecSource", "SyntaxTree"],
            exclude: ["Descriptions", "Recordings", "goldens.json"]
        ),
        // Whether names stay when an API grows: `make growth`, and a short run of it.
        .target(
            name: "Growth", dependencies: ["Comparison", "Declarations", "Generation", "Source", "SpecSource", "SyntaxTree"], path: "Tests/Growth",
            swiftSettings: optimized),
        .executableTarget(
            name: "GrowthProgram", dependencies: ["Generation", "Growth", "Terminal"], path: "Tests/GrowthProgram", swiftSettings: optimized),
        .testTarget(name: "GrowthTests", dependencies: ["Comparison", "Generation", "Growth", "Source", "SpecSource", "SyntaxTree"]),
        // The tool and the plugins as their users run them.
        .testTarget(name: "ToolTests", dependencies: ["apus", "apus-generate"]),
    ],
    swiftLanguageModes: [.v6]
)
