import Glibc

/// The Equal Earth projection: areas are true, so that countries near the poles do not seem larger than they are.
///
/// Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of Geographical Information
/// Science 33 (2019), 454–465.
enum EqualEarth {
    private static let (a1, a2, a3, a4) = (1.340264, -0.081106, 0.000893, 0.003796)

    /// The place of a point on a sphere of radius 1, with y upwards.
    /// - Parameters:
    ///   - longitude: degrees from the middle of the map.
    ///   - latitude: degrees.
    static func project(_ longitude: Double, _ latitude: Double) -> (x: Double, y: Double) {
        let theta = asin(3.0.squareRoot() / 2 * sin(latitude * .pi / 180))
        let square = theta * theta
        let sixth = square * square * square
        let slope = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
        let x = 2 * 3.0.squareRoot() / 3 * (longitude * .pi / 180) * cos(theta) / slope
        return (x, theta * (a1 + a2 * square + sixth * (a3 + a4 * square)))
    }

    /// Half the width of the whole sphere.
    static let halfWidth = project(180, 0).x
}
