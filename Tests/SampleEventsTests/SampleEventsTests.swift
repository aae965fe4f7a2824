import Attribution
import Connections
import Intake
import Testing

@testable import SampleEvents

@Suite struct SampleEventsTests {
    private let counts = 2000
    private let seed: UInt64 = 7

    private func all(_ judge: Judge) -> [Judged] {
        SampleEvents.departments.flatMap { department in
            judge.judge(SampleEvents.events(department: department, count: counts, seed: seed), of: department)
        }
    }

    @Test func sameSeedSameBytes() {
        for department in SampleEvents.departments {
            let events = SampleEvents.events(department: department, count: 500, seed: 1)
            let same = SampleEvents.events(department: department, count: 500, seed: 1)
            let other = SampleEvents.events(department: department, count: 500, seed: 2)
            let shorter = SampleEvents.events(department: department, count: 60, seed: 1)
            #expect(events.count == 500)
            #expect(events.map(bytes) == same.map(bytes))
            #expect(events.map(bytes) != other.map(bytes))
            #expect(shorter.map(bytes) == events.prefix(60).map(bytes))
        }
        #expect(SampleEvents.events(department: "libraries", count: 5, seed: 1).isEmpty)
        #expect(SampleEvents.events(department: "housing", count: 0, seed: 1).isEmpty)
    }

    @Test func aStreamGoesOnBehindAListInTheLastQuarter() throws {
        for department in SampleEvents.departments {
            let before = Set(SampleEvents.events(department: department, count: 300, seed: 1).compactMap(\.key))
            var stream = try #require(SampleEvents.Stream(department: department, after: 300, seed: 1))
            let events = (0..<200).map { _ in stream.next() }
            let quarter = Int64(1_782_864_000_000)...1_790_812_800_000
            let new = events.filter { event in
                event.key.map { !before.contains($0) } ?? false && quarter.contains(event.timestampMilliseconds)
            }
            // Corrections and withdrawals are of records that were there.
            #expect(new.count > 150, "\(department): \(new.count)")
        }
        #expect(SampleEvents.Stream(department: "libraries", after: 0, seed: 1) == nil)
    }

    @Test func everyEventIsWhatItSaysItIs() throws {
        for judged in all(try Judge()) {
            let note = "\(judged.event.note)"
            switch (judged.event.expectation, judged.outturn) {
            case (.outcome(let expected), .outcome(let verdict)):
                #expect(expected == nil || expected == verdict, "\(note)")
            case (.retraction, .retracted), (.tombstone, .retracted): break
            case (.skipped(let expected), .skipped(let reason)): #expect(reason == expected, "\(note)")
            case (.malformed(let expected), .fault(let code)): #expect(code == expected, "\(note)")
            default: Issue.record("\(note): expected \(judged.event.expectation), got \(judged.outturn)")
            }
        }
    }

    @Test func countsAddUp() throws {
        let judge = try Judge()
        for department in SampleEvents.departments {
            let events = SampleEvents.events(department: department, count: counts, seed: seed)
            let expected = SampleEvents.expected(of: events)
            let outturns = judge.judge(events, of: department).map(\.outturn)
            #expect(expected.total == events.count)
            #expect(expected.retracted > 0 && expected.tombstones > 0 && expected.skipped > 0)
            #expect(outturns.count { if case .outcome = $0 { true } else { false } } == expected.outcomes)
            #expect(outturns.count { $0 == .retracted } == expected.retracted + expected.tombstones)
            #expect(outturns.count { if case .skipped = $0 { true } else { false } } == expected.skipped)
            #expect(outturns.count { if case .fault = $0 { true } else { false } } == expected.malformed)
            #expect((5...40).contains(expected.malformed), "about 1 %")
            let domestic = outturns.count { $0 == .outcome(.domestic) }
            #expect((60...78).contains(domestic * 100 / events.count), "the majority is domestic: \(domestic)")
        }
    }

    @Test func everyMechanismHadAPart() throws {
        let mechanisms = Set(all(try Judge()).flatMap(\.mechanisms))
        #expect(mechanisms == Set(Mechanism.allCases))
    }

    /// A kind of which no connection is open to these departments can give a near miss at most.
    @Test func everyKindOfConnectionInScopeHadAPart() throws {
        let judge = try Judge()
        let judged = all(judge)
        let open = judge.registry.connections.filter { facts in
            facts.terms.last?.isVerified == true && facts.status == .active
                && SampleEvents.departments.contains { facts.includes(department: $0) }
        }
        let attributed = judged.flatMap(\.attributed)
        #expect(Set(attributed.map(\.type)) == Set(open.map(\.type)))
        #expect(Set(attributed.map(\.type)).union([.tradeOffice]) == Set(ConnectionType.allCases))
        let networks = Set(attributed.filter { $0.type == .network }.map(\.id))
        #expect(
            networks == [
                "pm:network:c40", "pm:network:mayors-migration-council", "pm:network:strong-cities", "pm:network:u20",
            ])
        #expect(judged.contains { "\($0.event.note)" == "a trade office" })
    }

    @Test func everyVerdictAndReasonOccurs() throws {
        let judged = all(try Judge())
        for verdict in SampleVerdict.allCases {
            #expect(judged.contains { $0.outturn == .outcome(verdict) }, "\(verdict)")
        }
        let reasons = Set(judged.flatMap(\.misses))
        #expect(reasons.isSuperset(of: [.ended, .notStarted, .outOfScope, .noMechanism, .unverified, .proposed]))
    }

    @Test func aProposedConnectionLeavesAnOutcomeUndecided() throws {
        let judged = all(try Judge()).filter { "\($0.event.note)" == "a proposed connection" }
        #expect(judged.map(\.outturn) == [.outcome(.abstained)] && judged.map(\.misses) == [[.proposed]])
    }

    @Test func everyFaultButTheSizeOccursAmongTheScriptedEvents() throws {
        let events = SampleEvents.departments.flatMap { SampleEvents.events(department: $0, count: 100, seed: seed) }
        let notes = Set(events.map { "\($0.note)" })
        for fault in SampleFault.allCases { #expect(notes.contains("\(fault.note)")) }
        let codes = Set(SampleFault.allCases.map(\.code))
        // The samples are canonical events: no change events, no frames, no rows, and not read in strict mode.
        let others =
            FaultCode.allCases.filter { $0.rawValue.hasPrefix("csv.") }
            + [.tooLarge, .changeEvent, .registryFraming, .deniedField]
        #expect(codes == Set(FaultCode.allCases.filter { !others.contains($0) }.map(\.rawValue)))
    }

    @Test func bothContentModesAndTracesOccur() {
        for department in SampleEvents.departments {
            let names = SampleEvents.events(department: department, count: counts, seed: seed)
                .map { $0.headers.map(\.name) }
            #expect(names.contains { $0.contains("ce_specversion") })
            #expect(names.contains { $0.contains("content-type") && !$0.contains("ce_specversion") })
            #expect(names.contains { $0.contains("traceparent") })
        }
    }

    private func bytes(_ event: SampleEvent) -> [[UInt8]] {
        [event.key ?? [], event.payload ?? [0], Array("\(event.timestampMilliseconds)".utf8)]
            + event.headers.flatMap { [Array($0.name.utf8), $0.value] }
    }
}
