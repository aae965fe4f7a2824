import Primitives

/// A country or territory of ISO 3166-1.
public struct Country: Hashable, Sendable {
    /// The place in `Countries.all`.
    let place: Int
    // Two letters and three, in memory that lives as long as the process.
    private nonisolated(unsafe) let codes: UnsafeRawPointer

    init(place: Int, codes: UnsafeRawPointer) {
        self.place = place
        self.codes = codes
    }

    /// The two-letter code, upper case; the bytes live as long as the process.
    public var alpha2: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: codes, count: 2) }
    /// The three-letter code, upper case; the bytes live as long as the process.
    public var alpha3: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: codes + 2, count: 3) }
    /// The English short name of ISO 3166-1.
    public var name: String { Countries.names[place] }
}

/// The countries of ISO 3166-1, and by which codes and names departments mean them.
///
/// The list was written for this project: short names as ISO gives them, and other names that departmental systems,
/// federal agencies and people in US cities use, in English and Spanish. Not found are states that several of today's
/// have followed (the Soviet Union, Yugoslavia), and Kosovo, which has no code in ISO 3166-1.
public enum Countries {
    /// All of them, sorted by their two-letter code.
    public static let all: [Country] = list.countries
    static let names: [String] = list.names
    /// By folded code, name or alias.
    static let byKey: ByteTable<Country> = ByteTable(list.keys)

    /// The lines `alpha-2|alpha-3|short name|alias; alias` of the built-in file.
    static let list = CountryList(PackageResources.countries_txt)
}

/// What the built-in file says.
struct CountryList: Sendable {
    private(set) var countries: [Country] = []
    private(set) var names: [String] = []
    /// All keys with their countries, in the order of the file.
    private(set) var keys: [(key: [UInt8], value: Country)] = []
    /// All names and aliases as they are written, in the order of the file.
    private(set) var written: [(name: ArraySlice<UInt8>, country: Country)] = []

    init(_ file: [UInt8]) {
        var folder = CountryReader.KeyFolder()
        for line in file.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            let fields = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            guard fields.count == 4, fields[0].count == 2, fields[1].count == 3 else { continue }
            let codes = UnsafeMutableRawBufferPointer.allocate(byteCount: 5, alignment: 1)
            codes.copyBytes(from: fields[0] + fields[1])
            guard let start = codes.baseAddress else { continue }
            let country = Country(place: countries.count, codes: UnsafeRawPointer(start))
            countries.append(country)
            names.append(String(decoding: fields[2], as: UTF8.self))
            let texts = fields[2...2] + fields[3].split(separator: UInt8(ascii: ";"))
            written += texts.map { (name: $0, country: country) }
            for name in fields[..<2] + texts {
                let key = [UInt8](name).withUnsafeBytes { folder.key($0).map { [UInt8]($0) } }
                if let key { keys.append((key: key, value: country)) }
            }
        }
    }
}
