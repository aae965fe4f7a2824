/// The registry of the fictional city: compose/registry/port-meridian.yaml.
public enum SampleRegistry {
    /// The name of the file.
    public static let name = "port-meridian.yaml"
    /// The bytes of the file.
    public static let bytes: [UInt8] = PackageResources.port_meridian_yaml
}
