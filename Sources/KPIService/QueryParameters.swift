import HTTP

/// The query of a request, read by a list of what it may hold; everything that is wrong is told at once.
struct QueryParameters {
    private var values: [String: String] = [:]
    private(set) var errors: [Problem.ParameterError] = []

    init(_ request: HTTPRequest, known: [String]) {
        for item in request.query {
            if !known.contains(item.name) {
                report(
                    item.name,
                    known.isEmpty ? "expected no parameter" : "expected one of \(known.joined(separator: ", "))")
            } else if values.updateValue(item.value, forKey: item.name) != nil {
                report(item.name, "expected once")
            }
        }
    }

    mutating func report(_ parameter: String, _ detail: String) {
        errors.append(Problem.ParameterError(parameter: parameter, detail: detail))
    }

    /// The text of a parameter; nil where it is not there.
    subscript(name: String) -> String? { values[name] }

    /// A whole number within bounds.
    mutating func number(_ name: String, in range: ClosedRange<Int>, else standard: Int) -> Int {
        guard let text = values[name] else { return standard }
        guard text.utf8.allSatisfy({ $0 &- 48 < 10 }), let number = Int(text), range.contains(number) else {
            report(name, "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
            return standard
        }
        return number
    }

    /// One of some words.
    mutating func word(_ name: String, of words: [String]) -> String? {
        guard let text = values[name] else { return nil }
        if !words.contains(text) { report(name, "expected one of \(words.joined(separator: ", "))") }
        return text
    }

    /// The answer that tells what is wrong; nil where nothing is.
    func problem(_ request: HTTPRequest) -> HTTPResponse? {
        guard !errors.isEmpty else { return nil }
        return Problem(
            400, detail: "The query cannot be used as it is.", instance: request.path, errors: errors
        ).response()
    }
}
