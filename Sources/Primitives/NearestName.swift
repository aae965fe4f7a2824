/// The known name that a misspelt one was probably meant to be.
public enum NearestName {
    /// The candidate with the least edit distance, where that is at most a third of the name's length (2 at least, and
    /// less than the whole name); nil where none is that near.
    public static func of(_ name: String, in candidates: [String]) -> String? {
        let limit = min(max(2, name.count / 3), name.count - 1)
        let near = candidates.map { (distance: distance(name, $0), name: $0) }.filter { $0.distance <= limit }
        return near.min { $0.distance < $1.distance }?.name
    }

    /// Insertions, deletions and replacements of one character that make one text into the other (Levenshtein).
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (lineNumber, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = lineNumber + 1
            for index in 0..<right.count {
                let replaced = diagonal + (right[index] == character ? 0 : 1)
                diagonal = row[index + 1]
                row[index + 1] = min(replaced, row[index] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
