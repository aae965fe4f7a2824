import Kafka

/// Certificates, keys and secrets that were renewed while the worker runs: new clients take the place of the old ones
/// between two transactions.
extension Worker {
    /// Looks at the files now and then, and has the lifecycle exchange the clients where there is something new.
    func lookAtCredentials() {
        guard newClients == nil else { return }
        switch renewal.look() {
        case .nothing: return
        case .refused: progress.update { $0.credentialsRefused += 1 }
        case .renewed(let changed):
            do throws(KafkaError) {
                if changed == ["sasl.password"], try renewPassword() {
                    noteRenewal(changed, "kept")
                } else {
                    newClients = try WorkerClients(settings, engine.department, transactionalID, log)
                    self.changed = changed
                    lifecycle.exchangeRequested()
                }
            } catch {
                report(error)
            }
        }
    }

    /// Gives a new password to the clients in use, which need it when they connect next.
    private func renewPassword() throws(KafkaError) -> Bool {
        let client = ClientConfiguration(settings.credentials.renewed(settings.kafka))
        guard let name = client["sasl.username"], let password = client["sasl.password"],
            client.saslMechanism.map({ $0 == "PLAIN" || $0.hasPrefix("SCRAM-") }) ?? false
        else { return false }
        try consumer.setCredentials(name: name, password: password)
        try producer.setCredentials(name: name, password: password)
        return true
    }

    /// Leaves the group with the old clients and goes on with the new ones. What is open could not be committed with
    /// the old ones: the new producer ends that transaction when it begins, since it has the same transactional id, and
    /// the new consumer reads on from what was committed.
    func exchange() -> WorkerLifecycle.Action {
        guard let clients = newClients.take() else { return lifecycle.exchanged(now: now) }
        do throws(KafkaError) {
            try consumer.close(timeoutMilliseconds: Worker.callMilliseconds)
        } catch {
            report(error)
        }
        if lifecycle.isOpen { forgetOpen() }
        offsets = OffsetTracker(topic: settings.events)
        lagWatch = LagWatch()
        pendingRewind.removeAll()
        partitionsToCheck.removeAll()
        (transactionIsOpen, offsetsAreSent, commitIsInDoubt, mustAbort) = (false, false, false, false)
        consumer = clients.consumer
        records = clients.records
        deadLetters = clients.deadLetters
        producer = clients.producer
        noteRenewal(changed, "exchanged")
        return lifecycle.exchanged(now: now)
    }

    private func noteRenewal(_ changed: [String], _ how: StaticString) {
        progress.update { $0.credentialsRenewed += 1 }
        renewal.note(changed, how)
    }
}
