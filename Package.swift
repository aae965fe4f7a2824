// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A library layer and its tests; a layer may depend only on layers listed above it.
func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> [Target] {
    [
        .target(name: name, dependencies: dependencies, swiftSettings: strict),
        .testTarget(
            name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies, swiftSettings: strict),
    ]
}

let package = Package(
    name: "city-attribution",
    products: [],
    targets: [
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
    ]
        + layer("Primitives", ["CCrypto"])
        + layer("Kafka", ["CRdKafka"]),
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
