/// The rule set that is built in: schemas/rules/default.yaml.
public enum BuiltInRules {
    /// The name under which the configuration asks for it.
    public static let name = "default"
    /// The bytes of the file.
    public static let bytes: [UInt8] = PackageResources.default_yaml
}
