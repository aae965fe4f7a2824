import Intake
import JSON
import Primitives

/// Which of the fields of a sample are likely which parts of a profile.
struct ProfileProposals {
    let fields: [SampleField]
    let documents: Int
    let envelope: Profile.Envelope

    init(_ sample: ProfileSample) {
        fields = SampleField.all(below: sample.root)
        documents = sample.documents
        envelope = sample.envelope
    }

    /// Of the fields for which words and test hold, that of the first phrase; of those the one nearest the root.
    private func best(
        _ phrases: [String], _ words: KeyPath<SampleField, NameWords> = \.last, where test: (SampleField) -> Bool
    ) -> SampleField? {
        var found: (field: SampleField, rank: Int)?
        for field in fields where field.canBeMapped {
            guard let rank = field[keyPath: words].rank(in: phrases), test(field) else { continue }
            if let found, (found.rank, found.field.names.count) <= (rank, field.names.count) { continue }
            found = (field, rank)
        }
        return found?.field
    }

    /// Where there is but one document, the first list of objects right in it.
    var listOfOneDocument: String? {
        guard documents == 1 else { return nil }
        return fields.first {
            $0.endsInWildcard && $0.names.count == 1 && $0.wildcards == 1 && $0.place.step == .elements
                && $0.place.seen > 1 && $0.kinds.objects == $0.place.seen
        }?.path
    }

    private func isInMost(_ field: SampleField) -> Bool { field.facts.count * 10 >= documents * 9 }

    // MARK: What every outcome has

    /// The id of the source record: nearest the root, since what is below identifies something else.
    var key: SampleField? {
        let names = [
            "id", "uuid", "guid", "key", "number", "no", "num", "nr", "identifier", "reference", "ref", "code",
        ]
        let candidates = fields.filter {
            $0.canBeMapped && $0.isIdentifierKind && !$0.isDate && isInMost($0) && $0.last.say(names)
                && ($0.facts.areDistinct || envelope == .debezium)
        }
        return candidates.min { cost($0, names) < cost($1, names) }
    }

    private func cost(_ field: SampleField, _ names: [String]) -> (Int, Int, Int) {
        let isOfAnother = field.isOfPerson || ReferenceProposal.kind(of: field.last) != nil
        return (isOfAnother ? 1 : 0, field.names.count, field.last.rank(in: names) ?? names.count)
    }

    /// The kind of outcome: a field of codes, of which all may be shown.
    var type: SampleField? {
        let names = [
            "outcome code", "outcome type", "outcome", "class code", "event type", "record type", "activity type",
            "service type", "kind", "type", "category", "service code", "activity", "class", "record", "event",
        ]
        func holds(_ field: SampleField) -> Bool {
            guard let codes = field.codes else { return false }
            return codes.areAll && isInMost(field) && !field.last.say(["status", "state", "id", "number", "system"])
        }
        return best(names, \.tail) { holds($0) && ($0.codes?.shown.count ?? 0) > 1 }
            ?? best(names, \.tail, where: holds)
    }

    /// The day of the outcome.
    var occurredOn: SampleField? {
        best(
            [
                "occurred", "outcome", "completed", "finished", "closed", "held", "ended", "moved", "served", "granted",
                "end", "visit", "occurrence", "first day", "start", "started", "begin", "date", "on", "day", "at",
                "datetime", "time", "requested", "timestamp",
            ], \.tail
        ) { isTime($0) && $0.facts.count * 2 >= documents && !isOfChange($0) }
    }

    /// When the record was changed last.
    var time: SampleField? {
        best(["updated", "changed", "modified"]) { isTime($0) && $0.facts.dates.contains { $0.hasInstants } }
    }

    private func isOfChange(_ field: SampleField) -> Bool {
        field.last.say(["updated", "changed", "modified", "expires", "due", "planned", "expected"])
    }

    private func isTime(_ field: SampleField) -> Bool {
        if field.isDate { return true }
        guard field.isIdentifierKind, !field.facts.dates.isEmpty else { return false }
        return field.last.say([
            "at", "on", "date", "datetime", "time", "timestamp", "ts", "ms", "day", "start", "end", "updated",
            "changed",
        ])
    }

    // MARK: Counts

    private static let identifying = ["id", "number", "no", "code", "key", "year", "index"]

    private func isWhole(_ field: SampleField) -> Bool {
        field.kinds.numbers == 0 && field.kinds.truths == 0 && !field.facts.hasOtherNegative
            && (field.kinds.texts == 0 || !field.facts.wholeForms.isEmpty) && !field.isDate
            && !field.last.say(ProfileProposals.identifying)
    }

    var people: SampleField? {
        best(
            [
                "people", "persons", "attendance", "attendees", "riders", "ridership", "participants", "participant",
                "passengers", "boardings", "beneficiaries", "visitors", "headcount", "served", "household size",
                "party size", "group size",
            ], \.tail, where: isWhole)
    }

    var count: SampleField? {
        let people = people?.path
        return best(["count", "quantity", "qty"]) { isWhole($0) && $0.path != people }
    }

    var usd: SampleField? {
        best(["usd", "dollars", "dollar", "amount", "cost", "costs", "spent", "price"]) { field in
            field.kinds.truths == 0 && !field.facts.hasOtherNegative && !field.isDate
                && (field.kinds.texts == 0 || !field.facts.amountForms.isEmpty)
                && !field.last.say(ProfileProposals.identifying)
        }
    }

    /// The path of an object of which the names are groups and the values counts.
    var groups: (path: String, field: SampleField)? {
        for field in fields where field.kinds.objects > 0 && field.kinds.scalars == 0 && field.wildcards == 0 {
            let members = field.place.children
            let areCounts = members.allSatisfy {
                $0.kinds.wholes > 0 && $0.kinds.wholes == $0.kinds.scalars && $0.kinds.objects + $0.kinds.arrays == 0
                    && $0.hasNameOfGroup
            }
            guard areCounts, members.count > 1 || members.first?.step == .members,
                field.last.say(["groups", "group", "counts", "by", "ages", "breakdown"]),
                let path = try? JSONPath(field.path + ".*"),
                DenyList.builtIn.denial(of: path, for: .output) == nil
            else { continue }
            return (field.path + ".*", field)
        }
        return nil
    }

    // MARK: The rest of an outcome

    var district: SampleField? {
        best(["district", "ward", "council", "borough", "precinct", "area"]) {
            $0.isIdentifierKind && !$0.isDate && $0.facts.areCodes
        }
    }

    var revision: SampleField? {
        best(["revision", "version", "rev", "sequence", "seq"]) { field in
            isWhole(field) && !field.facts.hasMinusOne
                && (field.kinds.texts == 0 || field.facts.wholeForms.contains(.plain))
        }
    }

    /// A field that says true where a record counts no more.
    var retracted: SampleField? {
        best(["deleted", "withdrawn", "retracted", "cancelled", "canceled", "void", "voided"]) {
            $0.kinds.truths > 0 && $0.facts.count == $0.kinds.truths
        }
    }

    /// A field of codes of which some say so.
    var retractingCodes: (field: SampleField, codes: [String])? {
        for field in conditions where field.last.say(["status", "state"]) {
            let codes = (field.codes?.shown ?? []).map(\.code).filter {
                NameWords.of($0).say(["error", "cancelled", "canceled", "withdrawn", "void", "deleted", "retracted"])
            }
            if !codes.isEmpty { return (field, codes) }
        }
        return nil
    }

    /// Fields by which events may be told from outcomes.
    var conditions: [SampleField] {
        fields.filter {
            $0.canBeMapped && $0.codes != nil && $0.names.count <= 2
                && $0.last.say([
                    "status", "state", "stage", "phase", "resource type", "event type", "record type", "record",
                ])
        }
    }
}

extension SamplePlace {
    /// True for a member of which the name is a code, and for the members of a map.
    fileprivate var hasNameOfGroup: Bool {
        switch step {
        case .member(let name): Array(name.utf8).withUnsafeBytes { Values.isCode($0) }
        case .members: true
        case .root, .elements: false
        }
    }
}
