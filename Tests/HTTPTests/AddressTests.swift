import Glibc
import Testing

@testable import HTTP

@Suite struct AddressTests {
    @Test(
        arguments: [
            ("127.0.0.1:9464", "127.0.0.1", 9464), ("[::1]:0", "::1", 0), ("localhost:65535", "localhost", 65_535),
        ] as [(String, String, UInt16)])
    func anAddressIsReadAndWrittenTheSame(text: String, host: String, port: UInt16) {
        #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
        #expect(ListenAddress(text)?.description == text)
    }

    @Test(arguments: [
        "", "9464", ":9464", "localhost", "localhost:", "localhost:65536", "::1:80", "[localhost]:1", "a:-1",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    private func client(_ text: String) throws -> ClientAddress {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        #expect(getaddrinfo(text, "80", &hints, &found) == 0)
        defer { freeaddrinfo(found) }
        return ClientAddress(try #require(found?.pointee.ai_addr))
    }

    @Test(arguments: ["127.0.0.1", "255.255.255.255", "::1", "2001:db8::1:2"])
    func aClientsAddressIsWrittenAsUsual(text: String) throws {
        #expect(try client(text).text == text)
    }

    @Test func aMappedAddressIsThatOfIPv4() throws {
        #expect(try client("::ffff:192.0.2.7") == client("192.0.2.7"))
        #expect(try client("::ffff:192.0.2.7").text == "192.0.2.7")
    }

    @Test func aNetworkOfIPv6CountsAsOneClient() throws {
        #expect(try client("2001:db8::1").network == client("2001:db8::ffff:1").network)
        #expect(try client("2001:db8::1").network != client("2001:db8:0:1::1").network)
        #expect(try client("192.0.2.7").network != client("192.0.2.8").network)
    }
}
