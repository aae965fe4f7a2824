import Indicators
import Primitives
import Releases

/// Days and periods in words.
struct PeriodNames {
    let texts: PageTexts

    /// `June 8, 2026`, `8 de junio de 2026`.
    func day(_ day: CivilDate) -> String {
        let (year, month, number) = day.parts
        return texts("day", ["day": String(number), "month": self.month(month), "year": String(year)])
    }

    /// A date that may be known to the month or year only: `2024`, `2023-11`, `1996-10-12`.
    func partialDate(_ text: String) -> String {
        if let day = CivilDate(text) { return self.day(day) }
        let parts = text.split(separator: "-")
        if parts.count == 2, let number = Int(parts[1]), (1...12).contains(number) {
            return texts("month.of.year", ["month": month(number), "year": String(parts[0])])
        }
        return text
    }

    /// `April to June 2026`.
    func span(_ release: Release) -> String {
        let (from, to) = (release.firstDay.parts, release.lastDay.parts)
        if from.year == to.year, from.month == to.month {
            return texts("month.of.year", ["month": month(from.month), "year": String(from.year)])
        }
        return texts(
            from.year == to.year ? "span" : "span.years",
            [
                "from": month(from.month), "fromYear": String(from.year), "to": month(to.month),
                "year": String(to.year),
            ])
    }

    /// `between April and June 2026`, `in March 2026`, as part of a sentence.
    func within(_ release: Release) -> String {
        let (from, to) = (release.firstDay.parts, release.lastDay.parts)
        if from.year == to.year, from.month == to.month { return texts("within.month", ["month": span(release)]) }
        return texts(
            from.year == to.year ? "within" : "within.years",
            [
                "from": month(from.month), "fromYear": String(from.year), "to": month(to.month),
                "year": String(to.year),
            ])
    }

    /// `Q2 2026`, `June 2026`, `FY 2026`.
    func short(_ release: Release) -> String {
        let year = release.period.hasPrefix("FY") ? release.lastDay.parts.year : release.firstDay.parts.year
        switch release.length {
        case .month: return span(release)
        case .quarter:
            return texts(
                "quarter", ["number": String((release.firstDay.parts.month + 2) / 3), "year": String(year)])
        case .fiscalYear: return texts("fiscal.year", ["year": String(year)])
        }
    }

    /// A time stamp to the minute, in UTC.
    func time(_ time: Timestamp) -> String {
        let text = time.description
        return texts("time", ["day": day(time.date), "time": String(text.dropFirst(11).prefix(5))])
    }

    private func month(_ number: Int) -> String { texts["month.\(number)"] }
}

extension Release {
    /// How long its period is, by its days.
    var length: ReportingPeriod.Length {
        switch lastDay.daysSinceEpoch - firstDay.daysSinceEpoch {
        case ..<32: .month
        case ..<100: .quarter
        default: .fiscalYear
        }
    }
}
