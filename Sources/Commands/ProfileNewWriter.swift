import Intake
import Primitives

/// Writes the skeleton of a profile: what is proposed, and beside it what it is proposed for.
struct ProfileSkeleton {
    /// The most paths in each of the tables below the profile.
    static let pathsMax = 500

    let proposals: ProfileProposals
    let name: String
    private(set) var text = ""
    /// The paths that have been written above the tables.
    private var used: Set<String> = []

    init(_ proposals: ProfileProposals, name: String) {
        self.proposals = proposals
        self.name = name
        head()
        conditions()
        outcome()
        references()
        tables()
    }

    private mutating func line(_ line: String = "") { text += line + "\n" }

    private func summary(_ field: SampleField) -> String { field.summary(of: proposals.documents) }

    // MARK: The profile

    private mutating func head() {
        let number = Wording.number(Int64(proposals.documents))
        line("# Proposed from \(number) sample \(proposals.documents == 1 ? "event" : "events"). Look at every line:")
        line("# most of it rests on names of fields alone. Lines to look at first are marked CHANGE THIS.")
        if let list = proposals.listOfOneDocument {
            line("# The document holds a list, \(list). If its elements are the events, send each as a message")
            line("# of its own, and give a file of such messages to this command.")
        }
        line("profile: \(YAMLText.quoted(name))")
        line("version: 1")
        line("# CHANGE THIS: the name of the sending system. It is part of every outcome key: do not change it later.")
        line("system: \(YAMLText.quoted(name))")
        line("envelope: \(proposals.envelope.rawValue)")
        line("# Where the department's clocks are, so that instants fall on its days.")
        line("# timezone: America/Chicago")
    }

    private mutating func conditions() {
        let fields = proposals.conditions
        if fields.isEmpty { return }
        line()
        line("# Which events are outcomes? Without conditions all of them are. Keep the codes that count.")
        line("# when:")
        for field in fields {
            guard let codes = field.codes else { continue }
            line("#   # \(summary(field))\(codes.areAll ? "" : "; rarer codes are left out")")
            used.insert(field.path)
            line("#   - path: \(YAMLText.quoted(field.path))")
            line("#     in: [\(codes.shown.map { YAMLText.quoted($0.code) }.joined(separator: ", "))]")
            line("#     # how often: \(codes.shown.map { "\($0.code) \($0.count)" }.joined(separator: ", "))")
        }
    }

    private mutating func outcome() {
        line()
        line("outcome:")
        key()
        type()
        if let field = proposals.occurredOn {
            if field.facts.dates.starts(with: [.us, .european]) {
                line("  # CHANGE THIS where the day comes before the month: as: european. These values can be either.")
            }
            source("occurredOn", field, form: date(field))
        } else {
            line("  # CHANGE THIS: no field with dates was found; the day on which it happened, as a path.")
            line("  occurredOn: \"2000-01-01\"")
        }
        if let field = proposals.count { source("count", field, form: whole(field)) }
        if let field = proposals.people { source("people", field, form: whole(field)) }
        if let field = proposals.usd { source("usd", field, form: amount(field)) }
        if let field = proposals.district { source("district", field, form: nil) }
        if let (path, field) = proposals.groups {
            line("  # \(summary(field)) of whole numbers")
            line("  groups: \(YAMLText.quoted(path))")
            used.formUnion(proposals.fields.map(\.path).filter { $0.hasPrefix(field.path + ".") })
        }
        if let field = proposals.revision { source("revision", field, form: nil) }
        retracted()
        time()
    }

    private mutating func key() {
        guard let field = proposals.key else {
            if [.cloudevents, .auto].contains(proposals.envelope) {
                return line("  # The key is the subject of the CloudEvent, otherwise its id.")
            }
            line("  # CHANGE THIS: no field was found that differs in each event and has the name of a number or id.")
            return line("  key: $.id")
        }
        line("  # \(summary(field))")
        if proposals.envelope == .cloudevents {
            // The subject is what the sender says that the event is about.
            line("  # Without it the key is the subject of the CloudEvent, otherwise its id.")
            return line("  # key: \(YAMLText.quoted(field.path))")
        }
        used.insert(field.path)
        line("  key: \(YAMLText.quoted(field.path))")
    }

    private mutating func type() {
        guard let field = proposals.type, let codes = field.codes else {
            line("  # CHANGE THIS: no field of a few codes was found; the kind of outcome, as a code or a path.")
            return line("  type: outcome")
        }
        line("  # \(summary(field)). CHANGE THIS: put the kind of outcome behind each code.")
        line("  type:")
        line("    path: \(YAMLText.quoted(field.path))")
        line("    map:")
        for (code, count) in codes.shown {
            line("      \(YAMLText.quoted(code)): \(YAMLText.quoted(code))  # \(Wording.times(count))")
        }
        line("    otherwise: other")
        used.insert(field.path)
    }

    /// A field of the outcome with its path, its form and what stands for no value.
    private mutating func source(_ key: String, _ field: SampleField, form: String?, isActive: Bool = true) {
        let mark = isActive ? "" : "# "
        line("  # \(summary(field))")
        var absent = field.facts.absent.sorted()
        if field.facts.hasMinusOne { absent.append("-1") }
        used.insert(field.path)
        if form == nil, absent.isEmpty { return line("  \(mark)\(key): \(YAMLText.quoted(field.path))") }
        line("  \(mark)\(key):")
        line("  \(mark)  path: \(YAMLText.quoted(field.path))")
        if let form { line("  \(mark)  as: \(form)") }
        if !absent.isEmpty {
            line("  \(mark)  absent: [\(absent.map(YAMLText.always).joined(separator: ", "))]")
        }
    }

    private func date(_ field: SampleField) -> String? { field.facts.dates.first?.rawValue }

    private func whole(_ field: SampleField) -> String? {
        field.kinds.texts > 0 ? field.facts.wholeForms.first?.rawValue : nil
    }

    private func amount(_ field: SampleField) -> String? {
        field.kinds.texts > 0 ? field.facts.amountForms.first?.rawValue : nil
    }

    private mutating func retracted() {
        if let field = proposals.retracted {
            line("  # \(summary(field))")
            line("  retracted: \(YAMLText.quoted(field.path))")
            used.insert(field.path)
        } else if let (field, codes) = proposals.retractingCodes {
            line("  # \(summary(field)). What these codes say takes the outcome back, whatever it was before.")
            line("  retracted:")
            line("    path: \(YAMLText.quoted(field.path))")
            line("    map: { \(codes.map { "\(YAMLText.always($0)): \"true\"" }.joined(separator: ", ")) }")
            line("    otherwise: \"false\"")
        }
    }

    private mutating func time() {
        guard let field = proposals.time, let form = field.facts.dates.first(where: \.hasInstants) else { return }
        let hasInstants = !field.facts.locals.contains(form)
        // The check cannot know of the zone of the department, so that it is left to its author.
        if !hasInstants { line("  # Local times are instants only with `timezone` above.") }
        source("time", field, form: form.rawValue, isActive: hasInstants)
    }

    private mutating func references() {
        let found = ReferenceProposal.all(proposals.fields, key: proposals.key)
        if found.isEmpty { return }
        line()
        line("references:")
        for reference in found {
            line("  # \(summary(reference.field))")
            line("  - scheme: \(YAMLText.quoted(reference.scheme))")
            line("    id: \(YAMLText.quoted(reference.field.path))")
            used.insert(reference.field.path)
            if reference.isStated {
                used.insert(reference.scheme)
                if !reference.mechanism.isEmpty { line("    mechanism: \(YAMLText.quoted(reference.mechanism))") }
                used.insert(reference.mechanism)
            } else {
                line("    # State what the connection did, or leave it out:")
                line("    # mechanism: \(reference.mechanism)")
            }
        }
    }

    // MARK: Tables

    private mutating func tables() {
        let ends = proposals.fields.filter { $0.kinds.scalars > 0 || $0.place.children.isEmpty }
        let others = ends.filter { $0.denial == nil && !used.contains($0.path) }
        let denied = ends.filter { $0.denial != nil }
        let documents = proposals.documents
        table(others, "Other paths, which this profile does not read:") { field in
            var text = field.summary(of: documents)
            if let codes = field.codes {
                text += "; codes: " + codes.shown.map { "\($0.code) \($0.count)" }.joined(separator: ", ")
                if !codes.areAll { text += " and rarer ones" }
            }
            return text
        }
        table(denied, "Never to be mapped (docs/privacy.md):") { "\($0.denial ?? ""); \($0.summary(of: documents))" }
    }

    private mutating func table(_ fields: [SampleField], _ title: String, _ row: (SampleField) -> String) {
        if fields.isEmpty { return }
        line()
        line("# \(title)")
        let width = min(60, fields.map(\.path.count).max() ?? 0)
        for field in fields.prefix(ProfileSkeleton.pathsMax) {
            line("#   \(field.path.padded(to: width))  \(row(field))")
        }
        if fields.count > ProfileSkeleton.pathsMax { line("#   and \(fields.count - ProfileSkeleton.pathsMax) more") }
    }
}

/// Texts in a YAML file.
enum YAMLText {
    /// The text, in quotes where it needs them.
    static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x24, 0x2e, 0x5f, 0x2d, 0x2a, 0x5b, 0x5d: true
            default: false
            }
        }
        // What begins otherwise may be a number, and some words are true, false or null.
        let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        guard isPlain, let first = text.utf8.first, first | 0x20 >= 0x61 && first | 0x20 <= 0x7a || first == 0x24,
            !words.contains(text.lowercased()), first == 0x24 || !text.contains("[") && !text.contains("]")
        else { return always(text) }
        return text
    }

    /// The text in quotes.
    static func always(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
