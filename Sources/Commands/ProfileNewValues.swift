import Intake
import JSON
import Primitives

/// What is known of all values at one path: enough to propose what they are, and no value but short codes.
struct ValueFacts {
    /// The most different values that a field of codes has.
    static let codesMax = 12
    /// A code with more digits, or a longer one, may be a number of somebody or of something.
    private static let (codeDigitsMax, codeBytesMax) = (6, 40)
    /// Texts that stand for no value in exports.
    static let absentTexts: Set<String> = ["", "-", "N/A", "n/a", "NA", "NULL", "null", "None", "none"]

    /// The values that stand for something.
    private(set) var count = 0
    /// The forms of dates that all of them have; among `locals` those without an instant in at least one value.
    private(set) var dates = DateForm.allCases
    private(set) var locals: Set<DateForm> = []
    /// The forms of whole numbers and of amounts that all texts have.
    private(set) var wholeForms = DecimalText.allCases
    private(set) var amountForms = DecimalText.allCases
    /// True where a number below 0 is among them: -1 alone, or any other.
    private(set) var hasMinusOne = false
    private(set) var hasOtherNegative = false
    /// Of `absentTexts` those that are among the texts.
    private(set) var absent: Set<String> = []
    /// True where all can be codes of an outcome.
    private(set) var areCodes = true
    private(set) var hasSpaces = false
    /// False from the first value on that was there before.
    private(set) var areDistinct = true
    private var hashes: Set<Int> = []
    /// The values and how often each was there; nil where they are no short list of codes.
    private(set) var codes: [String: Int]? = [:]

    /// Takes a text.
    mutating func add(_ text: UnsafeRawBufferPointer) {
        if text.count <= 4, ValueFacts.absentTexts.contains(String(decoding: text, as: UTF8.self)) {
            absent.insert(String(decoding: text, as: UTF8.self))
            return
        }
        begin(text.hashOfBytes)
        dates.removeAll { form in
            guard let reading = form.read(text) else { return true }
            if reading.instant == nil { locals.insert(form) }
            return false
        }
        addNumber(text)
        if areCodes { areCodes = Values.isCode(text) }
        if !hasSpaces { hasSpaces = text.contains(0x20) }
        let digits = text.count { $0 &- 48 < 10 }
        let canBeShown = areCodes && digits <= ValueFacts.codeDigitsMax && text.count <= ValueFacts.codeBytesMax
        addCode(canBeShown ? String(decoding: text, as: UTF8.self) : nil)
    }

    /// Takes a whole number.
    mutating func add(_ number: Int64) {
        begin(number.hashValue)
        dates.removeAll { form in
            guard let reading = form.read(number) else { return true }
            if reading.instant == nil { locals.insert(form) }
            return false
        }
        note(number)
        addCode((0...999_999).contains(number) ? String(number) : nil)
    }

    /// Takes any other value, of which nothing is kept.
    mutating func addOther() {
        count += 1
        (dates, areDistinct, areCodes, codes) = ([], false, false, nil)
    }

    private mutating func begin(_ hash: Int) {
        count += 1
        guard areDistinct else { return }
        areDistinct = hashes.insert(hash).inserted
        if !areDistinct { hashes = [] }
    }

    private mutating func addNumber(_ text: UnsafeRawBufferPointer) {
        wholeForms.removeAll { $0.wholeNumber(text, isSigned: true) == nil }
        amountForms.removeAll { $0.cents(text, isSigned: true) == nil }
        if let number = wholeForms.first?.wholeNumber(text, isSigned: true) {
            note(number)
        } else if let cents = amountForms.first?.cents(text, isSigned: true), cents < 0 {
            hasOtherNegative = true
        }
    }

    private mutating func note(_ number: Int64) {
        guard number < 0 else { return }
        if number == -1 { hasMinusOne = true } else { hasOtherNegative = true }
    }

    private mutating func addCode(_ code: String?) {
        guard codes != nil else { return }
        guard let code else {
            codes = nil
            return
        }
        codes?[code, default: 0] += 1
        if let known = codes, known.count > ValueFacts.codesMax { codes = nil }
    }

    /// Takes what is known of values at another path that is to count as this one; codes are forgotten.
    mutating func merge(_ other: ValueFacts) {
        count += other.count
        dates.removeAll { !other.dates.contains($0) }
        locals.formUnion(other.locals)
        wholeForms.removeAll { !other.wholeForms.contains($0) }
        amountForms.removeAll { !other.amountForms.contains($0) }
        hasMinusOne = hasMinusOne || other.hasMinusOne
        hasOtherNegative = hasOtherNegative || other.hasOtherNegative
        absent.formUnion(other.absent)
        areCodes = areCodes && other.areCodes
        hasSpaces = hasSpaces || other.hasSpaces
        (areDistinct, hashes, codes) = (false, [], nil)
    }
}

extension UnsafeRawBufferPointer {
    /// A hash with the seed of this process.
    fileprivate var hashOfBytes: Int {
        var hasher = Hasher()
        hasher.combine(bytes: self)
        return hasher.finalize()
    }
}

/// The kinds of values at a path, with how often each was there.
struct KindCounts {
    private(set) var texts = 0
    private(set) var wholes = 0
    private(set) var numbers = 0
    private(set) var truths = 0
    private(set) var objects = 0
    private(set) var arrays = 0
    private(set) var nulls = 0

    mutating func add(_ kind: ExtractedValue.Kind) {
        switch kind {
        case .string: texts += 1
        case .integer: wholes += 1
        case .unsigned, .double: numbers += 1
        case .true, .false: truths += 1
        case .object: objects += 1
        case .array: arrays += 1
        case .null: nulls += 1
        }
    }

    mutating func merge(_ other: KindCounts) {
        texts += other.texts
        wholes += other.wholes
        numbers += other.numbers
        truths += other.truths
        objects += other.objects
        arrays += other.arrays
        nulls += other.nulls
    }

    /// The values that are neither object nor array.
    var scalars: Int { texts + wholes + numbers + truths + nulls }

    /// All kinds that are there, for people.
    var names: String {
        let all = [
            (texts, "text"), (wholes, "whole number"), (numbers, "number"), (truths, "true/false"),
            (objects, "object"), (arrays, "array"), (nulls, "null"),
        ]
        return all.filter { $0.0 > 0 }.map(\.1).joined(separator: " or ")
    }
}
