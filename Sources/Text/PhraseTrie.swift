/// A node of an Aho-Corasick automaton over characters, read from the end of a phrase to its start.
///
/// It stands for the end of a phrase, or of several.
struct PhraseNode: BitwiseCopyable {
    /// The first of the characters that the node stands for.
    var point: Int32
    /// The children follow one another, sorted by their characters.
    var firstChild: Int32 = 0
    var childCount: Int32 = 0
    /// The place of the node's links; 0 where it has none.
    var links: Int32 = 0
}

/// What only few nodes have.
struct PhraseLinks: BitwiseCopyable {
    /// The longest start of what the node stands for that is a node, too, and ends where a word may end; or the root.
    var fallback: Int32 = 0
    /// The longest phrase with which what the node stands for begins, and which ends where a word may end; or -1.
    var phrase: Int32 = -1
}

/// Makes the nodes of an automaton.
///
/// Why from the end to the start: the node reached at a place of a text stands for the longest end of a phrase that
/// begins there. So the longest phrase that begins there is known at once, for every place in one pass. From start to
/// end it would be known only when everything longer has failed, and what was read until then had to be read again:
/// that is linear in the text for most phrases only.
struct PhraseTrie {
    private(set) var nodes: [PhraseNode] = [PhraseNode(point: TextCursor.noPoint)]
    private(set) var links: [PhraseLinks] = [PhraseLinks()]
    /// The phrases told apart, each by the places of those that were given and are it; in the order given.
    private(set) var members: [[Int]] = []

    /// The characters of all phrases from last to first, one phrase after the other, and where each begins.
    private let points: [Int32]
    private let starts: [Int]
    /// The phrases that are told apart, sorted by their characters: a place of one of its members.
    private var sorted: [Int] = []
    private var phraseOfSorted: [Int32] = []
    /// Of each node the phrases in `sorted` that end with it, and how many characters it has.
    private var spans: [(low: Int32, high: Int32, depth: Int32)] = []

    /// - Parameter phrases: in UTF-8.
    init(_ phrases: [[UInt8]]) {
        var points: [Int32] = []
        var starts: [Int] = [0]
        points.reserveCapacity(phrases.reduce(0) { $0 + $1.count })
        for phrase in phrases {
            phrase.withUnsafeBytes { bytes in
                let cursor = TextCursor(bytes)
                var place = bytes.count
                while place > 0 {
                    let (point, start) = cursor.previous(place)
                    points.append(Self.symbol(point))
                    place = start
                }
            }
            starts.append(points.count)
        }
        self.points = points
        self.starts = starts
        sort()
        spread()
        linkFallbacks()
    }

    /// Inside phrases a hyphen is a space.
    @inline(__always)
    static func symbol(_ point: Int32) -> Int32 {
        point == 0x2d ? 0x20 : point
    }

    /// Sorts the phrases and puts equal ones together.
    private mutating func sort() {
        let places = points.withUnsafeBufferPointer { points in
            starts.indices.dropLast().sorted { left, right in
                let order = Self.compare(points, starts, left, right)
                return order == 0 ? left < right : order < 0
            }
        }
        var groups: [[Int]] = []
        points.withUnsafeBufferPointer { points in
            for place in places {
                if let group = groups.last, Self.compare(points, starts, group[0], place) == 0 {
                    groups[groups.count - 1].append(place)
                } else {
                    groups.append([place])
                }
            }
        }
        sorted = groups.map { $0[0] }
        let byPlace = groups.indices.sorted { groups[$0][0] < groups[$1][0] }
        phraseOfSorted = [Int32](repeating: 0, count: groups.count)
        for (phrase, group) in byPlace.enumerated() {
            phraseOfSorted[group] = Int32(phrase)
            members.append(groups[group])
        }
    }

    private static func compare(
        _ points: UnsafeBufferPointer<Int32>, _ starts: [Int], _ left: Int, _ right: Int
    ) -> Int {
        let leftCount = starts[left + 1] - starts[left]
        let rightCount = starts[right + 1] - starts[right]
        for offset in 0..<min(leftCount, rightCount) {
            let difference = points[starts[left] + offset] - points[starts[right] + offset]
            if difference != 0 { return Int(difference) }
        }
        return leftCount - rightCount
    }

    /// Makes the nodes: the children of a node together, and behind them what is below the first of them, so that the
    /// nodes of a phrase that shares its end with no other follow one another in memory.
    private mutating func spread() {
        spans = [(low: 0, high: Int32(sorted.count), depth: 0)]
        var waiting = [0]
        while let place = waiting.popLast() {
            var (low, high, depth) = spans[place]
            if low < high, length(low) == depth {
                nodes[place].links = Int32(links.count)
                links.append(PhraseLinks(phrase: phraseOfSorted[Int(low)]))
                low += 1
            }
            nodes[place].firstChild = Int32(nodes.count)
            while low < high {
                let point = symbol(low, depth)
                var end = low + 1
                while end < high, symbol(end, depth) == point { end += 1 }
                nodes.append(PhraseNode(point: point))
                spans.append((low: low, high: end, depth: depth + 1))
                low = end
            }
            nodes[place].childCount = Int32(nodes.count) - nodes[place].firstChild
            waiting += (Int(nodes[place].firstChild)..<nodes.count).reversed()
        }
    }

    private func length(_ place: Int32) -> Int32 {
        let phrase = sorted[Int(place)]
        return Int32(starts[phrase + 1] - starts[phrase])
    }

    private func symbol(_ place: Int32, _ depth: Int32) -> Int32 {
        points[starts[sorted[Int(place)]] + Int(depth)]
    }

    /// Links the nodes of few characters before those of more.
    private mutating func linkFallbacks() {
        let kinds = WordKinds.shared
        var parents = Array(children(of: 0))
        var next = 0
        while next < parents.count {
            let parent = parents[next]
            next += 1
            for child in children(of: parent) {
                let point = nodes[child].point
                var shorter = fallback(of: parent)
                var found = 0
                while shorter > 0, found == 0 {
                    found = self.child(of: shorter, point)
                    shorter = fallback(of: shorter)
                }
                if found == 0, WordKind.mayEnd(with: kinds[point], before: kinds[nodes[parent].point]) {
                    found = self.child(of: 0, point)
                }
                if found > 0 { link(child, to: found) }
                parents.append(child)
            }
        }
    }

    private func fallback(of node: Int) -> Int { Int(links[Int(nodes[node].links)].fallback) }

    private mutating func link(_ node: Int, to shorter: Int) {
        if nodes[node].links == 0 {
            nodes[node].links = Int32(links.count)
            links.append(PhraseLinks())
        }
        let place = Int(nodes[node].links)
        links[place].fallback = Int32(shorter)
        if links[place].phrase < 0 { links[place].phrase = links[Int(nodes[shorter].links)].phrase }
    }

    private func children(of node: Int) -> Range<Int> {
        let first = Int(nodes[node].firstChild)
        return first..<first + Int(nodes[node].childCount)
    }

    /// The node of what a phrase has from a place on.
    func node(of phrase: TextCursor, from start: Int) -> Int {
        var node = 0
        var end = phrase.text.count
        while end > start {
            let (point, place) = phrase.previous(end)
            node = child(of: node, Self.symbol(point))
            end = place
        }
        return node
    }

    private func child(of node: Int, _ point: Int32) -> Int {
        nodes.withUnsafeBufferPointer { Self.child(of: node, point, in: $0.baseAddress) }
    }

    /// The child of a node with a character, or 0.
    @inline(__always)
    static func child(of node: Int, _ point: Int32, in nodes: UnsafePointer<PhraseNode>?) -> Int {
        guard let nodes else { return 0 }
        var low = Int(nodes[node].firstChild)
        var high = low + Int(nodes[node].childCount)
        while high - low > 8 {
            let middle = (low + high) >> 1
            if nodes[middle].point <= point { low = middle } else { high = middle }
        }
        while low < high {
            if nodes[low].point == point { return low }
            low += 1
        }
        return 0
    }
}
