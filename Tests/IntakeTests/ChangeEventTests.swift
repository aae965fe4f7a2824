import Connections
import Testing

@testable import Intake

/// Change events of Debezium, with their schema beside them or not, in a CloudEvent or not.
@Suite struct ChangeEventTests {
    private let intaker: Intaker

    init() throws {
        intaker = try Intaker(
            """
            profile: cases
            version: 1
            system: case-db
            envelope: debezium
            when:
              - {path: $.status, in: [granted, closed]}
            victimServices:
              - {path: $.vsp, equals: "1"}
            outcome:
              key: $.case_id
              type: {path: $.status, map: {granted: case-granted}, otherwise: case-closed}
              occurredOn: $.decided_on
            references:
              - {scheme: programme, id: $.programme, mechanism: funded-by}
            """)
    }

    private func row(_ status: String, _ more: String = "") -> String {
        #"{"case_id":7,"status":"\#(status)","decided_on":"2026-03-04","programme":"P-1"\#(more)}"#
    }

    private func change(_ operation: String, before: String? = nil, after: String? = nil) -> String {
        #"{"before":\#(before ?? "null"),"after":\#(after ?? "null"),"op":"\#(operation)","ts_ms":1772636645500,"#
            + #""source":{"ts_ms":1772636645123,"query":"UPDATE cases SET status = 'granted'","table":"cases"}}"#
    }

    /// The same event in all the ways in which it can come.
    private func wrapped(_ change: String) -> [Sent] {
        let withSchema = #"{"schema":{"type":"struct","fields":[]},"payload":\#(change)}"#
        let binary = [
            ("ce_specversion", "1.0"), ("ce_id", "1"), ("ce_source", "/db"),
            ("ce_type", "io.debezium.mysql.datachange"),
        ]
        let attributes = #""specversion":"1.0","id":"1","source":"/db","type":"io.debezium.mysql.datachange""#
        return [change, withSchema].flatMap { document in
            [
                Sent(document), Sent(document, headers: binary), Sent("{\(attributes),\"data\":\(document)}"),
                Sent("{\(attributes),\"data\":\(document)}", headers: structured),
                Sent(bytes: [0, 0, 0, 0, 9] + Array(document.utf8)),
            ]
        }
    }

    @Test(arguments: ["c", "u"]) func aRowIsRead(_ operation: String) throws {
        for sent in wrapped(change(operation, before: row("open"), after: row("granted"))) {
            let taken = try intaker.taken(sent)
            #expect(taken.disposition == .outcome)
            #expect((taken.recordID, taken.type, taken.occurredOn) == ("7", "case-granted", "2026-03-04"))
            #expect(taken.time == "2026-03-04T15:04:05.123Z")
            #expect(taken.references.count == 1)
            #expect(taken.references.first?.hasSuffix("after.programme") == true)
        }
    }

    @Test func aDeletedRowIsWithdrawn() throws {
        for sent in wrapped(change("d", before: row("granted"))) {
            let taken = try intaker.taken(sent)
            #expect((taken.disposition, taken.recordID) == (.retraction, "7"))
            #expect(taken.time == "2026-03-04T15:04:05.123Z")
        }
        // The row was never an outcome: to say so again does no harm, and is not known for sure.
        #expect(try intaker.taken(Sent(change("d", before: row("open")))).disposition == .retraction)
    }

    @Test func whatIsNoOutcomeAnyMoreIsWithdrawn() throws {
        for sent in wrapped(change("u", before: row("granted"), after: row("open"))) {
            let taken = try intaker.taken(sent)
            #expect((taken.disposition, taken.recordID) == (.retraction, "7"))
        }
        #expect(
            try intaker.taken(Sent(change("u", before: row("open"), after: row("pending")))).disposition
                == .skipped(.notAnOutcome))
        // A source that does not say how the row was may have said before that it was an outcome.
        #expect(try intaker.taken(Sent(change("u", after: row("pending")))).disposition == .retraction)
        #expect(try intaker.taken(Sent(change("c", after: row("pending")))).disposition == .skipped(.notAnOutcome))
    }

    @Test(arguments: [("r", SkipReason.snapshot), ("t", .withoutRow), ("m", .withoutRow)])
    func whatIsNoChangeOfARow(_ operation: String, _ reason: SkipReason) throws {
        for sent in wrapped(change(operation, after: row("granted"))) {
            #expect(try intaker.taken(sent).disposition == .skipped(reason))
        }
    }

    @Test func aTombstoneWithdrawsTheRowOfItsKey() throws {
        let keys = [
            #"{"case_id":7}"#, #"{"schema":{"type":"struct"},"payload":{"case_id":7}}"#, "7", #"{"case_id":"7"}"#,
            "\0\0\0\0\u{9}{\"case_id\":7}",
        ]
        for key in keys {
            let taken = try intaker.taken(Sent(nil, key: key))
            #expect((taken.disposition, taken.recordID) == (.retraction, "7"), "\(key)")
        }
        #expect(try intaker.taken(Sent(nil)).disposition == .skipped(.tombstoneWithoutKey))
    }

    @Test func aTombstoneOfACompositeKey() throws {
        let intaker = try Intaker(
            """
            {profile: p, version: 1, system: s, envelope: debezium,
             outcome: {key: {join: [$.a, $.b]}, type: t, occurredOn: $.day}}
            """)
        let row = try intaker.taken(Sent(#"{"op":"c","after":{"a":1,"b":"x","day":"2026-03-04"}}"#))
        #expect(try intaker.taken(Sent(nil, key: #"{"b":"x","a":1}"#)).recordID == row.recordID)
        #expect(row.time == nil)
    }

    @Test func aVictimServiceIsKeptOutWhateverTheChange() throws {
        let hidden = row("granted", #","vsp":1"#)
        for change in [
            change("c", after: hidden), change("u", before: hidden, after: hidden), change("d", before: hidden),
        ] {
            #expect(try intaker.taken(Sent(change)).disposition == .skipped(.victimService))
        }
    }

    @Test func theTimeOfTheSourceGoesBeforeThatOfTheConnector() throws {
        let unknown = change("c", after: row("granted")).replacing("1772636645123", with: "0")
        #expect(try intaker.taken(Sent(unknown)).time == "2026-03-04T15:04:05.500Z")
        let absurd = unknown.replacing("1772636645500", with: "9223372036854775807")
        #expect(try intaker.taken(Sent(absurd)).time == nil)
    }

    @Test func whatIsNoChangeEventIsRefused() throws {
        for payload in [row("granted"), "{}", "[]", "7", #"{"op":null}"#] {
            #expect(try intaker.fault(Sent(payload)).code == .changeEvent, "\(payload)")
        }
        for operation in ["x", "", "cc", "C"] {
            let fault = try intaker.fault(Sent(change(operation, after: row("granted"))))
            #expect(fault.description == "envelope.change-event: $.op: expected one of c, u, d, r, t, m")
        }
        for payload in [#"{"op":"c","after":"granted"}"#, #"{"op":"u","before":{}}"#, change("d"), change("c")] {
            #expect(try intaker.fault(Sent(payload)).code == .changeEvent, "\(payload)")
        }
        let noKey = try intaker.fault(Sent(change("d", before: "{}")))
        #expect(noKey.description == "field.missing: $.before.case_id: expected the id of the source record")
    }

    @Test func framesOfASchemaRegistry() throws {
        let document = Array(change("c", after: row("granted")).utf8)
        #expect(try intaker.taken(Sent(bytes: [0, 1, 2, 3, 4] + Array(" \n".utf8) + document)).disposition == .outcome)
        // Avro's long, Protobuf's list of indexes, nothing at all.
        for rest: [UInt8] in [[14, 0x02], [0, 0x0a, 0x01], []] {
            let fault = try intaker.fault(Sent(bytes: [0, 0, 0, 0, 9] + rest))
            #expect(fault.code == .registryFraming)
            #expect(fault.message.contains("JSON Schema"))
        }
        #expect(try intaker.fault(Sent(bytes: [0])).code == .registryFraming)
    }
}
