import Connections
import Evaluation
import Indicators
import KPIService
import Operations
import Pipeline
import Primitives
import YAML

/// Makes what closes periods from a configuration: store, registry, settings and reviewed claims.
enum ClosingLoader {
    /// Reads all that it needs; topics are asked for the registry where the configuration names them.
    /// - Returns: nil where the registry is missing or wrong, which the findings then say.
    static func load(
        _ configuration: Configuration
    ) throws(CommandFailure) -> (closing: PeriodClosing?, findings: [Finding]) {
        var configuration = configuration
        let rows = try RegistryRowsOfTopics.ask(configuration)
        let (registry, found) = EngineLoader.registry(&configuration, rows)
        let settings = IndicatorSettings(configuration)
        let (reviewed, remarks) = try reviewed(settings.reviews)
        let findings = configuration.findings + found.filter { $0.severity == .error } + remarks
        guard let registry else { return (nil, findings) }
        let known = configuration.text("as.of").flatMap { CivilDate($0) }.map { registry.asOf($0) } ?? registry
        let closing = PeriodClosing(
            address: IntakeSettings(configuration).store, registry: known, settings: settings, reviewed: reviewed)
        return (closing, findings)
    }

    /// The same for a service, which reads it anew whenever it computes figures; nil where no registry is configured.
    static func source(_ configuration: Configuration) -> ClosingSource? {
        guard configuration.text("registry") != nil else { return nil }
        return ClosingSource(calendar: IndicatorSettings(configuration).calendar) { () throws(ClosingError) in
            let loaded: (closing: PeriodClosing?, findings: [Finding])
            do throws(CommandFailure) {
                loaded = try load(configuration)
            } catch {
                throw .registry(error.message)
            }
            guard let closing = loaded.closing else {
                throw .registry(loaded.findings.first.map(FindingsReport.line) ?? "it is not there")
            }
            return closing
        }
    }

    private static func reviewed(
        _ file: String?
    ) throws(CommandFailure) -> (proportion: Proportion?, findings: [Finding]) {
        guard let file else { return (nil, []) }
        let (rows, findings) = ReviewFile.read(try CommandFailure.read(file), file: file)
        guard let rows else { throw CommandFailure("\(file): the reviewed claims cannot be read") }
        let reviewed = rows.compactMap(\.isUpheld)
        return (Proportion(reviewed.count { $0 }, of: reviewed.count), findings)
    }
}
