import Primitives

/// One search of a text, from its end to its start.
///
/// It goes from word to word, 64 bytes at a time, and asks `PhraseEnds` about each. Only where a phrase may end does it
/// go from node to node, as long as what it reads ends a phrase.
struct PhraseScan {
    let cursor: TextCursor
    let ends: PhraseEnds.View
    private let nodes: UnsafePointer<PhraseNode>
    private let links: UnsafePointer<PhraseLinks>
    private let lengths: UnsafePointer<Int32>
    private let tailMax: Int
    /// All phrases that end behind this place are found.
    private var done: Int
    var steps = 0

    private var text: UnsafeRawBufferPointer { cursor.text }

    init(
        _ text: UnsafeRawBufferPointer, ends: PhraseEnds.View, nodes: UnsafePointer<PhraseNode>,
        links: UnsafePointer<PhraseLinks>, lengths: UnsafePointer<Int32>, tailMax: Int
    ) {
        cursor = TextCursor(text)
        self.ends = ends
        self.nodes = nodes
        self.links = links
        self.lengths = lengths
        self.tailMax = tailMax
        done = text.count
    }

    /// Appends the longest phrase that begins at each place, those of the last place first.
    mutating func run(_ matches: inout WorkingList<PhraseMatch>) {
        var top = text.count
        while top > 0 {
            top = scanBlock((top - 1) & ~63, top, &matches)
        }
    }

    /// Goes through the words that end in 64 bytes, and returns up to where there is more to do.
    /// - Parameter top: what is behind it has been gone through.
    private mutating func scanBlock(_ start: Int, _ top: Int, _ matches: inout WorkingList<PhraseMatch>) -> Int {
        let block = WordBlock(text, from: start)
        let mixed = block.lastsOfMixed
        var candidates = mixed
        if block.lasts & ~mixed != 0 { candidates |= self.candidates(block, start) & ~mixed }
        candidates &= WordBlock.below(top - start)
        while candidates != 0 {
            let place = UInt64(63 - candidates.leadingZeroBitCount)
            candidates ^= 1 &<< place
            let end = start + Int(place) + 1
            var reached = end
            if mixed &>> place & 1 != 0 {
                reached = scanRun(end, &matches)
            } else {
                reached = tryEnd(end, WordEnd(text, end: end, length: block.length(upTo: place)), &matches)
                // Inside a word of ASCII no phrase ends.
                if reached < end, reached <= start || mixed != 0 { reached = behindWord(reached, &matches) }
            }
            if reached <= start { return reached }
            if reached < end { candidates &= WordBlock.below(reached - start) }
        }
        return start
    }

    /// Where in a block words end with which a phrase may end, if they are ASCII; of others it says nothing.
    ///
    /// Without a branch for what is found, which nobody can foresee.
    private func candidates(_ block: WordBlock, _ start: Int) -> UInt64 {
        var lasts = block.lasts
        var firsts = block.firsts
        var found: UInt64 = 0
        while lasts != 0 {
            let last = lasts.trailingZeroBitCount
            let first = firsts.trailingZeroBitCount
            lasts &= lasts &- 1
            firsts &= firsts &- 1
            let length = last &- first &+ 1 &+ (first == 0 ? block.lengthBefore : 0)
            let word = WordEnd(text, end: start &+ last &+ 1, length: length)
            found |= bit(start &+ last &+ 1, word) &<< UInt64(truncatingIfNeeded: last)
        }
        return found
    }

    /// 1 where a phrase may end with a word, and what may be behind it, else 0.
    @inline(__always)
    func bit(_ end: Int, _ word: WordEnd) -> UInt64 {
        let bit = ends.bit(word.key)
        guard tailMax > 0, end < text.count, ends.startsTail(text[end]) else { return bit }
        return bit | ends.bit(PhraseEnds.tailed(word.key, text[end]))
    }

    /// Finds what ends with a word, or with punctuation behind it, and returns up to where all is found.
    @inline(never)
    mutating func tryEnd(_ end: Int, _ word: WordEnd, _ matches: inout WorkingList<PhraseMatch>) -> Int {
        if tailMax > 0, end < done, ends.startsTail(text[end]) {
            let reached = tryTails(end, &matches)
            if reached < end { return reached }
        }
        let node = ends.node(word.key)
        guard node > 0 else { return end }
        note(node, word.start, &matches)
        done = walk(word.start, node, &matches)
        return done
    }

    /// Finds what ends with punctuation behind a word.
    private mutating func tryTails(_ end: Int, _ matches: inout WorkingList<PhraseMatch>) -> Int {
        var place = end
        while place < min(done, end + tailMax), !WordBlock.isWord(text[place]) { place += 1 }
        while place > end {
            let reached = walk(place, 0, &matches)
            if reached < end {
                done = reached
                return reached
            }
            place = reached < place ? reached : place - 1
        }
        return end
    }

    /// Goes from node to node as long as there is one, and returns how far it came.
    private mutating func walk(_ top: Int, _ from: Int, _ matches: inout WorkingList<PhraseMatch>) -> Int {
        var end = top
        var node = from
        while end > 0 {
            let (point, start) = cursor.previous(end)
            let symbol = PhraseTrie.symbol(point)
            steps += 1
            var next = PhraseTrie.child(of: node, symbol, in: nodes)
            while next == 0 {
                // Whether a phrase may end here is asked of `ends`.
                node = Int(links[Int(nodes[node].links)].fallback)
                if node == 0 { return end }
                steps += 1
                next = PhraseTrie.child(of: node, symbol, in: nodes)
            }
            node = next
            end = start
            note(node, end, &matches)
        }
        return 0
    }

    /// Appends the longest phrase that begins at a place, where a phrase may begin there.
    @inline(__always)
    private func note(_ node: Int, _ start: Int, _ matches: inout WorkingList<PhraseMatch>) {
        let place = Int(nodes[node].links)
        if place == 0 { return }
        let phrase = links[place].phrase
        if phrase >= 0, WordKind.mayBegin(behind: cursor.kind(before: start), at: cursor.kind(at: start)) {
            matches.append(PhraseMatch(start: start, end: start + Int(lengths[Int(phrase)]), phrase: phrase))
        }
    }
}
