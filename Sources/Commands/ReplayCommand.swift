import Pipeline

extension Command {
    /// `replay`: dead letters to the topic that they came from.
    static let replay = Command(
        name: "replay",
        summary: "Send dead letters to the department's topic again.",
        usage: """
            replay [--dry-run] [--code CODE,…] [--from P:OFFSET,…] [--to P:OFFSET,…] [--attempts-max N] [--rate N]
                   [--again] --department NAME [--config FILE] [--KEY VALUE]…

            Sends the events of dead letters to the partitions that they came from: key, payload, headers and time as
            they were received, and a header that says where each stood first. The worker counts it as the event there,
            so that one that was sent since goes on superseding it. Mend the cause first: the profile, or the rules of
            the department's system.
            Each letter is sent once: what was dealt with is committed, by code, in the transaction of what is sent, so
            that the same command goes on where it was stopped or killed. With --from or --to exactly those letters are
            meant, whatever was sent before. --dry-run says what would be done and does nothing.
            Letters without payload (privacy, too large) cannot be sent, and letters that were refused --attempts-max
            times stay: both are told of, once. Exit code 1 where something that was selected was not sent.
            """,
        options: DeadLetterSelection.options + [
            CommandOption("dry-run", "Say how many would be sent, and send nothing."),
            CommandOption("attempts-max", value: "N", "Leave those that were refused so often; otherwise 5."),
            CommandOption("rate", value: "N", "Send at most so many a second."),
            CommandOption("again", "Forget what was sent before, and begin anew."),
        ]
    ) { context in
        guard context.arguments.positionals.isEmpty else { return context.misused("replay: expected options only") }
        do throws(CommandFailure) {
            let selection = try DeadLetterSelection(context.arguments)
            let attemptsMax = try context.arguments.number("attempts-max", in: 1...1_000_000, else: 5)
            let rate = try context.arguments.number("rate", in: 0...1_000_000, else: 0)
            guard let cluster = DepartmentCluster(context) else { return ExitCode.configuration }
            let replay = Replay(
                cluster: cluster, selection: selection, attemptsMax: attemptsMax, rate: rate == 0 ? nil : rate,
                isAnew: context.arguments.has("again"))
            return try carryOut(replay, &context)
        } catch {
            return context.failed("replay", error)
        }
    }

    private static func carryOut(
        _ replay: Replay, _ context: inout CommandContext
    ) throws(CommandFailure) -> Int32 {
        let isDry = context.arguments.has("dry-run")
        var tally = ReplayTally()
        var progress = ProgressLine(context)
        let settings = replay.cluster.settings
        func text(_ tally: ReplayTally) -> String {
            tally.text(
                from: settings.deadLetters, to: settings.events, attemptsMax: replay.attemptsMax, isDry: isDry)
        }
        do throws(CommandFailure) {
            if isDry { try replay.tryOut(&tally) } else { try replay.send(&tally, &progress) }
        } catch {
            progress.clear()
            if tally.sent > 0 {
                context.note("\(Wording.letters(tally.sent)) sent for good; the same command goes on behind them\n")
            }
            throw error
        }
        progress.clear()
        context.print(text(tally))
        return tally.left.isEmpty ? ExitCode.done : ExitCode.findings
    }
}
