public import JSON

/// What was read of one event, and the event itself, to tell people what was not.
///
/// It points into the memory of the reader and is valid until the next event.
public struct EventAccount {
    /// What a value is for.
    public enum Purpose: Sendable, Hashable {
        /// An attribute of the CloudEvent, of which no path of the profile speaks.
        case attribute
        /// What a change event says of itself.
        case changeEvent
        /// A condition of `when`.
        case condition
        /// The same of the row before a change.
        case earlierCondition
        /// A mark of victim services.
        case victimService
        /// A field of the outcome.
        case field(OutcomeField)
        /// A part of a key of several.
        case keyPart
        /// The count of a group.
        case groupCount
        /// A part of a mention: scheme, identifier or name, country, mechanism, as `MentionSource.parts` has them.
        case mention(MentionSource.Kind, part: Int)
        /// A text that may be searched.
        case search
        /// What a filter of a path looks at.
        case filter
    }

    /// A path at which there is a value.
    public struct Path: Sendable {
        /// The path, from the root of the message.
        public let text: String
        /// What its values are for, each purpose once.
        public let purposes: [Purpose]
    }

    /// What became of one value.
    public enum Use: Sendable, Hashable {
        case read, searched, ignored
    }

    /// The paths with a value, those of the envelope first, then in the order of the profile.
    public let paths: [Path]
    /// The message as JSON.
    public let document: DocumentNode
    /// Names of members that are no data: those of the profile and of its envelope.
    public let names: Set<String>
    private let places: [Int: Use]

    init(_ paths: [Path], _ document: DocumentNode, _ names: Set<String>, _ places: [Int: Use]) {
        self.paths = paths
        self.document = document
        self.names = names
        self.places = places
    }

    /// What became of a value of the document.
    public func use(of node: DocumentNode) -> Use { places[node.place] ?? .ignored }
}

extension EventReader {
    /// What was read of a message: of the one that was read last.
    ///
    /// Takes the message apart once more, so that what was read of it is no longer valid.
    /// - Returns: nil where there is no document in it, and for what nothing may be kept of.
    public func account(of message: SourceMessage) -> EventAccount? {
        let layout = layout(state.paths)
        guard !state.isVictimService, let payload = message.payload,
            case .some(.some) = try? extract(payload, layout, isPadded: message.isPadded),
            let document = try? extractor.document()
        else { return nil }
        let purposed = layout.paths.enumerated().map { (path: $1, purposes: purposes(layout, $0)) }
        var filters: [JSONPath] = []
        for (path, purposes) in purposed where !purposes.isEmpty {
            for query in path.filterQueries where !filters.contains(query) { filters.append(query) }
        }
        var paths: [EventAccount.Path] = []
        var places: [Int: EventAccount.Use] = [:]
        for (path, purposes) in purposed + filters.map({ (path: $0, purposes: [.filter]) }) {
            guard !purposes.isEmpty, let nodes = try? extractor.nodes(of: path) else { continue }
            let use = purposes == [.search] ? EventAccount.Use.searched : .read
            for node in nodes where places[node.place] != .read { places[node.place] = use }
            // What is null counts as not there.
            if nodes.contains(where: { $0.kind != .null }) {
                paths.append(EventAccount.Path(text: path.description, purposes: purposes))
            }
        }
        let names = (layout.paths + filters).compactMap(\.memberNames).joined()
        return EventAccount(paths, document, Set(names).union(profile.columns ?? []), places)
    }

    private func purposes(_ layout: Layout, _ slot: Int) -> [EventAccount.Purpose] {
        var purposes: [EventAccount.Purpose] = []
        for target in layout.targets(state.scope, slot) {
            guard let purpose = purpose(target), !purposes.contains(purpose) else { continue }
            purposes.append(purpose)
        }
        return purposes
    }

    private func purpose(_ target: Layout.Target) -> EventAccount.Purpose? {
        switch target.purpose {
        case .attribute: .attribute
        case .changeEvent: .changeEvent
        case .condition: .condition
        case .earlierCondition: .earlierCondition
        case .victimService: .victimService
        case .field(let field): .field(field)
        case .keyPart: .keyPart
        case .groupCount: .groupCount
        case .mention(let part): .mention(sources[Int(target.number)].kind, part: part)
        case .search: .search
        // Only what kind of value it is, is looked at.
        case .array, .object: nil
        }
    }
}
