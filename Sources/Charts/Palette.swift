/// The colours of the plots, for light and for dark ground.
///
/// The series are those of Okabe and Ito ("Color Universal Design", 2008), darkened or lightened until each stands out
/// from its ground by 3:1, in an order in which light and dark ones alternate. The classes of maps are one hue, from
/// little to much, away from the ground. Text stands out by 4.5:1 (WCAG 2.2, 1.4.3 and 1.4.11).
struct Palette {
    /// What the plots lie on.
    let ground: String
    /// Text, and text that matters less.
    let (text, quiet): (String, String)
    /// Lines of the grid, which must not stand out, and the base line, which must.
    let (grid, axis): (String, String)
    /// What stands for no figure: hatching and outlines.
    let absent: String
    /// Land without a figure.
    let land: String
    /// The series.
    let series: [String]
    /// The classes of a map.
    let classes: [String]

    static let light = Palette(
        ground: "#ffffff", text: "#1b1f24", quiet: "#59626c", grid: "#e1e4e8", axis: "#59626c", absent: "#6b747e",
        land: "#e4e7eb", series: ["#0060a8", "#d06a00", "#007a5e", "#b85c94", "#3d94cc", "#6b4a10"],
        classes: ["#6a96c5", "#4d7fb5", "#2f639f", "#174884", "#06285a"])

    static let dark = Palette(
        ground: "#14171a", text: "#e6e9ec", quiet: "#a3abb4", grid: "#30363d", axis: "#a3abb4", absent: "#98a1ab",
        land: "#2b3138", series: ["#4ea3e8", "#f2a65a", "#1fb58f", "#e79cc8", "#a8d8f8", "#b08a3e"],
        classes: ["#3e6d9e", "#5688bd", "#77a6d8", "#a0c6ee", "#d2e7fd"])

    /// The custom properties of CSS.
    var properties: String {
        var lines = [
            "--chart-ground: \(ground);", "--chart-text: \(text);", "--chart-quiet: \(quiet);",
            "--chart-grid: \(grid);", "--chart-axis: \(axis);", "--chart-absent: \(absent);", "--chart-land: \(land);",
        ]
        lines += series.enumerated().map { "--chart-\($0 + 1): \($1);" }
        lines += classes.enumerated().map { "--chart-class-\($0 + 1): \($1);" }
        return lines.joined(separator: " ")
    }

    /// Where series outnumber colours they come again, with stripes and then with dots over them.
    static let textures = ["", "stripes", "dots"]

    /// The class of a series' colour: `c1` and so on.
    static func color(_ series: Int) -> String { "c\(series % light.series.count + 1)" }

    /// The texture over a series' colour; empty for none.
    static func texture(_ series: Int) -> String { textures[series / light.series.count % textures.count] }
}
