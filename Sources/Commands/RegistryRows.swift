import Kafka
import Operations
import Pipeline

extension RegistryRowsOfTopics {
    /// What the topics hold that a configuration names for the registry, for a command, which does not wait for them.
    static func ask(_ configuration: Configuration) throws(CommandFailure) -> RegistryRowsOfTopics {
        do throws(KafkaError) {
            return try read(configuration, timeoutMilliseconds: 10_000)
        } catch {
            throw CommandFailure(error, brokers: configuration.kafka["bootstrap.servers"], seconds: 10)
        }
    }
}
