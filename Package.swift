// swift-tools-version: 6.2
import PackageDescription

/// SwiftPM builds a plugin's tool in the configuration of the build that uses
/// it, and an unoptimised generator is more than ten times slower. So the tool is
/// optimised in debug builds too: in full where each letter of a description or of
/// the output is looked at,
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// and elsewhere by LLVM alone, which takes the compiler a quarter of the time.
let optimizedInPart: [SwiftSetting] = [
    .unsafeFlags(["-O", "-Xfrontend", "-disable-sil-perf-optzns"], .when(configuration: .debug))
]

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
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
    ],
    targets: [
        // The tool: one stage of the pipeline per module, data flows downwards only.
        .systemLibrary(
            name: "CYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .target(name: "TextScanning", swiftSettings: optimized),
        .target(name: "SyntaxTree", dependencies: ["CYAML", "TextScanning"], swiftSettings: optimized),
        .target(name: "SpecSource", dependencies: ["SyntaxTree", "TextScanning"], swiftSettings: optimizedInPart),
        .target(name: "Overlays", dependencies: ["SpecSource", "SyntaxTree"], swiftSettings: optimizedInPart),
        .target(name: "OpenAPI", dependencies: ["SpecSource", "SyntaxTree"], swiftSettings: optimizedInPart),
        .target(name: "Lowering", dependencies: ["OpenAPI", "SyntaxTree", "TextScanning"], swiftSettings: optimizedInPart),
        .target(name: "Templating", dependencies: ["TextScanning"], swiftSettings: optimized),
        .target(name: "Emission", dependencies: ["Lowering", "Templating", "TextScanning"], swiftSettings: optimizedInPart),
        .target(name: "Generation", dependencies: ["Emission", "Overlays", "TextScanning"], swiftSettings: optimizedInPart),
        .target(name: "Comparison", dependencies: ["Lowering"], swiftSettings: optimizedInPart),
        .executableTarget(
            name: "apus",
            dependencies: [
                "Comparison",
                "Generation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: optimizedInPart
        ),
        // What the build plugin runs: the same without a command line to parse.
        .executableTarget(name: "apus-generate", dependencies: ["Generation"], swiftSettings: optimizedInPart),
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
            dependencies: [.product(name: "HTTPTypes", package: "swift-http-types")]
        ),
        .target(
            name: "ApusOAuth",
            dependencies: [
                "ApusRuntime",
                .product(
                    name: "Crypto", package: "swift-crypto",
                    condition: .when(platforms: [.linux, .android, .windows, .openbsd])
                ),
            ]
        ),
        // RSA keys, for those who need them: they bring more of swift-crypto.
        .target(
            name: "ApusOAuthRSA",
            dependencies: [
                "ApusOAuth",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "_CryptoExtras", package: "swift-crypto"),
            ]
        ),

        .testTarget(name: "SpecSourceTests", dependencies: ["SpecSource", "SyntaxTree", "Overlays"]),
        .testTarget(name: "ApusRuntimeTests", dependencies: ["ApusRuntime"]),
        .testTarget(
            name: "ApusOAuthTests",
            dependencies: [
                "ApusOAuth",
                "TokenProcess",
                .product(
                    name: "Crypto", package: "swift-crypto",
                    condition: .when(platforms: [.linux, .android, .windows, .openbsd])
                ),
            ]
        ),
        // A program of which the tests start several.
        .executableTarget(name: "TokenProcess", dependencies: ["ApusOAuth"], path: "Tests/TokenProcess"),
        .testTarget(name: "ApusOAuthRSATests", dependencies: ["ApusOAuthRSA"]),
        .testTarget(name: "LoweringTests", dependencies: ["Lowering", "TextScanning"]),
        // Generated code that is checked in: compiled, compared and run.
        .testTarget(
            name: "GoldenTests",
            dependencies: ["Emission", "ApusRuntime", "ApusOAuth"],
            exclude: ["Descriptions"]
        ),
        // Whether names stay when an API grows: `make growth`, and a short run of it.
        .target(
            name: "Growth", dependencies: ["Comparison", "Generation", "Lowering", "SpecSource", "SyntaxTree"], path: "Tests/Growth",
            swiftSettings: optimized),
        .executableTarget(
            name: "GrowthProgram", dependencies: ["Growth", "Generation"], path: "Tests/GrowthProgram", swiftSettings: optimized),
        .testTarget(name: "GrowthTests", dependencies: ["Comparison", "Generation", "Growth", "SpecSource", "SyntaxTree"]),
        // The tool and the plugins as their users run them.
        .testTarget(name: "ToolTests", dependencies: ["apus", "apus-generate"]),
    ],
    swiftLanguageModes: [.v6]
)
