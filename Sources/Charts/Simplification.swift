/// Lines with fewer points (Douglas and Peucker, "Algorithms for the reduction of the number of points required to
/// represent a digitized line or its caricature", Cartographica 10, 1973).
enum Simplification {
    /// The line without the points that are no further than the tolerance from what remains. The ends stay; so of a
    /// ring, whose ends are one, the point furthest from them stays too.
    static func simplified(
        _ line: [(x: Double, y: Double)], tolerance: Double
    ) -> [(x: Double, y: Double)] {
        guard line.count > 3, tolerance > 0 else { return line }
        var isKept = [Bool](repeating: false, count: line.count)
        (isKept[0], isKept[line.count - 1]) = (true, true)
        var open = [(0, line.count - 1)]
        while let (first, last) = open.popLast() {
            var (furthest, distance) = (first, tolerance)
            for place in first + 1..<max(first + 1, last) {
                let found = self.distance(line[place], line[first], line[last])
                if found > distance { (furthest, distance) = (place, found) }
            }
            guard furthest > first else { continue }
            isKept[furthest] = true
            open += [(first, furthest), (furthest, last)]
        }
        return line.indices.filter { isKept[$0] }.map { line[$0] }
    }

    /// How far a point is from a stretch between two others.
    private static func distance(
        _ point: (x: Double, y: Double), _ start: (x: Double, y: Double), _ end: (x: Double, y: Double)
    ) -> Double {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let length = dx * dx + dy * dy
        let along = length > 0 ? ((point.x - start.x) * dx + (point.y - start.y) * dy) / length : 0
        let share = min(1, max(0, along))
        let (x, y) = (point.x - start.x - share * dx, point.y - start.y - share * dy)
        return (x * x + y * y).squareRoot()
    }
}
