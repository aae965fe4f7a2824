extension Catalogue {
    static let health = Catalogue(
        department: "health",
        kinds: [
            OutcomeKind(
                "vaccination-clinic", people: 20...180, groups: ["youth", "seniors"],
                [
                    Contribution("venue", "HAEWON-CLINIC-BUS", "delivered-at", .enabled),
                    Contribution(
                        "grant", "HAEWON-GIFT-2025", "donated-by", .enabled, from: (2025, 1, 1), until: (2026, 12, 31)),
                    Contribution("programme", "ALCINA-BINATIONAL-HEALTH", "staffed-by", .enabled),
                ]),
            OutcomeKind(
                "health-screening", people: 10...90, groups: ["women", "seniors"],
                [
                    Contribution("programme", "AUR-HEALTH-WINDOW", "staffed-by", .enabled),
                    Contribution("venue", "AUR-CONSULATE-HALL", "delivered-at", .enabled),
                ]),
            OutcomeKind(
                "treatment-completed", people: 1...4, dollars: 300...5000,
                [
                    Contribution(
                        "grant", "TB-BRIDGE-2025", "funded-by", .enabled, from: (2025, 7, 1), until: (2026, 6, 30)),
                    Contribution("agreement", "MOU-2021-014", "convened-by", .contributed),
                ]),
            OutcomeKind(
                "staff-trained", people: 4...30,
                [
                    Contribution("agreement", "PM-FC-2022-01", "trained-under", .contributed),
                    Contribution("programme", "SCN-COHESION-PILOT", "trained-under", .contributed),
                ]),
            OutcomeKind(
                "heat-plan-adopted", people: 100...900,
                [
                    Contribution("partner", "PTR-0201", "designed-from", .contributed),
                    Contribution("programme", "U20-SHERPA-TRACK", "convened-by", .contributed),
                ]),
        ],
        domesticKinds: [
            OutcomeKind("clinic-visit", people: 1...3),
            OutcomeKind("immunisation-given", people: 1...40, groups: ["youth"]),
            OutcomeKind("inspection-passed", people: 1...60),
        ],
        misses: [
            ("an ended connection", SampleReference("agreement", "MOU-2018-022", "staffed-by")),
            ("an ended connection", SampleReference("partner", "PTR-0104", "donated-by")),
            ("a connection out of scope", SampleReference("grant", "TIDE-2025-114", "funded-by")),
            ("a connection out of scope", SampleReference("partner", "PTR-0601", "staffed-by")),
        ],
        cases: healthCases)

    private static let healthCases = [
        ScriptedCase(
            "a consulate's health window", "health-screening", on: (2026, 3, 4), people: 64,
            [
                SampleReference("programme", "AUR-HEALTH-WINDOW", "staffed-by"),
                SampleReference("venue", "AUR-CONSULATE-HALL", "delivered-at"),
            ], .enabled
        ) {
            $0.groups = [("women", 35), ("seniors", 12)]
            $0.classification = "internal"
        },
        ScriptedCase(
            "a clinic bus given by a sister city", "vaccination-clinic", on: (2025, 10, 21), people: 140,
            [
                SampleReference("venue", "HAEWON-CLINIC-BUS", "delivered-at"),
                SampleReference("grant", "HAEWON-GIFT-2025", "donated-by"),
            ], .enabled
        ) {
            $0.dollars = 9800
            $0.isBinary = true
        },
        ScriptedCase(
            "treatment funded under an agreement", "treatment-completed", on: (2025, 12, 12), people: 1,
            [SampleReference("grant", "TB-BRIDGE-2025", "funded-by")], .enabled
        ) { $0.dollars = 3200 },
        ScriptedCase(
            "meetings under an agreement", "treatment-completed", on: (2026, 1, 27), people: 2,
            [SampleReference("agreement", "MOU-2021-014", "convened-by")], .contributed),
        ScriptedCase(
            "training with a friendship city", "staff-trained", on: (2026, 3, 23), people: 12,
            [SampleReference("agreement", "PM-FC-2022-01", "trained-under")], .contributed),
        ScriptedCase(
            "people abroad benefit", "staff-trained", on: (2026, 4, 2), people: 16,
            [SampleReference("partner", "PTR-0106", "trained-under")], .contributed
        ) { $0.isOutbound = true },
        ScriptedCase(
            "two networks in one outcome", "heat-plan-adopted", on: (2026, 6, 1), people: 800,
            [
                SampleReference("partner", "PTR-0201", "designed-from"),
                SampleReference("programme", "U20-SHERPA-TRACK", "convened-by"),
            ], .enabled),
        ScriptedCase(
            "an ended grant of a connection that goes on", "treatment-completed", on: (2026, 7, 14), people: 1,
            [SampleReference("grant", "TB-BRIDGE-2025", "funded-by")], .domestic),
        ScriptedCase(
            "an ended connection", "vaccination-clinic", on: (2026, 2, 17), people: 33,
            [SampleReference("programme", "YOE-FR", "staffed-by")], .domestic),
        ScriptedCase(
            "a connection that had not started", "health-screening", on: (2026, 4, 28), people: 19,
            [SampleReference("partner", "PTR-0108", "staffed-by")], .domestic),
        ScriptedCase(
            "a proposed connection", "health-screening", on: (2026, 8, 25), people: 23,
            [SampleReference("partner", "PTR-0108", "staffed-by")], .abstained),
        ScriptedCase(
            "a connection out of scope", "vaccination-clinic", on: (2026, 5, 19), people: 52,
            [SampleReference("grant", "KRW-TRAIN-2025", "funded-by")], .domestic),
        ScriptedCase(
            "a reference without a mechanism", "health-screening", on: (2026, 5, 26), people: 27,
            [SampleReference("venue", "AUR-CONSULATE-HALL")], .abstained),
        ScriptedCase(
            "an outcome that is corrected later", "vaccination-clinic", on: (2026, 4, 9), people: 75,
            [SampleReference("venue", "HAEWON-CLINIC-BUS", "delivered-at")], .enabled),
    ]
}
