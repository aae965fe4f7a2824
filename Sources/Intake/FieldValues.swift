import Attribution
import JSON
import Primitives

extension OutcomeField {
    /// The place among all fields.
    var place: Int {
        switch self {
        case .key: 0
        case .type: 1
        case .occurredOn: 2
        case .count: 3
        case .people: 4
        case .usd: 5
        case .direction: 6
        case .district: 7
        case .groups: 8
        case .revision: 9
        case .retracted: 10
        case .time: 11
        }
    }
}

extension DecimalText {
    /// The form that a profile states, or else plain digits.
    init(_ form: ValueForm?) {
        if case .number(let form) = form { self = form } else { self = .plain }
    }
}

/// Bounds and forms of values.
public enum Values {
    /// More than any city counts: a larger number is a mistake of the source.
    static let countMax: Int64 = 1_000_000_000
    /// 100 billion US dollars, in cents.
    static let usdCentsMax: Int64 = 10_000_000_000_000
    static let codeBytesMax = 64

    /// True for what can be a code: letters, digits and `. _ : / -`, at most 64. A name or a sentence has a space.
    public static func isCode(_ text: UnsafeRawBufferPointer) -> Bool {
        guard !text.isEmpty, text.count <= codeBytesMax else { return false }
        for byte in text {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2e, 0x5f, 0x3a, 0x2f, 0x2d: continue
            default: return false
            }
        }
        return true
    }

    /// Dollars as cents; nil where the amount has more than two decimals or is out of bounds.
    static func cents(_ dollars: Double) -> Int64? {
        guard dollars >= 0, dollars * 100 <= Double(usdCentsMax) else { return nil }
        let cents = (dollars * 100).rounded()
        // The nearest double to a decimal with two places differs from it by far less than this.
        guard (cents / 100 - dollars).magnitude <= dollars.ulp * 2 else { return nil }
        return Int64(cents)
    }

    /// The day of `YYYY-MM-DD`, also at the head of an RFC 3339 date and time, in the zone in which it is written.
    static func day(_ text: UnsafeRawBufferPointer) -> CivilDate? {
        if text.count == 10 { return CivilDate(text) }
        guard text.count > 10, Timestamp(text) != nil else { return nil }
        return CivilDate(UnsafeRawBufferPointer(rebasing: text[..<10]))
    }

    /// `true` or `false`.
    static func truth(_ text: UnsafeRawBufferPointer) -> Bool? {
        if text.holdsSame(as: "true") { return true }
        return text.holdsSame(as: "false") ? false : nil
    }

    /// A whole number of at most 18 digits, as a revision is.
    static func wholeNumber(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard !text.isEmpty, text.count <= 18 else { return nil }
        var value: Int64 = 0
        for byte in text {
            guard byte &- 48 < 10 else { return nil }
            value = value * 10 + Int64(byte &- 48)
        }
        return value
    }
}

extension OutcomeField {
    /// What is expected in the place of a constant of the profile; nil where the constant is right.
    func expectation(of constant: [UInt8]) -> String? {
        constant.withUnsafeBytes { text in
            switch self {
            case .key: "a path: a constant would be the id of every record"
            case .groups: "a path to the members of an object, such as $.groups.*"
            case .type, .district: Values.isCode(text) ? nil : "a code: letters, digits and . _ : / -, at most 64"
            case .occurredOn: Values.day(text) != nil ? nil : "a day such as 2026-03-04"
            case .time: Timestamp(text)?.isWritable == true ? nil : "a date and time such as 2026-03-04T15:04:05Z"
            case .count: whole(text, 1...Values.countMax)
            case .people: whole(text, 0...Values.countMax)
            case .usd: whole(text, 0...(Values.usdCentsMax / 100))
            case .revision: whole(text, 0...999_999_999_999_999_999)
            case .direction:
                text.holdsSame(as: "inbound") || text.holdsSame(as: "outbound") ? nil : "inbound or outbound"
            case .retracted: Values.truth(text) != nil ? nil : "true or false"
            }
        }
    }

    private func whole(_ text: UnsafeRawBufferPointer, _ range: ClosedRange<Int64>) -> String? {
        if let number = Values.wholeNumber(text), range.contains(number) { return nil }
        return "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
}

extension SourceEvent {
    /// Sets a field from a value of the event.
    mutating func set(
        _ field: OutcomeField, _ value: ExtractedValue, _ place: Place, _ state: inout ReadingState
    ) throws(Fault) {
        switch field {
        case .count: outcome.count = try whole(value, from: 1, place)
        case .people: outcome.people = try whole(value, from: 0, place)
        case .usd: outcome.usdCents = try money(value, place)
        case .groups: try addGroup(value, whole(value, from: 0, place), place, state.groupsMax)
        case .retracted: outcome.isRetracted = try truth(value, place)
        default:
            try set(field, text: try text(value, place, &state), place.name)
        }
    }

    /// Sets a field from a value of the event that the profile says how to read.
    /// - Returns: false where the value stands for none.
    mutating func set(
        _ field: OutcomeField, _ value: ExtractedValue, preparedBy source: FieldSource, _ place: Place,
        _ state: inout ReadingState
    ) throws(Fault) -> Bool {
        // An amount with a fraction has no text of its own, and stands on no list.
        if value.kind == .double, source.map == nil {
            try set(field, value, place, &state)
            return true
        }
        guard let text = try source.prepared(value, place, &state) else { return false }
        switch (field, source.form) {
        case (.groups, let form): try addGroup(value, number(text, form, from: 0, place), place, state.groupsMax)
        case (.count, let form): outcome.count = try number(text, form, from: 1, place)
        case (.people, let form): outcome.people = try number(text, form, from: 0, place)
        case (.usd, let form): outcome.usdCents = try dollars(text, form, place)
        case (.retracted, _):
            guard let truth = Values.truth(text) else {
                throw Fault(.fieldKind, "\(place.name): expected true or false")
            }
            outcome.isRetracted = truth
        case (.occurredOn, .date(let form)): outcome.occurredOn = try date(text, form, state.timeZone, place).day
        case (.time, .date(let form)): time = try instant(text, form, state.timeZone, place)
        case (.revision, .date(let form)):
            revision = try max(0, instant(text, form, state.timeZone, place).microseconds)
        default: try set(field, text: text, place.name)
        }
        return true
    }

    /// Adds the count of a group that has a source of its own.
    mutating func addGroup(
        _ code: [UInt8], _ value: ExtractedValue, preparedBy source: FieldSource, _ place: Place,
        _ state: inout ReadingState
    ) throws(Fault) {
        guard let text = try source.prepared(value, place, &state) else { return }
        let people = try number(text, source.form, from: 0, place)
        let code = state.keep(code)
        // The first path that has a value counts; they stand in no order.
        if !outcome.groups.contains(where: { $0.code.elementsEqual(code) }) {
            outcome.groups.append((code: code, people: people))
        }
    }

    private func number(
        _ text: UnsafeRawBufferPointer, _ form: ValueForm?, from least: Int64, _ place: Place
    ) throws(Fault) -> Int64 {
        try bounded(DecimalText(form).wholeNumber(text), from: least, place)
    }

    private func dollars(
        _ text: UnsafeRawBufferPointer, _ form: ValueForm?, _ place: Place
    ) throws(Fault) -> Int64 {
        try bounded(cents: DecimalText(form).cents(text), place)
    }

    private func date(
        _ text: UnsafeRawBufferPointer, _ form: DateForm, _ timeZone: TimeZoneRules?, _ place: Place
    ) throws(Fault) -> DateReading {
        guard let reading = form.read(text, in: timeZone) else {
            throw Fault(.fieldDate, "\(place.name): expected a date such as \(form.example)")
        }
        return reading
    }

    private func instant(
        _ text: UnsafeRawBufferPointer, _ form: DateForm, _ timeZone: TimeZoneRules?, _ place: Place
    ) throws(Fault) -> Timestamp {
        guard let instant = try date(text, form, timeZone, place).instant else {
            throw Fault(
                .fieldDate,
                "\(place.name): expected a date and time; where it is a local one, state timezone in the profile")
        }
        return instant
    }

    /// Sets a field from a constant of the profile.
    mutating func set(_ field: OutcomeField, constant: [UInt8], _ state: inout ReadingState) throws(Fault) {
        let text = state.keep(constant)
        let name = "outcome.\(field.rawValue)"
        switch field {
        case .count, .people:
            guard let number = Values.wholeNumber(text) else {
                throw Fault(.fieldKind, "\(name): expected a whole number in the profile")
            }
            if field == .count { outcome.count = number } else { outcome.people = number }
        case .usd: outcome.usdCents = Values.wholeNumber(text).map { $0 * 100 }
        case .retracted: outcome.isRetracted = Values.truth(text) == true
        case .groups: break
        default: try set(field, text: text, name)
        }
    }

    private mutating func set(
        _ field: OutcomeField, text: UnsafeRawBufferPointer, _ name: @autoclosure () -> String
    ) throws(Fault) {
        switch field {
        case .key:
            recordID = text
        case .type:
            outcome.type = try code(text, name())
        case .district:
            outcome.district = try code(text, name())
        case .occurredOn:
            outcome.occurredOn = Values.day(text)
            if outcome.occurredOn == nil { throw Fault(.fieldDate, "\(name()): expected a day such as 2026-03-04") }
        case .time:
            time = Timestamp(text)
            if time?.isWritable != true {
                throw Fault(.fieldDate, "\(name()): expected a date and time such as 2026-03-04T15:04:05Z")
            }
        case .revision:
            revision = Values.wholeNumber(text)
            if revision == nil { throw Fault(.fieldRange, "\(name()): expected a whole number from 0, or no revision") }
        case .direction:
            if text.holdsSame(as: "inbound") {
                outcome.direction = .inbound
            } else if text.holdsSame(as: "outbound") {
                outcome.direction = .outbound
            } else {
                throw Fault(.fieldCode, "\(name()): expected inbound or outbound")
            }
        default: break
        }
    }

    private func text(
        _ value: ExtractedValue, _ place: Place, _ state: inout ReadingState
    ) throws(Fault) -> UnsafeRawBufferPointer {
        guard let text = state.text(of: value) else { throw Fault(.fieldKind, "\(place.name): expected a text") }
        return text
    }

    private func code(_ text: UnsafeRawBufferPointer, _ name: @autoclosure () -> String) throws(Fault)
        -> UnsafeRawBufferPointer
    {
        guard Values.isCode(text) else {
            throw Fault(
                .fieldCode, "\(name()): expected a code of letters, digits and . _ : / -, at most 64 characters")
        }
        return text
    }

    private func whole(_ value: ExtractedValue, from least: Int64, _ place: Place) throws(Fault) -> Int64 {
        let number: Int64?
        switch value.kind {
        case .integer: number = value.integer
        case .unsigned: number = nil
        case .double: number = Int64(exactly: value.double)
        default: throw Fault(.fieldKind, "\(place.name): expected a whole number")
        }
        return try bounded(number, from: least, place)
    }

    /// A count within its bounds; nil is none.
    private func bounded(_ number: Int64?, from least: Int64, _ place: Place) throws(Fault) -> Int64 {
        guard let number, number >= least, number <= Values.countMax else {
            throw Fault(.fieldRange, "\(place.name): expected a whole number from \(least) to \(Values.countMax)")
        }
        return number
    }

    private func money(_ value: ExtractedValue, _ place: Place) throws(Fault) -> Int64 {
        let cents: Int64?
        switch value.kind {
        case .integer: cents = (0...Values.usdCentsMax / 100).contains(value.integer) ? value.integer * 100 : nil
        case .unsigned: cents = nil
        case .double: cents = Values.cents(value.double)
        default: throw Fault(.fieldKind, "\(place.name): expected an amount of US dollars as a number")
        }
        return try bounded(cents: cents, place)
    }

    /// An amount within its bounds; nil is none.
    private func bounded(cents: Int64?, _ place: Place) throws(Fault) -> Int64 {
        guard let cents, cents >= 0, cents <= Values.usdCentsMax else {
            throw Fault(
                .fieldRange,
                "\(place.name): expected US dollars from 0 to \(Values.usdCentsMax / 100) with at most two decimals")
        }
        return cents
    }

    private func truth(_ value: ExtractedValue, _ place: Place) throws(Fault) -> Bool {
        switch value.kind {
        case .true: return true
        case .false: return false
        default: throw Fault(.fieldKind, "\(place.name): expected true or false")
        }
    }

    private mutating func addGroup(
        _ value: ExtractedValue, _ people: Int64, _ place: Place, _ most: Int
    ) throws(Fault) {
        guard let key = value.key, Values.isCode(key) else {
            throw Fault(.fieldCode, "\(place.name): expected groups to be named by codes without spaces")
        }
        guard outcome.groups.count < most else {
            throw Fault(.fieldRange, "\(place.name): expected at most \(most) groups")
        }
        outcome.groups.append((code: key, people: people))
    }
}
