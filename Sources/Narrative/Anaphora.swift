import Primitives

/// Finds what words such as `the consulate` and `its sister city` stand for: the one connection of that type that the
/// text names elsewhere. Where it names none or several, they stand for nothing.
struct Anaphora {
    private let index: NameIndex
    /// Closer to the name than so many bytes, such words only go with it: `Gwangju, our sister city`.
    private static let besideBytes: Int32 = 12

    init(_ index: NameIndex) {
        self.index = index
    }

    /// Makes names of the words that stand for a connection, and takes the others out.
    func resolve(_ names: inout WorkingList<FoundName>) {
        var kept = 0
        for place in 0..<names.count {
            var name = names[place]
            if name.kind == .word {
                guard let connection = referent(of: name, in: names), !isBeside(place, connection, names),
                    !isBeforeHome(place, names)
                else { continue }
                name = FoundName(
                    start: name.start, end: name.end, kind: .name, value: index.referent(connection), country: -1)
            }
            names.change(kept) { $0 = name }
            kept += 1
        }
        names.truncate(to: kept)
    }

    private func referent(of word: FoundName, in names: borrowing WorkingList<FoundName>) -> Int32? {
        let types = index.meaning(word.value).anaphorOf
        var found: Int32?
        for place in 0..<names.count where names[place].kind == .name {
            guard let connection = connection(of: names[place]), !types.isDisjoint(with: index.types[Int(connection)])
            else { continue }
            if let found, found != connection { return nil }
            found = connection
        }
        return found
    }

    /// The connection that a name can only mean.
    private func connection(of name: FoundName) -> Int32? {
        let uses = index.uses(of: index.meaning(name.value))
        guard let first = uses.first, !first.isOfState, first.certainty != .never else { return nil }
        for use in uses where use.connection != first.connection { return nil }
        return first.connection
    }

    /// Whether the home city's name follows: then it is itself the sister city that is spoken of.
    private func isBeforeHome(_ place: Int, _ names: borrowing WorkingList<FoundName>) -> Bool {
        place + 1 < names.count && names[place + 1].kind == .home
            && names[place + 1].start - names[place].end <= Self.besideBytes / 2
    }

    private func isBeside(
        _ place: Int, _ connection: Int32, _ names: borrowing WorkingList<FoundName>
    ) -> Bool {
        for other in 0..<names.count where names[other].kind == .name && self.connection(of: names[other]) == connection
        {
            let distance = other < place ? names[place].start - names[other].end : names[other].start - names[place].end
            if distance <= Self.besideBytes { return true }
        }
        return false
    }
}
