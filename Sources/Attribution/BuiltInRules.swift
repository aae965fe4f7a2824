public import YAML

/// The rule set that is built in: schemas/rules/default.yaml.
public enum BuiltInRules {
    /// The name under which the configuration asks for it.
    public static let name = "default"
    /// The bytes of the file.
    public static let bytes: [UInt8] = PackageResources.default_yaml
    /// The rules, read once in a process, and what there is to say of them.
    public static let reading: (rules: Rules?, findings: [Finding]) = RulesFile.read(bytes, file: "default rules")
}
