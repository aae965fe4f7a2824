import Foundation
import FoundationXML
import Testing

@testable import Charts

/// An image, taken apart by an XML parser.
final class SVGElements: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""
        var title: String?

        func number(_ name: String) -> Double { attributes[name].flatMap(Double.init) ?? 0 }
        var styles: [String] { (attributes["class"] ?? "").split(separator: " ").map(String.init) }
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []
    let isWellFormed: Bool
    private var failed = false

    init(_ text: String) {
        // The delegate is called within `parse`, so it cannot be set before all is initialised.
        isWellFormed = XMLParser(data: Data(text.utf8)).parse()
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        _ = parser.parse()
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if let place = open.last { elements[place].text += text }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard let place = open.popLast(), name == "title", let parent = open.last else { return }
        elements[parent].title = elements[place].text
    }

    /// The shapes and texts, without what is only defined.
    var drawn: [Element] {
        let definitions = ["svg", "title", "desc", "defs", "pattern"]
        guard let pattern = elements.lastIndex(where: { $0.name == "pattern" }) else {
            return elements.filter { !definitions.contains($0.name) }
        }
        return elements[(pattern + 2)...].filter { !definitions.contains($0.name) }
    }

    var titles: [String] { drawn.compactMap(\.title) }
    var texts: [String] { drawn.filter { $0.name == "text" }.map(\.text) }

    /// The width and the height.
    var size: (width: Double, height: Double) {
        let numbers = (elements.first?.attributes["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
        return numbers.count == 4 ? (numbers[2], numbers[3]) : (0, 0)
    }

    /// What lies outside the image, in words.
    var outside: [String] {
        let (width, height) = size
        return drawn.compactMap { element in
            let box = Self.box(element)
            let isInside =
                box.left >= -0.11 && box.top >= -0.11 && box.right <= width + 0.11 && box.bottom <= height + 0.11
            return isInside
                ? nil : "\(element.name) \(element.attributes) \(element.text) \(box) of \(width) x \(height)"
        }
    }

    static func box(_ element: Element) -> (left: Double, top: Double, right: Double, bottom: Double) {
        let n = element.number
        switch element.name {
        case "rect": return (n("x"), n("y"), n("x") + n("width"), n("y") + n("height"))
        case "circle": return (n("cx") - n("r"), n("cy") - n("r"), n("cx") + n("r"), n("cy") + n("r"))
        case "line":
            return (min(n("x1"), n("x2")), min(n("y1"), n("y2")), max(n("x1"), n("x2")), max(n("y1"), n("y2")))
        case "text":
            let width = TextFit.width(element.text, size: 13, isStrong: element.styles.contains("strong"))
            let anchor = element.attributes["text-anchor"] ?? "start"
            let left = n("x") - (anchor == "end" ? width : anchor == "middle" ? width / 2 : 0)
            return (left, n("y") - 11, left + width, n("y") + 4)
        default:
            let points = points(element.attributes["d"] ?? "")
            let (xs, ys) = (points.map(\.x), points.map(\.y))
            return (xs.min() ?? .nan, ys.min() ?? .nan, xs.max() ?? .nan, ys.max() ?? .nan)
        }
    }

    /// The points of a path of M, L and l.
    static func points(_ data: String) -> [(x: Double, y: Double)] {
        var points: [(x: Double, y: Double)] = []
        var numbers: [Double] = []
        var (command, token): (Character, String) = ("M", "")
        func flush() {
            if let number = Double(token) { numbers.append(number) }
            token = ""
            guard numbers.count == 2 else { return }
            let last = command == "l" ? points.last : nil
            points.append(((last?.x ?? 0) + numbers[0], (last?.y ?? 0) + numbers[1]))
            numbers = []
        }
        for character in data {
            switch character {
            case "M", "L", "l", "z", "Z":
                flush()
                command = character
            case " ": flush()
            case "-":
                flush()
                token = "-"
            case ".":
                token.append(character)
            default: token.append(character)
            }
        }
        flush()
        return points
    }
}
