/// The marks of plots.
enum Marker {
    /// One of four forms, so that series are told apart without their colours too.
    static func draw(
        _ series: Int, in drawing: inout Drawing, _ x: Double, _ y: Double, _ size: Double, title: String
    ) {
        let styles = "mark \(Palette.color(series))"
        switch series % 4 {
        case 0: drawing.circle(x, y, size, styles, title: title)
        case 1: drawing.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8, styles, title: title)
        case 2:
            drawing.path(
                [(x, y - size * 1.2), (x + size * 1.15, y + size * 0.85), (x - size * 1.15, y + size * 0.85)], styles,
                isClosed: true, title: title)
        default:
            drawing.path(
                [(x, y - size * 1.3), (x + size * 1.3, y), (x, y + size * 1.3), (x - size * 1.3, y)], styles,
                isClosed: true, title: title)
        }
    }

    /// A star of five points.
    static func star(in drawing: inout Drawing, _ x: Double, _ y: Double, title: String = "") {
        // Sines and cosines of 72 degrees and its multiples, to the outer and the inner circle.
        let outer = [(0.0, -1.0), (0.951, -0.309), (0.588, 0.809), (-0.588, 0.809), (-0.951, -0.309)]
        let inner = [(0.225, -0.309), (0.363, 0.118), (0.0, 0.382), (-0.363, 0.118), (-0.225, -0.309)]
        let points = zip(outer, inner).flatMap { [$0, $1] }.map { (x: x + $0.0 * 8, y: y + $0.1 * 8) }
        drawing.path(points, "home", isClosed: true, title: title)
    }
}
