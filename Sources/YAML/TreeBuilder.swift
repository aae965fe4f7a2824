/// Builds the tree from the parser's events and enforces what a document may hold.
struct TreeBuilder: ~Copyable {
    private let events: EventParser
    private let limits: YAMLLimits
    private var nodes = 0

    init(events: consuming EventParser, limits: YAMLLimits) {
        self.events = events
        self.limits = limits
    }

    /// The one document of the stream.
    mutating func document() throws(YAMLError) -> YAMLNode {
        _ = try events.next()
        let first = try events.next()
        guard case .documentStart = first.kind else {
            return YAMLNode(content: .scalar("", style: .plain))
        }
        let root = try node(try events.next(), depth: 0)
        _ = try events.next()
        let last = try events.next()
        guard case .streamEnd = last.kind else {
            throw refusal(last, "a second document starts here; put one document into a file")
        }
        return root
    }

    private mutating func node(_ event: ParserEvent, depth: Int) throws(YAMLError) -> YAMLNode {
        try check(event, depth: depth)
        let content: YAMLNode.Content
        switch event.kind {
        case .scalar(let text, let style): content = .scalar(text, style: style)
        case .sequenceStart: content = .sequence(try items(depth: depth + 1))
        case .mappingStart: content = .mapping(try members(depth: depth + 1))
        default: throw refusal(event, "a value was expected here")
        }
        return YAMLNode(content: content, line: event.line, column: event.column)
    }

    private mutating func items(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { return items }
            items.append(try node(event, depth: depth))
        }
    }

    private mutating func members(depth: Int) throws(YAMLError) -> [(key: YAMLNode, value: YAMLNode)] {
        var members: [(key: YAMLNode, value: YAMLNode)] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { return members }
            if case .alias = event.kind { try check(event, depth: depth) }
            guard case .scalar(let name, _) = event.kind else {
                throw refusal(event, "a key was expected here; a key is a text, not a list or a mapping")
            }
            let key = try node(event, depth: depth)
            if let line = lines[name] {
                throw refusal(
                    event, "the key \"\(name)\" stands on line \(line) and again on line \(event.line); keep one")
            }
            lines[name] = event.line
            members.append((key: key, value: try node(try events.next(), depth: depth)))
        }
    }

    private mutating func check(_ event: ParserEvent, depth: Int) throws(YAMLError) {
        nodes += 1
        if nodes > limits.nodes {
            throw refusal(event, "the file holds more than \(limits.nodes) values; split it")
        }
        if depth >= limits.depth, event.opensLevel {
            throw refusal(event, "lists and mappings are nested more than \(limits.depth) deep")
        }
        if case .alias = event.kind {
            throw refusal(event, "an alias (*name) is not supported; write the value out")
        }
        if event.hasAnchor {
            throw refusal(event, "an anchor (&name) is not supported; write the value out where it is needed")
        }
        if event.hasTag {
            throw refusal(event, "a tag (!name) is not supported; remove it")
        }
    }

    private func refusal(_ event: ParserEvent, _ message: String) -> YAMLError {
        YAMLError(file: events.file, line: event.line, column: event.column, message: message)
    }
}
