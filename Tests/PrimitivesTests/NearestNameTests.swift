import Primitives
import Testing

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("bootstrap.server", "bootstrap.servers"), ("sinse", "since"), ("x", nil), ("", nil), ("unrelated", nil),
    ])
    func suggestsOnlyWhatIsNear(_ name: String, _ expected: String?) {
        #expect(NearestName.of(name, in: ["since", "until", "bootstrap.servers"]) == expected)
    }
}
