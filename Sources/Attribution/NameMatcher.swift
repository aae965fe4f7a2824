public import Connections
public import Narrative

/// A partner that an event names and does not identify. The memory belongs to the caller.
public struct NamedPartner {
    /// The name, in UTF-8.
    public let name: UnsafeRawBufferPointer
    /// The two-letter code of its country, where the event says it.
    public let country: UnsafeRawBufferPointer?
    /// What it did, where the event says so.
    public let mechanism: Mechanism?
    /// Where it was read.
    public let field: FieldReference

    /// Makes a partner.
    public init(
        name: UnsafeRawBufferPointer, country: UnsafeRawBufferPointer?, mechanism: Mechanism?, field: FieldReference
    ) {
        self.name = name
        self.country = country
        self.mechanism = mechanism
        self.field = field
    }
}

/// Finds the connections that fields and texts of an event name (docs/method.md, section 3, step 2), for one thread.
public final class NameMatcher {
    private let registry: RegistryIndex
    private let reader: TextReader
    private var statements: [TextStatement] = []

    /// Makes a matcher over a registry and its names.
    public init(registry: RegistryIndex, names: NameIndex) {
        self.registry = registry
        reader = TextReader(names)
    }

    /// Appends a candidate for each connection that a field names.
    public func match(_ partner: NamedPartner, into candidates: inout [Candidate]) {
        statements.removeAll(keepingCapacity: true)
        reader.readName(partner.name, country: partner.country, into: &statements)
        for statement in statements {
            candidates.append(
                Candidate(
                    connection: statement.connection, kind: .named(statement.certainty, nil),
                    mechanism: partner.mechanism, field: partner.field,
                    identifier: registry.names[statement.connection]))
        }
    }

    /// Appends a candidate for each connection that a text names, and for each thing that it did by the text.
    ///
    /// - Parameters:
    ///   - text: in UTF-8; nothing of it is kept.
    ///   - field: where it was read.
    ///   - isOutcomeKnown: true where the text belongs to an event that is an outcome.
    ///   - candidates: receives the candidates.
    public func match(
        _ text: UnsafeRawBufferPointer, _ field: FieldReference, isOutcomeKnown: Bool = true,
        into candidates: inout [Candidate]
    ) {
        statements.removeAll(keepingCapacity: true)
        reader.read(text, isOutcomeKnown: isOutcomeKnown, into: &statements)
        for statement in statements {
            candidates.append(
                Candidate(
                    connection: statement.connection, kind: .named(statement.certainty, statement.obstacle),
                    mechanism: statement.mechanism, field: field, identifier: registry.names[statement.connection]))
        }
    }
}
