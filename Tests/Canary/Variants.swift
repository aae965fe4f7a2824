/// A message with markers.
package struct CanaryMessage: Sendable {
    /// What has to become of it.
    package enum Expectation: Sendable {
        /// A record; in strict mode a dead letter for a field of the deny list.
        case outcome
        /// Nothing at all.
        case victimService
        /// A dead letter without payload, since its classification is not understood.
        case withheld
        /// Whatever the worker makes of it.
        case any
    }

    package let name: String
    package var payload: [UInt8]?
    package var key: String?
    package var headers: [(name: String, value: String)] = []
    package var expected = Expectation.any

    package init(
        name: String, payload: [UInt8]?, key: String?, headers: [(name: String, value: String)] = [],
        expected: Expectation = .any
    ) {
        (self.name, self.payload, self.key) = (name, payload, key)
        (self.headers, self.expected) = (headers, expected)
    }
}

/// The messages of a profile: its events as they are, and spoilt in every way.
package struct Variants {
    /// The messages so far.
    package private(set) var messages: [CanaryMessage] = []
    /// The markers in them.
    package private(set) var markers: Markers
    /// The headers of the event that is being spoilt.
    private var headers: [(name: String, value: String)] = []

    /// Makes the messages of a profile; none where nobody has written an event of its format.
    package init(profile: String, _ markers: Markers) {
        self.markers = markers
        for event in Formats.events(of: profile) ?? [] {
            headers = event.headers
            let isOutcome = event.expected == .outcome
            add(event.name, event.field, isWhole: true, isOutcome ? .outcome : .victimService)
            if isOutcome { addBroken(event) } else { addBrokenVictims(event) }
        }
        headers = []
        addTombstones()
        addDeniedNames(profile)
    }

    private mutating func add(
        _ name: String, _ field: Field, isWhole: Bool = false, _ expected: CanaryMessage.Expectation = .any
    ) {
        let text = field.text(&markers, at: "\(name): $", isWhole: isWhole)
        add(name, Array(text.utf8), expected)
    }

    private mutating func add(
        _ name: String, _ payload: [UInt8]?, _ expected: CanaryMessage.Expectation = .any,
        headers extra: [(name: String, value: String)] = []
    ) {
        let key = markers.word("\(name): key")
        let unknown = [
            (name: "x-\(markers.word("\(name): name of a header"))", value: "1"),
            (name: "x-caseworker", value: markers.word("\(name): header")),
        ]
        messages.append(
            CanaryMessage(
                name: name, payload: payload, key: key, headers: headers + extra + unknown, expected: expected))
    }

    private mutating func text(_ event: FormatEvent) -> [UInt8] {
        Array(event.field.text(&markers, at: "\(event.name), spoilt: $", isWhole: false).utf8)
    }

    // Each value in turn

    /// What stands in the place of each value. No code is among it: a code may be what the profile gives out.
    private static let wrong: [Field?] = [
        .sentence, .fraction, [.sentence], ["?": .sentence], nil,
    ]

    private mutating func addBroken(_ event: FormatEvent) {
        for place in event.field.places {
            for (index, value) in Variants.wrong.enumerated() {
                let broken = event.field.replacing(place[...], with: value)
                add("\(event.name), value \(place) as \(index)", broken)
            }
        }
        addTexts(event)
        addHeaders(event)
    }

    /// Whatever else is wrong with them, nothing is kept of them.
    private mutating func addBrokenVictims(_ event: FormatEvent) {
        guard case .object(let members) = event.field else { return }
        // Nothing around the data or the row, and not the mark, by which they are known.
        let row = members.firstIndex { $0.name == "data" || $0.name == "after" }
        for place in event.field.places where row == nil || place.count > 1 && place[0] == row {
            let broken = event.field.replacing(place[...], with: ["?": .sentence])
            if broken.isMarkedAsVictims { add("\(event.name), value \(place)", broken, .victimService) }
        }
    }

    // The text

    private mutating func addTexts(_ event: FormatEvent) {
        let whole = text(event)
        for eighth in 1..<8 { add("\(event.name), cut", Array(whole.prefix(whole.count * eighth / 8))) }
        add("\(event.name), cut by one", whole.dropLast())
        for (name, tail) in tails() { add("\(event.name), \(name)", Array(whole.dropLast()) + tail) }
        add("\(event.name), with a tail", whole + Array(" \(markers.word("tail"))".utf8))
        add("\(event.name), twice", whole + whole)
        add("\(event.name), in a list", Array("[".utf8) + whole + Array("]".utf8))
        add("\(event.name), framed", [0, 0, 0, 0, 7] + whole)
        add("no JSON", Array("\(markers.word("text")),\(markers.word("text"))\n".utf8))
        add("a text", Array("\"\(markers.word("text"))\"".utf8))
        add("a number", Array(markers.digits("number").utf8))
        add("binary", [0, 0, 0, 0, 7, 12] + Array(markers.word("Avro").utf8))
        add("UTF-16", markers.word("UTF-16").utf8.flatMap { [0, $0] })
        let long = String(repeating: markers.word("long text") + " ", count: 48_000)
        add("\(event.name), too large", Array(whole.dropLast()) + Array(",\"long\":\"\(long)\"}".utf8))
        let name = markers.word("long name")
        let names = (0..<4000).map { ",\"\(name)\($0)\":1" }.joined()
        add("\(event.name), many names", Array(whole.dropLast()) + Array("\(names)}".utf8))
    }

    /// Ends of an object that are wrong.
    private mutating func tails() -> [(String, [UInt8])] {
        func text(_ text: String) -> [UInt8] { Array(text.utf8) }
        let word = markers.word("end of the text")
        let deep = String(repeating: "{\"\(word)\":", count: 80) + "1" + String(repeating: "}", count: 80)
        return [
            ("a name twice", text(",\"\(word)\":1,\"\(word)\":2}")),
            ("a name twice below", text(",\"n\":{\"\(word)\":1,\"\(word)\":2}}")),
            ("escapes in a name twice", text(",\"\\u0051\(word.dropFirst())\":1,\"\(word)\":2}")),
            ("profile's names twice", text(",\"id\":\"\(word)\",\"data\":\"\(word)\",\"after\":\"\(word)\",\"id\":1}")),
            ("no value", text(",\"\(word)\":}")), ("no colon", text(",\"\(word)\"}")),
            ("no quotes", text(",\"a\":\(word)}")), ("a wrong escape", text(",\"a\":\"\(word)\\x\(word)\"}")),
            ("half a surrogate", text(",\"a\":\"\(word)\\ud800\(word)\"}")),
            ("a control character", text(",\"a\":\"\(word)\n\(word)\"}")),
            ("a zero before", text(",\"a\":0\(markers.digits("end of the text"))}")),
            ("a huge number", text(",\"a\":\(markers.digits("a"))\(markers.digits("b"))\(markers.digits("c"))}")),
            ("a huge exponent", text(",\"a\":\(markers.digits("exponent"))e999}")),
            ("no UTF-8", text(",\"a\":\"\(word)") + [0xff, 0xc0] + text("\(word)\"}")),
            ("too deep", text(",\"a\":\(deep)}")), ("open", text(",\"\(word)")),
        ]
    }

    // Headers and keys

    private mutating func addHeaders(_ event: FormatEvent) {
        let whole = text(event)
        let names = [
            "tracestate", "traceparent", "ce_tracestate", "ce_traceparent", "ce_specversion", "ce_type", "ce_time",
            "ce_id", "ce_subject", "ce_source", "content-type", "ce_personname", "city.error.message",
            "city.error.code", "city.error.withheld", "city.error.attempts", "city.error.topic",
        ]
        for name in names {
            let word = markers.word("header \(name)")
            let values = [
                word, "Told by \(word)", "application/\(word)", "00-\(word)-\(word)-01", "\(word) = ,", "v=\(word)",
            ]
            for value in values {
                add("header \(name)", whole, headers: [(name: name, value: value)])
            }
        }
        for name in ["ce_dataclassification", "ce_dataregulation"] {
            let word = markers.word("header \(name)")
            let version = (name: "ce_specversion", value: "1.0")
            add("header \(name)", whole, .withheld, headers: [version, (name: name, value: word)])
        }
    }

    private mutating func addTombstones() {
        add("tombstone", nil)
        for (name, key) in [
            ("object", #"{"case_number":"?"}"#), ("wrapped", #"{"schema":{},"payload":{"case_number":"?"}}"#),
            ("malformed", #"{"case_number":"?"#), ("other", #"{"?":["?"]}"#), ("list", #"["?"]"#),
        ] {
            let word = markers.word("key of a tombstone")
            messages.append(
                CanaryMessage(name: "tombstone, \(name)", payload: nil, key: key.replacing("?", with: word)))
        }
        messages.append(CanaryMessage(name: "tombstone without a key", payload: nil, key: nil))
    }

    /// Every word of the deny list in an event of its own, below a name that is a marker, and in such a name.
    private mutating func addDeniedNames(_ profile: String) {
        guard profile == "canonical" else { return }
        for (category, name) in DenyWords.all {
            let place = "\(name) (\(category))"
            let word = markers.word("a name with \(place)")
            add(
                "denied name \(place)",
                ["?": ["?": [.object([(name: name, value: .sentence), (name: "\(word)_\(name)", value: .word)])]]])
        }
    }
}
