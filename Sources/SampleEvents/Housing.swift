extension Catalogue {
    static let housing = Catalogue(
        department: "housing",
        kinds: [
            OutcomeKind(
                "shelter-placement", people: 1...8, dollars: 300...6000, groups: ["youth", "women"],
                [
                    Contribution("grant", "TIDE-2025-114", "funded-by", .enabled),
                    Contribution("venue", "AURELIAN-HALL", "delivered-at", .enabled),
                    Contribution("programme", "CWX-HAEWON", "trained-under", .contributed),
                    Contribution("partner", "PTR-0401", "convened-by", .contributed),
                ]),
            OutcomeKind(
                "rent-assistance", people: 1...6, dollars: 400...3500, groups: ["seniors", "women"],
                [
                    Contribution(
                        "grant", "ASPM-RENT-2026", "funded-by", .enabled, from: (2026, 1, 1), until: (2026, 12, 31)),
                    Contribution("grant", "GCF-2025-007", "funded-by", .enabled, from: (2025, 3, 1)),
                ]),
            OutcomeKind(
                "meal-service", people: 20...160,
                [Contribution("grant", "LUMENTA-MEALS-2026", "donated-by", .enabled, from: (2026, 1, 1))]),
            OutcomeKind(
                "home-retrofitted", people: 1...5, dollars: 4000...22_000,
                [
                    Contribution("grant", "C40-FIN-2024-031", "funded-by", .enabled),
                    Contribution("partner", "PTR-0201", "designed-from", .contributed),
                ]),
            OutcomeKind(
                "tenants-meeting", people: 12...70,
                [
                    Contribution("venue", "ALCINA-PLAZA", "delivered-at", .enabled),
                    Contribution("programme", "U20-SHERPA-TRACK", "convened-by", .contributed),
                ]),
        ],
        domesticKinds: [
            OutcomeKind("lease-signed", people: 1...6),
            OutcomeKind("inspection-passed", people: 1...9),
            OutcomeKind("eviction-averted", people: 1...6, dollars: 200...2800),
        ],
        misses: [
            ("an ended connection", SampleReference("programme", "YOE-FR", "funded-by")),
            ("an ended connection", SampleReference("agreement", "PM-SC-1979-01", "donated-by")),
            ("a connection out of scope", SampleReference("grant", "TB-BRIDGE-2025", "funded-by")),
            ("a connection out of scope", SampleReference("programme", "SCN-COHESION-PILOT", "trained-under")),
        ],
        cases: housingCases)

    private static let housingCases = [
        ScriptedCase(
            "unaccompanied minors sheltered, by several connections", "shelter-placement", on: (2026, 3, 11), people: 6,
            [
                SampleReference("programme", "TIDE-SHELTER", "funded-by"),
                SampleReference("programme", "CWX-HAEWON", "trained-under"),
                SampleReference("connection", "pm:consulate:aurelia", "convened-by"),
            ], .enabled
        ) {
            $0.dollars = 12_000
            $0.groups = [("youth", 6)]
            $0.narrative = "Synthetic sample text: six minors placed, no names are kept."
        },
        ScriptedCase(
            "rent paid by a diaspora organisation", "rent-assistance", on: (2026, 2, 10), people: 4,
            [SampleReference("grant", "ASPM-RENT-2026", "funded-by")], .enabled
        ) { $0.dollars = 2400 },
        ScriptedCase(
            "meals given by a foreign-owned business", "meal-service", on: (2026, 4, 14), people: 120,
            [SampleReference("grant", "LUMENTA-MEALS-2026", "donated-by")], .enabled
        ) { $0.isBinary = true },
        ScriptedCase(
            "a venue built with a sister city", "tenants-meeting", on: (2025, 8, 19), people: 44,
            [SampleReference("venue", "ALCINA-PLAZA", "delivered-at")], .enabled),
        ScriptedCase(
            "a design borrowed from a network", "home-retrofitted", on: (2025, 12, 1), people: 3,
            [SampleReference("partner", "PTR-0201", "designed-from")], .contributed),
        ScriptedCase(
            "two connections that contributed apart and enabled together", "home-retrofitted", on: (2026, 1, 20),
            people: 5,
            [
                SampleReference("partner", "PTR-0201", "designed-from"),
                SampleReference("programme", "CWX-HAEWON", "trained-under"),
            ], .enabled),
        ScriptedCase(
            "an ended connection", "tenants-meeting", on: (2026, 5, 4), people: 18,
            [SampleReference("partner", "PTR-0104", "donated-by")], .domestic),
        ScriptedCase(
            "a grant that had not started", "meal-service", on: (2025, 11, 27), people: 80,
            [SampleReference("grant", "LUMENTA-MEALS-2026", "donated-by")], .domestic),
        ScriptedCase(
            "a connection out of scope", "shelter-placement", on: (2026, 6, 15), people: 2,
            [SampleReference("venue", "KRW-TRAINING-CENTRE", "delivered-at")], .domestic),
        ScriptedCase(
            "a reference without a mechanism", "shelter-placement", on: (2026, 6, 18), people: 2,
            [SampleReference("grant", "TIDE-2025-114")], .abstained),
        ScriptedCase(
            "a grant that the registry does not know", "rent-assistance", on: (2026, 7, 1), people: 3,
            [SampleReference("grant", "STATE-RENT-2026-4", "funded-by")], .domestic
        ) { $0.dollars = 1800 },
        ScriptedCase(
            "a classified event", "eviction-averted", on: (2026, 7, 8), people: 4, [], .domestic
        ) { $0.classification = "confidential" },
        ScriptedCase(
            "an outcome that is corrected later", "shelter-placement", on: (2026, 5, 21), people: 5,
            [SampleReference("grant", "TIDE-2025-114", "funded-by")], .enabled),
    ]
}
