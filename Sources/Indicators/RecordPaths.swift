import JSON
import Primitives

extension RecordReader {
    /// The members of a record that are read.
    enum Slot: Int, CaseIterable {
        case recordType, key, department, type, occurredOn, count, people, usd, direction, district, groups, revision
        case retracted, decision, creditConnection, basisPoints, domesticBasisPoints
        case evidenceConnection, tier, mechanism, origin, rules, registry, profile, engine

        fileprivate var steps: [SimplePath.Step] {
            switch self {
            case .recordType: [.member("type")]
            case .key: outcome("key")
            case .department: outcome("department")
            case .type: outcome("type")
            case .occurredOn: outcome("occurredOn")
            case .count: outcome("count")
            case .people: outcome("people")
            case .usd: outcome("usd")
            case .direction: outcome("direction")
            case .district: outcome("district")
            case .groups: outcome("groups") + [.wildcard]
            case .revision: outcome("revision")
            case .retracted: outcome("retracted")
            case .decision: data("decision")
            case .creditConnection: data("credit") + [.wildcard, .member("connection")]
            case .basisPoints: data("credit") + [.wildcard, .member("basisPoints")]
            case .domesticBasisPoints: data("domesticBasisPoints")
            case .evidenceConnection: data("evidence") + [.wildcard, .member("connection")]
            case .tier: data("evidence") + [.wildcard, .member("tier")]
            case .mechanism: data("evidence") + [.wildcard, .member("mechanism")]
            case .origin: data("evidence") + [.wildcard, .member("origin")]
            case .rules: data("provenance") + [.member("rules")]
            case .registry: data("provenance") + [.member("registry")]
            case .profile: data("provenance") + [.member("profile")]
            case .engine: data("provenance") + [.member("engine")]
            }
        }

        private func data(_ name: String) -> [SimplePath.Step] { [.member("data"), .member(name)] }
        private func outcome(_ name: String) -> [SimplePath.Step] { data("outcome") + [.member(name)] }
    }

    static let plan = ExtractionPlan(Slot.allCases.map { SimplePath(steps: $0.steps) })

    /// The values of one record, in the memory of the extractor.
    struct Reading {
        struct Credit {
            var connection: UnsafeRawBufferPointer?
            var basisPoints: Int64?
        }

        struct Reason {
            var connection: UnsafeRawBufferPointer?
            var tier: UnsafeRawBufferPointer?
            var mechanism: UnsafeRawBufferPointer?
            var origin: UnsafeRawBufferPointer?
        }

        private var single = [ExtractedValue?](repeating: nil, count: Slot.allCases.count)
        private(set) var groups: [(value: ExtractedValue, code: UnsafeRawBufferPointer)] = []
        private(set) var credit: [Credit] = []
        private(set) var evidence: [Reason] = []

        /// Takes the values of a record in place of those of the one before.
        mutating func take(_ values: ExtractedValues) {
            for slot in single.indices { single[slot] = nil }
            groups.removeAll(keepingCapacity: true)
            credit.removeAll(keepingCapacity: true)
            evidence.removeAll(keepingCapacity: true)
            for value in values { take(value) }
        }

        private mutating func take(_ value: ExtractedValue) {
            guard let slot = Slot(rawValue: value.slot) else { return }
            switch slot {
            case .groups:
                if let code = value.key { groups.append((value, code)) }
            case .creditConnection, .basisPoints:
                while credit.count <= value.element { credit.append(Credit()) }
                if slot == .creditConnection {
                    credit[value.element].connection = Reading.text(value)
                } else if value.kind == .integer {
                    credit[value.element].basisPoints = value.integer
                }
            case .evidenceConnection, .tier, .mechanism, .origin:
                while evidence.count <= value.element { evidence.append(Reason()) }
                let text = Reading.text(value)
                switch slot {
                case .evidenceConnection: evidence[value.element].connection = text
                case .tier: evidence[value.element].tier = text
                case .mechanism: evidence[value.element].mechanism = text
                default: evidence[value.element].origin = text
                }
            default: single[slot.rawValue] = value
            }
        }

        private static func text(_ value: ExtractedValue) -> UnsafeRawBufferPointer? {
            value.kind == .string ? value.text : nil
        }

        /// The text of a member; nil where it is none.
        func text(_ slot: Slot) -> UnsafeRawBufferPointer? {
            single[slot.rawValue].flatMap(Reading.text)
        }

        /// The text of a member that has to be there.
        func text(_ slot: Slot, _ path: String, _ what: String) throws(RecordFault) -> UnsafeRawBufferPointer {
            guard let text = text(slot), !text.isEmpty else {
                throw RecordFault(path: path, expectation: "expected \(what)")
            }
            return text
        }

        /// A whole number from 0; nil where the record does not say.
        func count(_ slot: Slot, _ path: String) throws(RecordFault) -> Int64? {
            guard let value = single[slot.rawValue], value.kind != .null else { return nil }
            return try Reading.count(value, path)
        }

        /// A whole number from 0 that is as small as the schema promises, so that no sum overflows.
        static func count(_ value: ExtractedValue, _ path: String) throws(RecordFault) -> Int64 {
            guard value.kind == .integer, (0...1_000_000_000).contains(value.integer) else {
                throw RecordFault(path: path, expectation: "expected a whole number from 0 to 1000000000")
            }
            return value.integer
        }

        /// Money in cents; nil where the record does not say.
        func cents() throws(RecordFault) -> Int64? {
            guard let value = single[Slot.usd.rawValue], value.kind != .null else { return nil }
            switch value.kind {
            case .integer, .unsigned, .double:
                guard (0...1e11).contains(value.double) else { break }
                return Int64((value.double * 100).rounded())
            default: break
            }
            throw RecordFault(path: "data.outcome.usd", expectation: "expected US dollars from 0 to 100000000000")
        }

        var domesticBasisPoints: Int64? {
            single[Slot.domesticBasisPoints.rawValue].flatMap { $0.kind == .integer ? $0.integer : nil }
        }

        func isRetracted() throws(RecordFault) -> Bool {
            let decision = try text(.decision, "data.decision", "a decision")
            let retracted = single[Slot.retracted.rawValue]?.kind
            guard retracted == .true || retracted == .false else {
                throw RecordFault(path: "data.outcome.retracted", expectation: "expected true or false")
            }
            let isRetracted = retracted == .true
            guard isRetracted == decision.holdsSame(as: "retracted") else {
                throw RecordFault(path: "data.decision", expectation: "expected retracted where the outcome is")
            }
            return isRetracted
        }

        func isClaim() throws(RecordFault) -> Bool {
            let decision = try text(.decision, "data.decision", "a decision")
            return decision.holdsSame(as: "enabled") || decision.holdsSame(as: "contributed")
        }

        func standing() throws(RecordFault) -> OutcomeStanding {
            let decision = try text(.decision, "data.decision", "a decision")
            let names: [(StaticString, OutcomeStanding)] = [
                ("enabled", .enabled), ("contributed", .contributed), ("abstained", .abstained),
                ("domestic", .domestic),
            ]
            guard let standing = names.first(where: { decision.holdsSame(as: $0.0) })?.1 else {
                throw RecordFault(
                    path: "data.decision",
                    expectation: "expected enabled, contributed, abstained, domestic or retracted")
            }
            guard let direction = text(.direction) else {
                throw RecordFault(path: "data.outcome.direction", expectation: "expected inbound or outbound")
            }
            if direction.holdsSame(as: "outbound") { return .outbound }
            guard direction.holdsSame(as: "inbound") else {
                throw RecordFault(path: "data.outcome.direction", expectation: "expected inbound or outbound")
            }
            return standing
        }

        /// The revision, 20 digits; nil where it is empty.
        func revision() throws(RecordFault) -> UInt64? {
            guard let text = text(.revision) else {
                throw RecordFault(path: "data.outcome.revision", expectation: "expected 20 digits, or an empty text")
            }
            if text.isEmpty { return nil }
            var value: UInt64 = 0
            for digit in text {
                guard text.count == 20, (0x30...0x39).contains(digit), value < UInt64(Int64.max) / 10 + 1 else {
                    throw RecordFault(
                        path: "data.outcome.revision", expectation: "expected 20 digits, or an empty text")
                }
                value = value * 10 + UInt64(digit - 0x30)
            }
            return value
        }
    }
}
