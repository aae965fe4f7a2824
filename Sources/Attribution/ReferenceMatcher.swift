public import Connections

/// A reference of an event: an identifier with what it stands for. The memory belongs to the caller.
public struct Reference {
    /// The kind of identifier, such as `grant`.
    public let scheme: UnsafeRawBufferPointer
    /// The identifier.
    public let id: UnsafeRawBufferPointer
    /// What the connection did, where the event says so.
    public let mechanism: Mechanism?
    /// Where it was read.
    public let field: FieldReference

    /// Makes a reference.
    public init(
        scheme: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer, mechanism: Mechanism?, field: FieldReference
    ) {
        self.scheme = scheme
        self.id = id
        self.mechanism = mechanism
        self.field = field
    }
}

/// Finds the connections that references of an event name by an identifier (docs/method.md, section 3, step 2).
public struct ReferenceMatcher: Sendable {
    private let rules: Rules
    private let registry: RegistryIndex

    /// Makes a matcher over a registry.
    public init(rules: Rules, registry: RegistryIndex) {
        self.rules = rules
        self.registry = registry
    }

    /// Appends a candidate where the registry knows the reference.
    public func match(_ reference: Reference, into candidates: inout [Candidate]) {
        guard let entry = registry.identifier(scheme: reference.scheme, id: reference.id) else { return }
        candidates.append(
            Candidate(
                connection: entry.connectionIndex,
                kind: rules.isDocumentary(scheme: reference.scheme) ? .documentary : .otherIdentifier,
                mechanism: reference.mechanism, field: reference.field, identifier: entry))
    }
}
