import CSimdJSON

/// A member of a document whose name a list refuses.
public struct RefusedName: Sendable, Equatable {
    /// The number of the rule.
    public let rule: Int
    /// Where it is: `$.data.client.firstName`, with `[*]` for every name that is not on the list, since it may be data
    /// itself. A name of which only a part is on the list stands as that part, between stars for the rest.
    public let path: String
    /// Whether the text of the member is refused and not its name.
    public let isValue: Bool
}

extension Extractor {
    /// The first member of the document extracted last whose name a list refuses, at any depth.
    ///
    /// Allocates only where there is one, and with the first document.
    /// - Parameters:
    ///   - list: the list. A change of lists from call to call costs time.
    ///   - alsoNamed: names that are no data and are written out in the path, such as those of a profile.
    public func firstRefused(
        by list: NameList, alsoNamed: Set<String> = []
    ) throws(JSONError) -> RefusedName? {
        guard let parser else { throw Diagnosis.outOfMemory }
        var hit = csj_name_hit()
        let hasRoom = withExtendedLifetime(list) {
            withUnsafePointer(to: list.list) { csj_scan_names(parser, $0, &hit) }
        }
        guard hasRoom else { throw Diagnosis.outOfMemory }
        if hit.place == 0 { return nil }
        let tape = Tape(csj_parsed_tape(parser))
        let path = RefusedPath(tape: tape, list: list, alsoNamed: alsoNamed).text(to: hit)
        return RefusedName(rule: Int(hit.rule) - 1, path: path, isValue: hit.is_value)
    }
}

/// The way to a refused name, without names that may be data.
private struct RefusedPath {
    let tape: Tape
    let list: NameList
    let alsoNamed: Set<String>

    func text(to hit: csj_name_hit) -> String {
        var steps: [SimplePath.Step] = []
        var at = Tape.root
        let place = Int(hit.place)
        while let child = tape.children(of: at).first(where: { $0.key == place || tape.end(of: $0.place) > place }) {
            if child.key == place { return SimplePath(steps: steps).description + last(hit) }
            if child.key != 0 {
                steps.append(known(child.key).map { .member($0) } ?? .wildcard)
            } else {
                steps.append(.index(child.ordinal))
            }
            at = child.place
        }
        return SimplePath(steps: steps).description
    }

    private func last(_ hit: csj_name_hit) -> String {
        if let name = known(Int(hit.place)) { return PathQuery(.document, [.init([.member(PathText(name))])]).tail }
        return "['\(list.covered(by: Int(hit.rule) - 1))']"
    }

    /// The name at a place, where it is no data.
    private func known(_ place: Int) -> String? {
        let bytes = tape.text(place)
        guard bytes.count <= NameList.nameBytesMax else { return nil }
        let name = String(decoding: bytes, as: UTF8.self)
        if alsoNamed.contains(name) || list.isListed(name) { return name }
        return nil
    }
}

extension NameList {
    /// Bytes of a name that is written out: a listed one may have any number of separators in it.
    static let nameBytesMax = 2 * lettersMax

    /// Whether the whole name is on the list, in whatever way, so that it is no data.
    public func isListed(_ name: String) -> Bool {
        name.utf8.count <= Self.nameBytesMax && judge(name).is_listed
    }

    /// What stands for a name of which only a part is on the list, and of which the rest may be data.
    public func covered(by rule: Int) -> String { "*\(texts[rule])*" }
}

extension PathQuery {
    /// The text without the root.
    fileprivate var tail: String { String(text.dropFirst()) }
}
