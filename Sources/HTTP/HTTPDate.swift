import Primitives

/// The form of dates in header fields (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// An instant in whole seconds, the rest dropped.
    static func text(_ time: Timestamp) -> String {
        let date = time.date
        let (year, month, day) = date.parts
        let dayNumber = Int(date.daysSinceEpoch)
        let seconds = (time.microseconds - Int64(dayNumber) * 86_400_000_000) / 1_000_000
        var text = ByteBuffer(capacity: 64)
        text.append(utf8: days[((dayNumber % 7) + 7) % 7])
        text.append(", ")
        text.append(decimal: Int64(day), width: 2)
        text.append(utf8: " \(months[month - 1]) ")
        text.append(decimal: Int64(year), width: 4)
        text.append(" ")
        text.append(decimal: seconds / 3600, width: 2)
        text.append(":")
        text.append(decimal: seconds / 60 % 60, width: 2)
        text.append(":")
        text.append(decimal: seconds % 60, width: 2)
        text.append(" GMT")
        return text.text()
    }
}
