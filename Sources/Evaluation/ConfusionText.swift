import Primitives

/// Label against verdict, as lines.
enum ConfusionText {
    static func lines(_ table: ConfusionTable) -> [String] {
        guard !table.rows.isEmpty else { return [] }
        return counts(table) + [""] + shares(table)
    }

    private static func counts(_ table: ConfusionTable) -> [String] {
        let names = CaseVerdict.allCases.map(\.name) + ["all"]
        func line(_ name: String, _ cells: [String]) -> String {
            name.padded(to: 18) + zip(cells, names).map { $0.aligned(to: $1.count + 3) }.joined()
        }
        return ["Label by verdict", line("", names)]
            + table.rows.map { row in
                line(row.label.rawValue, (row.counts + [row.right.total]).map { $0 == 0 ? "." : String($0) })
            }
    }

    private static func shares(_ table: ConfusionTable) -> [String] {
        ["Decided rightly, by label (a claim where the label is enabled or contributed, else none)"]
            + table.rows.map { "\($0.label.rawValue.padded(to: 18))  \(FixedText.counted($0.right))" }
    }
}
