internal import CYAML

/// One event of libyaml as a value, with the memory of the event given back.
struct ParserEvent {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias
        case scalar(String, YAMLNode.Style)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    var kind: Kind
    var line: Int
    var column: Int
    var hasAnchor = false
    var hasTag = false

    /// True where a list or a mapping begins.
    var opensLevel: Bool {
        switch kind {
        case .sequenceStart, .mappingStart: true
        default: false
        }
    }
}

/// libyaml's event parser over bytes that outlive it.
struct EventParser: ~Copyable {
    let file: String
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// Nil where there is no memory.
    init?(_ input: UnsafeBufferPointer<UInt8>, file: String) {
        self.file = file
        parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event.
    func next() throws(YAMLError) -> ParserEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return try EventParser.converted(event, file: file)
    }

    private static func converted(_ event: yaml_event_t, file: String) throws(YAMLError) -> ParserEvent {
        let line = Int(event.start_mark.line) + 1
        let column = Int(event.start_mark.column) + 1
        func made(_ kind: ParserEvent.Kind, anchor: Bool = false, tag: Bool = false) -> ParserEvent {
            ParserEvent(kind: kind, line: line, column: column, hasAnchor: anchor, hasTag: tag)
        }
        switch event.type {
        case YAML_STREAM_START_EVENT: return made(.streamStart)
        case YAML_STREAM_END_EVENT: return made(.streamEnd)
        case YAML_DOCUMENT_START_EVENT: return made(.documentStart)
        case YAML_DOCUMENT_END_EVENT: return made(.documentEnd)
        case YAML_ALIAS_EVENT: return made(.alias)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let style: YAMLNode.Style = scalar.style == YAML_PLAIN_SCALAR_STYLE ? .plain : .quoted
            return made(.scalar(text, style), anchor: scalar.anchor != nil, tag: scalar.tag != nil)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return made(.sequenceStart, anchor: start.anchor != nil, tag: start.tag != nil)
        case YAML_SEQUENCE_END_EVENT: return made(.sequenceEnd)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return made(.mappingStart, anchor: start.anchor != nil, tag: start.tag != nil)
        case YAML_MAPPING_END_EVENT: return made(.mappingEnd)
        default:
            throw YAMLError(file: file, line: line, column: column, message: "the parser stopped without a reason")
        }
    }

    /// What libyaml says about the fault, with the place of the problem, or of its context where it has no place.
    private func failure() -> YAMLError {
        let state = parser.pointee
        var message = state.problem.map { String(cString: $0) } ?? "the file cannot be read as YAML or JSON"
        if let context = state.context { message = "\(String(cString: context)): \(message)" }
        if message.contains("invalid Unicode character escape") {
            message += "; half of a surrogate pair stands alone, or the number is no character"
        } else if message.contains("cannot start any token") {
            message += "; quote the text, and indent with spaces, not with tabs"
        } else if state.error == YAML_READER_ERROR {
            return YAMLError(
                file: file, line: Int(state.mark.line) + 1, column: Int(state.mark.column) + 1,
                message: "\(message) (near byte \(state.problem_offset)); write the file in UTF-8")
        }
        return YAMLError(
            file: file, line: Int(state.problem_mark.line) + 1, column: Int(state.problem_mark.column) + 1,
            message: message)
    }
}
