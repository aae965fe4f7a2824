extension Catalogue {
    static let immigration = Catalogue(
        department: "immigration",
        kinds: [
            OutcomeKind(
                "minors-sheltered", people: 1...12, dollars: 500...9000, groups: ["youth"],
                [
                    Contribution("programme", "TIDE-SHELTER", "funded-by", .enabled),
                    Contribution("programme", "CWX-HAEWON", "trained-under", .contributed),
                    Contribution("venue", "AURELIAN-HALL", "delivered-at", .enabled),
                ]),
            OutcomeKind(
                "legal-clinic", people: 8...60, groups: ["women", "seniors"],
                [
                    Contribution("venue", "AUR-CONSULATE-HALL", "delivered-at", .enabled),
                    Contribution("partner", "PTR-0401", "convened-by", .contributed),
                    Contribution("partner", "PTR-0501", "staffed-by", .enabled),
                ]),
            OutcomeKind(
                "newcomer-grant", people: 1...6, dollars: 400...4000, groups: ["youth", "women"],
                [
                    Contribution(
                        "grant", "GCF-2025-007", "funded-by", .enabled, from: (2025, 3, 1), until: (2027, 2, 28)),
                    Contribution("grant", "TIDE-2026-020", "funded-by", .enabled, from: (2026, 4, 1)),
                ]),
            OutcomeKind(
                "cohesion-dialogue", people: 10...80,
                [
                    Contribution("programme", "SCN-COHESION-PILOT", "designed-from", .contributed),
                    Contribution("programme", "U20-SHERPA-TRACK", "convened-by", .contributed),
                ]),
        ],
        domesticKinds: [
            OutcomeKind("case-resolved", people: 1...5, groups: ["women"]),
            OutcomeKind("citizenship-class-completed", people: 6...25),
            OutcomeKind("interpreter-assigned", people: 1...3),
        ],
        misses: [
            ("an ended connection", SampleReference("programme", "YOE-FR", "trained-under")),
            ("an ended connection", SampleReference("agreement", "MOU-2018-022", "trained-under")),
            ("a connection out of scope", SampleReference("partner", "PTR-0301", "convened-by")),
            ("a connection out of scope", SampleReference("programme", "C40-BUS-ACCELERATOR", "designed-from")),
        ],
        cases: immigrationCases)

    private static let immigrationCases = [
        ScriptedCase(
            "unaccompanied minors sheltered, by several connections", "minors-sheltered", on: (2026, 3, 4), people: 9,
            [
                SampleReference("grant", "TIDE-2025-114", "funded-by"),
                SampleReference("venue", "AURELIAN-HALL", "delivered-at"),
                SampleReference("programme", "CWX-HAEWON", "trained-under"),
            ], .enabled
        ) {
            $0.dollars = 18_400
            $0.groups = [("youth", 9)]
            $0.narrative = "Synthetic sample text: beds for nine minors, in a hall lent for the purpose."
        },
        ScriptedCase(
            "a migration fund's grant for newcomers", "newcomer-grant", on: (2025, 10, 6), people: 40,
            [SampleReference("grant", "GCF-2025-007", "funded-by")], .enabled
        ) {
            $0.dollars = 60_000
            $0.groups = [("women", 22), ("youth", 11)]
            $0.isBinary = true
        },
        ScriptedCase(
            "one origin in two references counts once", "newcomer-grant", on: (2026, 1, 15), people: 12,
            [
                SampleReference("grant", "GCF-2025-007", "funded-by"),
                SampleReference("programme", "GCF-WELCOME", "designed-from"),
            ], .enabled),
        ScriptedCase(
            "training by a network", "cohesion-dialogue", on: (2025, 11, 20), people: 35,
            [SampleReference("programme", "SCN-COHESION-PILOT", "trained-under")], .contributed),
        ScriptedCase(
            "a network that brought people together", "cohesion-dialogue", on: (2026, 4, 28), people: 50,
            [SampleReference("partner", "PTR-0204", "convened-by")], .contributed),
        ScriptedCase(
            "a legal clinic staffed by a diaspora organisation", "legal-clinic", on: (2026, 2, 18), people: 31,
            [SampleReference("partner", "PTR-0501", "staffed-by")], .enabled
        ) { $0.isBinary = true },
        ScriptedCase(
            "an exchange programme that trained the case workers", "minors-sheltered", on: (2025, 9, 9), people: 4,
            [SampleReference("programme", "CWX-HAEWON", "trained-under")], .contributed
        ) { $0.groups = [("youth", 4)] },
        ScriptedCase(
            "an ended grant of a connection that goes on", "minors-sheltered", on: (2026, 2, 3), people: 3,
            [SampleReference("grant", "CWX-2025-02", "funded-by")], .domestic),
        ScriptedCase(
            "a grant that had not started", "newcomer-grant", on: (2026, 3, 30), people: 2,
            [SampleReference("grant", "TIDE-2026-020", "funded-by")], .domestic),
        ScriptedCase(
            "a connection out of scope", "legal-clinic", on: (2026, 6, 2), people: 14,
            [SampleReference("agreement", "MOU-2021-014", "convened-by")], .domestic),
        ScriptedCase(
            "a reference without a mechanism", "legal-clinic", on: (2026, 6, 9), people: 20,
            [SampleReference("partner", "PTR-0401")], .abstained),
        ScriptedCase(
            "a partner named without an identifier", "legal-clinic", on: (2026, 7, 7), people: 11, [], .domestic
        ) { $0.named = ("Consulate of Aurelia", nil) },
        ScriptedCase(
            "an outcome that is corrected later", "newcomer-grant", on: (2026, 5, 5), people: 5,
            [SampleReference("grant", "GCF-2025-007", "funded-by")], .enabled
        ) { $0.dollars = 5000 },
    ]
}
