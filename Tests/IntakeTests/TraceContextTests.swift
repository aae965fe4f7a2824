import Testing

@testable import Intake

/// W3C Trace Context headers.
@Suite struct TraceContextTests {
    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private func isParent(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes { TraceContext.isParent($0) } }

    private func isState(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes { TraceContext.isState($0) } }

    @Test func parents() {
        #expect(isParent(Self.parent))
        #expect(isParent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"))
    }

    @Test func theTraceHasItsIDOnlyWhereTheParentIsOfItsForm() {
        for (text, id) in [
            (Self.parent, "4bf92f3577b34da6a3ce929d0e0e4736"), (String(Self.parent.dropLast()), nil),
            (Self.parent.uppercased(), nil),
        ] {
            Array(text.utf8).withUnsafeBytes { bytes in
                var headers = EventHeaders()
                headers.traceparent = bytes
                #expect(headers.traceID == id)
            }
        }
    }

    @Test(
        arguments: [
            "", "00", parent + "0", String(parent.dropLast()), parent.uppercased(),
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01", "00-<script>",
        ])
    func whatIsNoParent(text: String) {
        #expect(!isParent(text))
    }

    @Test func states() {
        #expect(isState("congo=t61rcWkgMzE"))
        #expect(isState("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"))
        #expect(isState((0..<32).map { "k\($0)=v" }.joined(separator: ",")))
        #expect(isState("k=" + String(repeating: "v", count: 510)))
    }

    @Test func whatIsNoState() {
        for text in ["", "a", "=b", "a=b,", ",a=b", "a=b,,c=d", "a=b\n", "a=é", "a b=c"] {
            #expect(!isState(text), "\(text)")
        }
        #expect(!isState((0..<33).map { "k\($0)=v" }.joined(separator: ",")))
        #expect(!isState("k=" + String(repeating: "v", count: 511)))
    }

    @Test func headersGiveWhatIsOfItsForm() {
        let memory = Memory()
        var headers = EventHeaders()
        #expect(headers.checkedTraceparent == nil && headers.checkedTracestate == nil)
        headers.take(name: memory.keep("TraceParent"), value: memory.keep(Self.parent))
        headers.take(name: memory.keep("tracestate"), value: memory.keep("a=b"))
        #expect(headers.checkedTraceparent.map { String(decoding: $0, as: UTF8.self) } == Self.parent)
        #expect(headers.checkedTracestate.map { String(decoding: $0, as: UTF8.self) } == "a=b")
        headers.take(name: memory.keep("ce_traceparent"), value: memory.keep("00-bad"))
        #expect(headers.checkedTraceparent == nil)
        // A state without its parent is no trace context, and might be any text.
        #expect(headers.checkedTracestate == nil)
        withExtendedLifetime(memory) {}
    }

    @Test func headersOfOtherNamesMeanNothing() {
        let memory = Memory()
        var headers = EventHeaders()
        for name in ["", "ce_i", "ce_idx", "id", "ce-id", "ce\u{1f}id", "content_type"] {
            headers.take(name: memory.keep(name), value: memory.keep("x"))
        }
        headers.take(name: memory.keep("ce_id"), value: nil)
        #expect(headers.id == nil && headers.contentType == nil && headers.type == nil)
    }
}
