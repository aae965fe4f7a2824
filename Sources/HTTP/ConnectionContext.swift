/// A connection as libmicrohttpd keeps it for this server.
final class ConnectionContext {
    let id: Int
    let address: ClientAddress
    let admission: ConnectionTable.Admission

    init(id: Int, address: ClientAddress, admission: ConnectionTable.Admission) {
        self.id = id
        self.address = address
        self.admission = admission
    }
}
