/// JSON as the tests write it, with places for markers.
package indirect enum Field: Sendable {
    /// How a marker stands in a place.
    package enum Form: Sendable {
        case word
        case sentence
        /// With its first letter as `\u0041`.
        case escaped
        /// A number that is whole, or a fraction of one: the marker is its digits.
        case whole
        case fraction
        /// An identifier of a reference, which `explain` shows and no record holds.
        case identifier
    }

    case text(String)
    /// As it stands: numbers, `true`, `null`.
    case raw(String)
    case object([(name: String, value: Field)])
    case array([Field])
    case marker(Form)
    /// An object of all words of the deny list, each with a marker as its value.
    case words

    package static let word = Field.marker(.word)
    package static let sentence = Field.marker(.sentence)
    package static let escaped = Field.marker(.escaped)
    package static let whole = Field.marker(.whole)
    package static let fraction = Field.marker(.fraction)
    package static let identifier = Field.marker(.identifier)
    package static let null = Field.raw("null")
    /// The name of a member for which a marker stands.
    package static let markedName = "?"
}

extension Field: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int) { self = .raw(String(value)) }
    package init(booleanLiteral value: Bool) { self = .raw(String(value)) }
}

extension Field: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(arrayLiteral elements: Field...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, Field)...) {
        self = .object(elements.map { (name: $0, value: $1) })
    }
}

extension Field {
    /// The same with more members.
    package func adding(_ members: (String, Field)...) -> Field {
        guard case .object(let own) = self else { return self }
        return .object(own + members.map { (name: $0, value: $1) })
    }

    /// The places of all values below this one, the larger ones before their parts.
    var places: [[Int]] {
        children.enumerated().flatMap { index, child in [[index]] + child.places.map { [index] + $0 } }
    }

    private var children: [Field] {
        switch self {
        case .object(let members): members.map(\.value)
        case .array(let elements): elements
        default: []
        }
    }

    /// Whether a mark of victim services is in it, as the profiles read it.
    var isMarkedAsVictims: Bool {
        switch self {
        case .object(let members):
            members.contains { name, value in
                if case .raw = value, name.hasPrefix("victim") { return true }
                return value.isMarkedAsVictims
            }
        default: false
        }
    }

    /// The same with another value at a place, or without it.
    func replacing(_ place: ArraySlice<Int>, with value: Field?) -> Field {
        guard let index = place.first else { return value ?? .null }
        let rest = place.dropFirst()
        switch self {
        case .object(var members):
            if rest.isEmpty, value == nil {
                members.remove(at: index)
            } else {
                members[index].value = members[index].value.replacing(rest, with: value)
            }
            return .object(members)
        case .array(var elements):
            if rest.isEmpty, value == nil {
                elements.remove(at: index)
            } else {
                elements[index] = elements[index].replacing(rest, with: value)
            }
            return .array(elements)
        default: return self
        }
    }

    /// The JSON text.
    /// - Parameters:
    ///   - markers: makes the markers, and knows where they stand.
    ///   - place: where this stands, for the report.
    ///   - isWhole: whether the words of the deny list are written, too.
    func text(_ markers: inout Markers, at place: String, isWhole: Bool) -> String {
        switch self {
        case .text(let text): return "\"\(text)\""
        case .raw(let text): return text
        case .marker(let form): return markers.json(form, at: place)
        case .words:
            let words = isWhole ? DenyWords.members : []
            return Field.object(words).text(&markers, at: place, isWhole: isWhole)
        case .array(let elements):
            let texts = elements.enumerated().map {
                $1.text(&markers, at: "\(place)[\($0)]", isWhole: isWhole)
            }
            return "[\(texts.joined(separator: ","))]"
        case .object(let members):
            let texts = members.map { name, value in
                let key = name == Field.markedName ? markers.word("a name below \(place)") : name
                return "\"\(key)\":" + value.text(&markers, at: "\(place).\(name)", isWhole: isWhole)
            }
            return "{\(texts.joined(separator: ","))}"
        }
    }
}
