import JSON
import Primitives

/// One line of the log.
struct LogLine: Sendable {
    let time: Timestamp
    var leftOut: Int
    private let event: LogEvent
    private let code: String?
    private let fields: Log.Fields

    init(_ event: LogEvent, _ code: String?, _ fields: Log.Fields, at time: Timestamp, leftOut: Int = 0) {
        (self.event, self.code, self.fields, self.time, self.leftOut) = (event, code, fields, time, leftOut)
        assert(code == nil || event.fields.contains(.code), "\(event.name) lists no code")
        assert(fields.allSatisfy { event.fields.contains($0.key) }, "\(event.name) lists not all fields: \(fields)")
    }

    /// Appends it as a JSON object.
    func writeJSON(_ buffer: inout ByteBuffer) {
        buffer.append("{\"time\":\"")
        buffer.append(time: time)
        buffer.append("\",\"level\":\"")
        buffer.append(utf8: event.level.name)
        buffer.append("\",\"event\":\"")
        buffer.append(utf8: event.name)
        buffer.append("\",\"message\":")
        buffer.append(jsonString: event.message)
        forEachValue { field, value in
            buffer.append(UInt8(ascii: ","))
            buffer.append(jsonString: field.name)
            buffer.append(UInt8(ascii: ":"))
            switch value {
            case .text(let text): buffer.append(jsonString: text)
            case .number(let number): buffer.append(decimal: Int64(number))
            }
        }
        buffer.append(UInt8(ascii: "}"))
    }

    /// Appends it as text for a person, without anything that a terminal could take for a command.
    func writeText(_ buffer: inout ByteBuffer) {
        buffer.append(time: Timestamp(microseconds: time.microseconds / 1_000_000 * 1_000_000))
        let level = event.level.name.uppercased()
        buffer.append(utf8: "  \(level)\(String(repeating: " ", count: 7 - level.utf8.count))  \(event.name)")
        buffer.append(utf8: "  \(event.message)")
        forEachValue { field, value in
            switch value {
            case .text(let text): buffer.append(utf8: "  \(field.name)=\(LogLine.shown(text))")
            case .number(let number): buffer.append(utf8: "  \(field.name)=\(number)")
            }
        }
    }

    private func forEachValue(_ body: (LogField, LogValue) -> Void) {
        if let code { body(.code, .text(code)) }
        for (field, value) in fields {
            if let value { body(field, value) }
        }
        if leftOut > 0 { body(.leftOut, .number(leftOut)) }
        if event.level >= .warning { body(.advice, .text(event.advice)) }
    }

    /// A value as a person reads it: in quotes where it would not be one word.
    private static func shown(_ text: String) -> String {
        var isWord = !text.isEmpty
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
                isWord = false
            case .spaceSeparator:
                shown.unicodeScalars.append(scalar)
                isWord = false
            default:
                if scalar == "\"" || scalar == "\\" {
                    shown += "\\"
                    isWord = false
                }
                shown.unicodeScalars.append(scalar)
            }
        }
        return isWord ? shown : "\"\(shown)\""
    }
}
