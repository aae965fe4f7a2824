// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A library layer and its tests; a layer may depend only on layers listed above it.
///
/// - Parameters:
///   - fixtures: folders of the tests that are read where they stand.
///   - testKits: what the tests use and the layer does not.
func layer(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [], fixtures: [String] = [],
    testKits: [Target.Dependency] = []
) -> [Target] {
    [
        .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict),
        .testTarget(
            name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies + testKits, exclude: fixtures,
            swiftSettings: strict),
    ]
}

/// The executables: a few lines each, over `Commands`.
let programs: [Target] = [
    "city-attribution", "immigration-worker", "housing-worker", "health-worker", "transport-worker",
    "department-worker", "kpi-service",
].map { .executableTarget(name: $0, dependencies: ["Commands"], swiftSettings: strict) }

/// The program of `make fuzz`, which sets the variable: it needs libFuzzer, and is built with all layers made testable.
let fuzzers: [Target] =
    Context.environment["CITY_FUZZ"] == nil
    ? []
    : [
        .executableTarget(
            name: "fuzz", dependencies: ["Commands", "TestRecords"], path: "Fuzz", exclude: ["Seeds", "Dictionaries"],
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
    ]

let package = Package(
    name: "city-attribution",
    products: [],
    targets: [
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // Without pkg-config, whose answer in Debian 12 has a flag that SwiftPM warns of.
        .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
        .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Without pkg-config, whose answer brings COIN's folder of headers in, some of which have common names.
        .systemLibrary(name: "CClp", providers: [.apt(["coinor-libclp-dev"])]),
        // Optimised in debug builds too, since simdjson's headers are unusably slow without.
        .target(
            name: "CSimdJSON",
            cxxSettings: [.unsafeFlags(["-O2", "-fno-exceptions", "-fno-rtti"])],
            linkerSettings: [.linkedLibrary("simdjson")]),
    ]
        + layer("Primitives", ["CCrypto"])
        + layer("Charts", ["Primitives"], fixtures: ["Goldens"])
        + layer("Text", ["CUTF8Proc", "Primitives"], resources: [.embedInCode("BuiltIn")])
        + layer("JSON", ["CSimdJSON", "Primitives"])
        + layer("HTTP", ["CMicroHTTPD", "CZlib", "Primitives", "JSON"])
        + layer("YAML", ["CYAML", "Primitives"])
        + layer("Tables", ["CSQLite", "Primitives", "JSON"])
        + layer("SQLDatabase", ["CSQLite", "CPostgres", "Primitives"], testKits: ["TestDatabases"])
        + [
            // Databases for the tests of more than one layer.
            .target(
                name: "TestDatabases", dependencies: ["SQLDatabase"], path: "Tests/TestDatabases",
                swiftSettings: strict)
        ]
        + layer("Connections", ["Primitives", "YAML"])
        + layer("Narrative", ["Primitives", "Text", "YAML", "Connections"])
        + layer(
            "Attribution", ["Primitives", "JSON", "YAML", "Connections", "Narrative"],
            resources: [.embedInCode("BuiltIn")])
        + layer(
            "Evaluation", ["Primitives", "Text", "JSON", "YAML", "Connections", "Attribution"],
            resources: [.embedInCode("BuiltIn")], fixtures: ["Goldens"])
        + layer(
            "Indicators", ["Primitives", "JSON", "Connections", "Evaluation"], testKits: ["Attribution", "YAML"])
        + layer("Suppression", ["CClp"], testKits: ["Primitives", "JSON"])
        + layer(
            "Releases", ["Primitives", "JSON", "Connections", "Indicators", "Suppression"], testKits: ["TestRecords"])
        + layer(
            "Pages", ["Primitives", "Charts", "Connections", "Indicators", "Releases"],
            resources: [.embedInCode("BuiltIn")])
        + layer(
            "Store", ["Primitives", "SQLDatabase", "Indicators", "Releases"],
            testKits: ["TestDatabases", "TestRecords"])
        + [
            // Attribution records, and what they come to in a store, for the tests of more than one layer.
            .target(
                name: "TestRecords", dependencies: ["Primitives", "Indicators", "Store"], path: "Tests/TestRecords",
                swiftSettings: strict)
        ]
        + layer(
            "Intake", ["Primitives", "Text", "JSON", "YAML", "Tables", "Connections", "Attribution"],
            resources: [.embedInCode("BuiltIn")])
        + [
            // A thread for each test, for the tests of more than one layer.
            .target(name: "TestThreads", path: "Tests/TestThreads", swiftSettings: strict)
        ]
        + layer("Kafka", ["CRdKafka", "JSON"], testKits: ["TestThreads"])
        + layer("Operations", ["Primitives", "JSON", "YAML"])
        + layer("Health", ["Primitives", "JSON", "HTTP", "Operations"])
        + [
            // Events with markers in them, for the tests of privacy in more than one layer.
            .target(
                name: "Canary", dependencies: ["Primitives", "YAML"], path: "Tests/Canary", swiftSettings: strict)
        ]
        + layer(
            "Pipeline",
            [
                "Primitives", "JSON", "YAML", "Connections", "Narrative", "Attribution", "Intake", "Kafka",
                "Operations",
            ],
            testKits: ["Canary"])
        + layer(
            "KPIService",
            [
                "Primitives", "JSON", "HTTP", "Charts", "Pages", "Connections", "Evaluation", "Indicators", "Releases",
                "SQLDatabase",
                "Store", "Kafka", "Operations", "Health", "Pipeline",
            ], testKits: ["TestDatabases", "TestRecords"])
        + [
            .target(
                name: "SampleEvents", dependencies: ["Primitives", "JSON"], resources: [.embedInCode("BuiltIn")],
                swiftSettings: strict),
            // What the samples promise is tested against the engine and the sample registry.
            .testTarget(
                name: "SampleEventsTests",
                dependencies: ["SampleEvents", "Primitives", "YAML", "Connections", "Attribution", "Intake"],
                swiftSettings: strict),
        ]
        + layer(
            "Commands",
            [
                "Primitives", "Text", "JSON", "YAML", "Connections", "Narrative", "Attribution", "Evaluation", "Intake",
                "Kafka", "Operations", "Pipeline", "SampleEvents", "Tables", "SQLDatabase", "Indicators", "Releases",
                "Store", "KPIService", "Charts", "Pages", "HTTP", "Health",
            ], fixtures: ["Fixtures"], testKits: ["Canary", "TestRecords", "TestThreads"])
        + programs + fuzzers,
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// What the thread sanitizer looks at: layers with threads, and what they stand on (scripts/test sets the variable).
if Context.environment["CITY_RACE_TESTS"] != nil {
    let tests = ["Primitives", "HTTP", "Operations", "SQLDatabase", "Store", "Pipeline", "KPIService"].map {
        "\($0)Tests"
    }
    package.targets.removeAll { target in
        target.type == .executable || target.name == "Commands"
            || target.type == .test && !tests.contains(target.name)
    }
}
