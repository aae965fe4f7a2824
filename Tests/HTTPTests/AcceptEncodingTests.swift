import Testing

@testable import HTTP

@Suite struct AcceptEncodingTests {
    @Test(
        arguments: [
            (nil, ContentCoding.identity), ("", .identity), ("gzip", .gzip), ("GZIP", .gzip), ("x-gzip", .gzip),
            ("deflate, gzip;q=0.5, br", .gzip), ("gzip;q=0", .identity), ("gzip ; q=0.000", .identity), ("*", .gzip),
            ("*;q=0.1", .gzip), ("gzip;q=0, *", .identity), ("br", .identity), ("identity", .identity),
            ("identity;q=1, gzip;q=0.5", .identity), ("identity;q=0.5, gzip;q=1.0", .gzip), ("gzip;q=0.001", .gzip),
            ("identity;q=0, gzip", .gzip), ("*;q=0, gzip", .gzip), ("gzip;q=2", .identity), ("gzip;q=x", .identity),
            ("gzip;q=0.1234", .identity), ("gzip;q=1.", .gzip), (",, gzip ,", .gzip),
        ] as [(String?, ContentCoding)])
    func theCodingIsTheBestThatTheClientTakes(field: String?, expected: ContentCoding) {
        #expect(AcceptEncoding(field).choice(canGzip: true) == expected)
    }

    @Test(arguments: ["identity;q=0", "*;q=0", "br, *;q=0", "gzip;q=0, identity;q=0"])
    func aClientCanRefuseAllThereIs(field: String) {
        #expect(AcceptEncoding(field).choice(canGzip: true) == nil)
    }

    @Test func withoutGzipThereIsIdentityUnlessRefused() {
        #expect(AcceptEncoding("gzip").choice(canGzip: false) == .identity)
        #expect(AcceptEncoding("gzip, identity;q=0").choice(canGzip: false) == nil)
        #expect(AcceptEncoding("gzip, *;q=0").choice(canGzip: false) == nil)
    }
}
