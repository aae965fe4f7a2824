import YAML

/// Findings as they are printed.
enum FindingsReport {
    /// `file:line: key: message`; a warning says so before its message.
    static func line(_ finding: Finding) -> String {
        guard finding.severity == .warning else { return finding.description }
        let warning = Finding(
            file: finding.file, line: finding.line, key: finding.key, message: "warning: \(finding.message)")
        return warning.description
    }

    /// `2 errors, 1 warning`.
    static func count(_ findings: [Finding]) -> String {
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        return "\(errors) \(errors == 1 ? "error" : "errors"), \(warnings) \(warnings == 1 ? "warning" : "warnings")"
    }

    /// True where something is refused.
    static func hasErrors(_ findings: [Finding]) -> Bool {
        findings.contains { $0.severity == .error }
    }
}
