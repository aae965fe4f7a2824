extension Catalogue {
    static let transport = Catalogue(
        department: "transport",
        kinds: [
            OutcomeKind(
                "corridor-opened", people: 400...9000, dollars: 20_000...900_000,
                [
                    Contribution("programme", "C40-BUS-ACCELERATOR", "designed-from", .contributed),
                    Contribution("grant", "C40-FIN-2024-031", "funded-by", .enabled),
                    Contribution("partner", "PTR-0107", "designed-from", .contributed),
                ]),
            OutcomeKind(
                "drivers-trained", people: 5...40,
                [
                    Contribution("venue", "KRW-TRAINING-CENTRE", "delivered-at", .enabled),
                    Contribution("grant", "KRW-TRAIN-2025", "funded-by", .enabled),
                    Contribution("programme", "TANNBRUCK-APPRENTICES", "trained-under", .contributed),
                ]),
            OutcomeKind(
                "ferry-service-extended", people: 100...2500,
                [
                    Contribution("agreement", "MOU-2023-005", "designed-from", .contributed),
                    Contribution("partner", "PTR-0302", "convened-by", .contributed),
                ]),
            OutcomeKind(
                "cycle-lane-opened", people: 50...1800, dollars: 8000...120_000,
                [
                    Contribution("agreement", "PM-SC-2017-01", "designed-from", .contributed),
                    Contribution("programme", "U20-SHERPA-TRACK", "convened-by", .contributed),
                ]),
        ],
        domesticKinds: [
            OutcomeKind("stop-made-accessible", people: 10...400, dollars: 1500...18_000),
            OutcomeKind("road-repaired", people: 50...2000, dollars: 2000...60_000),
            OutcomeKind("signal-replaced", people: 50...3000),
        ],
        misses: [
            ("an ended connection", SampleReference("agreement", "PM-SC-1979-01", "designed-from")),
            ("an ended connection", SampleReference("agreement", "MOU-2018-022", "trained-under")),
            ("a connection out of scope", SampleReference("programme", "THA-01", "trained-under")),
            ("a connection out of scope", SampleReference("programme", "CWX-HAEWON", "trained-under")),
        ],
        cases: transportCases)

    private static let transportCases = [
        ScriptedCase(
            "a transit corridor designed from an exchange in C40", "corridor-opened", on: (2026, 3, 4), people: 5200,
            [SampleReference("programme", "C40-BUS-ACCELERATOR", "designed-from")], .contributed
        ) {
            $0.dollars = 640_000
            $0.narrative = "Synthetic sample text: a bus lane drawn after a visit that never happened."
        },
        ScriptedCase(
            "a corridor paid and designed with a network and a friendship city", "corridor-opened", on: (2026, 6, 22),
            people: 7400,
            [
                SampleReference("grant", "C40-FIN-2024-031", "funded-by"),
                SampleReference("partner", "PTR-0107", "designed-from"),
            ], .enabled
        ) { $0.dollars = 820_000 },
        ScriptedCase(
            "a foreign-owned business' training centre", "drivers-trained", on: (2025, 9, 15), people: 24,
            [SampleReference("venue", "KRW-TRAINING-CENTRE", "delivered-at")], .enabled
        ) { $0.isBinary = true },
        ScriptedCase(
            "training with a sister city", "drivers-trained", on: (2025, 10, 30), people: 9,
            [SampleReference("programme", "TANNBRUCK-APPRENTICES", "trained-under")], .contributed),
        ScriptedCase(
            "a design borrowed under an agreement", "ferry-service-extended", on: (2026, 7, 20), people: 1300,
            [SampleReference("agreement", "MOU-2023-005", "designed-from")], .contributed),
        ScriptedCase(
            "a network that brought people together", "cycle-lane-opened", on: (2026, 5, 11), people: 900,
            [SampleReference("programme", "U20-SHERPA-TRACK", "convened-by")], .contributed),
        ScriptedCase(
            "a trade office", "ferry-service-extended", on: (2026, 8, 3), people: 600,
            [SampleReference("partner", "PTR-0801", "convened-by")], nil),
        ScriptedCase(
            "an ended connection", "cycle-lane-opened", on: (2026, 4, 7), people: 350,
            [SampleReference("agreement", "PM-SC-1979-01", "designed-from")], .domestic),
        ScriptedCase(
            "a connection out of scope", "drivers-trained", on: (2026, 2, 24), people: 11,
            [SampleReference("venue", "THA-WORKSHOP", "delivered-at")], .domestic),
        ScriptedCase(
            "an unverified connection", "ferry-service-extended", on: (2026, 1, 8), people: 210,
            [SampleReference("programme", "HCF-EXCHANGE", "designed-from")], .abstained),
        ScriptedCase(
            "a reference without a mechanism", "corridor-opened", on: (2026, 8, 12), people: 2100,
            [SampleReference("partner", "PTR-0201")], .abstained),
        ScriptedCase(
            "a scheme of the department's own", "road-repaired", on: (2026, 8, 19), people: 180,
            [SampleReference("work-order", "WO-4711")], .domestic
        ) { $0.isBinary = true },
        ScriptedCase(
            "an outcome that is corrected later", "cycle-lane-opened", on: (2026, 5, 28), people: 640,
            [SampleReference("agreement", "PM-SC-2017-01", "designed-from")], .contributed),
    ]
}
