import Attribution
import JSON

extension JSONWriter {
    mutating func run(_ run: EvaluationRun) {
        object { writer in
            writer.member("file", run.file)
            writer.member("cases", "sha256:\(run.cases)")
            writer.member("rules", "sha256:\(run.rules)")
            writer.member("registry", "sha256:\(run.registry)")
            writer.member("engine", run.engine)
            writer.key("seed")
            writer.unsigned(run.seed)
            writer.member("side", run.side)
        }
    }

    mutating func counts(_ result: EvaluationResult) {
        object { writer in
            writer.member("cases", result.cases.count)
            writer.member("decidable", result.texts.detection.count)
            writer.member("undecidable", result.undecidable.heldBack.total)
            writer.member("groups", result.groups.detection.count)
        }
    }

    mutating func figures(_ figures: CaseFigures, f1Interval: Interval?) {
        object { writer in
            writer.members(figures)
            writer.member("f1Interval", f1Interval)
        }
    }

    mutating func slice(_ slice: CaseSlice) {
        object { writer in
            writer.member("name", slice.name)
            writer.members(slice.figures)
        }
    }

    private mutating func members(_ figures: CaseFigures) {
        members(figures.detection)
        member("abstained", figures.abstained)
        member("credited", figures.credited)
        member("rightWithoutConnection", figures.rightWithoutConnection)
    }

    private mutating func members(_ detection: Detection) {
        member("truePositives", detection.truePositives)
        member("falsePositives", detection.falsePositives)
        member("falseNegatives", detection.falseNegatives)
        member("trueNegatives", detection.trueNegatives)
        member("precision", detection.precision)
        member("recall", detection.recall)
        member("f1", detection.f1)
    }

    mutating func row(_ row: ConfusionTable.Row) {
        object { writer in
            writer.member("label", row.label.rawValue)
            writer.key("verdicts")
            writer.object { writer in
                for (verdict, count) in zip(CaseVerdict.allCases, row.counts) {
                    writer.key(verdict.rawValue)
                    writer.integer(count)
                }
            }
            writer.member("right", row.right)
        }
    }

    mutating func calibration(_ table: CalibrationTable) {
        object { writer in
            writer.member("cases", table.count)
            writer.member("expectedError", table.expectedError)
            writer.list("bins", table.bins) { writer, bin in
                writer.object { writer in
                    writer.member("from", Double(bin.place) / Double(CalibrationTable.binCount))
                    writer.member("to", Double(bin.place + 1) / Double(CalibrationTable.binCount))
                    writer.member("meanStrength", bin.meanStrength)
                    writer.member("positive", bin.positive)
                }
            }
        }
    }

    mutating func mistake(_ mistake: Mistake) {
        object { writer in
            writer.member("kind", mistake.kind.rawValue)
            writer.member("id", mistake.judged.labelled.id)
            writer.member("label", mistake.judged.labelled.label.rawValue)
            writer.member("verdict", mistake.judged.verdict.rawValue)
            writer.member("tier", mistake.judged.tier.map { "\($0.name)" })
            writer.member("strength", Double(mistake.judged.strength) / 10_000)
            writer.member("connections", mistake.judged.connections)
            writer.member("rules", mistake.judged.rules)
            writer.member("explanation", mistake.judged.explanation)
        }
    }

    mutating func baseline(_ figures: BaselineFigures) {
        object { writer in
            writer.member("name", figures.baseline.rawValue)
            writer.key("decidable")
            writer.object { $0.members(figures.decidable) }
            writer.key("all")
            writer.object { $0.members(figures.all) }
        }
    }

    mutating func comparison(_ comparison: Comparison) {
        object { writer in
            writer.key("run")
            writer.run(comparison.second.run)
            writer.member("precisionGain", comparison.precisionGain)
            writer.member("recallGain", comparison.recallGain)
            for (name, pairs) in [("texts", comparison.texts), ("groups", comparison.groups)] {
                writer.key(name)
                writer.object { writer in
                    writer.member("onlyFirst", pairs.onlyFirst)
                    writer.member("onlySecond", pairs.onlySecond)
                    writer.member("pValue", pairs.pValue)
                }
            }
            writer.list("changes", comparison.changes) { writer, change in
                writer.object { writer in
                    writer.member("id", change.before.labelled.id)
                    writer.member("label", change.before.labelled.label.rawValue)
                    writer.member("before", change.before.verdict.rawValue)
                    writer.member("after", change.after.verdict.rawValue)
                    writer.member("way", change.way.rawValue)
                }
            }
        }
    }
}
