import CUTF8Proc

/// The steps of a text that change its characters, over code points in memory that is used again.
struct TextMapping: ~Copyable {
    /// The text; what it becomes is put in its place.
    var points = CodePoints()
    private var mapped = CodePoints()

    /// Does the steps of case and normal form, and none of white space.
    mutating func perform(_ steps: TextSteps) throws(TextFault) {
        if steps.normalises {
            // First, so that what is canonically equivalent is mapped alike.
            mapEach(options: UTF8PROC_DECOMPOSE.rawValue)
            try points.putMarksInOrder()
        }
        mapCase(steps)
        if steps.normalises {
            try points.putMarksInOrder()
            points.compose()
        }
    }

    private mutating func mapCase(_ steps: TextSteps) {
        if steps.contains(.forMatching) {
            mapEach(
                options: UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_CASEFOLD.rawValue
                    | UTF8PROC_IGNORE.rawValue)
            points.foldLetters(into: &mapped)
            swap(&points, &mapped)
        } else if steps.contains(.caseFold) {
            mapEach(options: UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_CASEFOLD.rawValue)
        } else if steps.contains(.lowerCase) || steps.contains(.upperCase) {
            mapped.clear()
            let isLower = steps.contains(.lowerCase)
            for place in 0..<points.count { mapped.append(points[place], isLower: isLower) }
            swap(&points, &mapped)
        }
    }

    /// Replaces each code point by what utf8proc makes of it.
    private mutating func mapEach(options: UInt32) {
        mapped.clear()
        for place in 0..<points.count { mapped.append(points[place], options: options) }
        swap(&points, &mapped)
    }
}
