import Intake

#if canImport(Glibc)
    import Glibc
#endif

extension Command {
    /// `profile`: what concerns profiles.
    static let profile = Command(
        name: "profile", summary: "Propose a profile from sample events.",
        usage: """
            profile new --from FILE [--name NAME] [--envelope ENVELOPE] [--output FILE]

            Writes the skeleton of a profile for the events of a file (- for standard input): JSON, one event a line
            (NDJSON), one document, or an array of events. Proposes key, type, day, counts and references by the names
            and values of fields, and lists every other path with how often it is there. Paths that no profile may read
            are listed as such. No value of an event is written but short codes of fields that hold few of them.
            Looks at the first 10,000 events and 256 MB, of up to 64 MB each, and says where it stopped.
            Exit code 1 where there was no event or the file cannot be written.
            """,
        options: [
            CommandOption("from", value: "FILE", "The sample events."),
            CommandOption("name", value: "NAME", "The name of the profile; else that of the file."),
            CommandOption(
                "envelope", value: "none|cloudevents|debezium|auto", "How events are wrapped."),
            CommandOption("output", value: "FILE", "Where to write it: a file that is not there yet."),
        ],
        takesConfiguration: false
    ) { context in
        guard context.arguments.positionals.first == "new" else {
            return context.misused("profile: expected `new`; see --help")
        }
        guard context.arguments.positionals.count == 1, let from = context.arguments["from"] else {
            return context.misused("profile new: expected --from FILE and options only")
        }
        var envelope: Profile.Envelope?
        if let name = context.arguments["envelope"] {
            envelope = Profile.Envelope(rawValue: name)
            if envelope == nil {
                let names = Profile.Envelope.allCases.map(\.rawValue).joined(separator: ", ")
                return context.misused("profile new: --envelope: expected one of \(names)")
            }
        }
        guard let file = InputFile(from, standardInput: context.input) else {
            return context.misused("profile new: \(from): the file cannot be opened: \(InputFile.reason)")
        }
        var sample = ProfileSample(envelope: envelope)
        if !sample.read(file) {
            context.note("city-attribution: profile new: \(file.name): the file cannot be read to its end\n")
            return ExitCode.findings
        }
        let name = context.arguments["name"] ?? profileName(of: from)
        return write(sample, name.isEmpty ? "new-profile" : name, &context)
    }

    /// The name of a file without its ending, in small letters and hyphens.
    private static func profileName(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? ""
        let stem = file.split(separator: ".").first.map(String.init) ?? ""
        let words = stem.lowercased().split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
        return words.joined(separator: "-")
    }

    private static func write(_ sample: ProfileSample, _ name: String, _ context: inout CommandContext) -> Int32 {
        if sample.passedOver > 0, let fault = sample.firstFault {
            context.note(
                "city-attribution: profile new: \(sample.passedOver) passed over, which are no events; the first is "
                    + "\(fault)\n")
        }
        guard sample.documents > 0 else {
            let found = sample.events > 0 ? "the events have no document in such an envelope" : "there is no event"
            context.note("city-attribution: profile new: \(found); expected JSON objects, one a line or in an array\n")
            return ExitCode.findings
        }
        if let stopped = sample.stopped { context.note("city-attribution: profile new: stopped \(stopped)\n") }
        if sample.isCut {
            context.note("city-attribution: profile new: there are more paths than are looked at\n")
        }
        let skeleton = ProfileSkeleton(ProfileProposals(sample), name: Wording.text(name))
        let findings = ProfileFile.read(Array(skeleton.text.utf8), file: context.arguments["output"] ?? "profile")
            .findings
        context.note(findings)
        guard let path = context.arguments["output"] else {
            context.print(skeleton.text)
            return FindingsReport.hasErrors(findings) ? ExitCode.findings : ExitCode.done
        }
        guard create(path, skeleton.text) else {
            context.note("city-attribution: profile new: \(path): the file cannot be made: \(InputFile.reason)\n")
            return ExitCode.findings
        }
        let events = sample.documents == 1 ? "1 event" : "\(sample.documents) events"
        context.print("\(path): from \(events); look at the lines marked CHANGE THIS\n")
        return FindingsReport.hasErrors(findings) ? ExitCode.findings : ExitCode.done
    }

    /// Writes a file that must not be there yet; false where it cannot be made, for the reason that `errno` gives.
    private static func create(_ path: String, _ text: String) -> Bool {
        let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard opened >= 0 else { return false }
        defer { close(opened) }
        return Array(text.utf8).withUnsafeBytes { Descriptor.write($0, to: opened) }
    }
}
