import Connections
import Indicators
import Primitives
import Releases

/// The connections that somebody ought to look after.
struct Attention {
    /// Those that K14 lists.
    let dormant: [String]
    /// Those in force with a review that was due before the period ended.
    let reviewsPast: [ReleasedConnection]

    init(_ context: PageContext) {
        dormant = (context.table[.dormantConnections, Slice()]?.listed ?? []).sorted {
            context.names.partner($0) < context.names.partner($1)
        }
        reviewsPast = context.release.connections.filter { row in
            (row.status == .active || row.status == .dormant)
                && row.reviewOn.map { $0 < context.release.lastDay } ?? false
        }.sorted {
            ($0.reviewOn ?? context.release.lastDay, $0.partner) < ($1.reviewOn ?? context.release.lastDay, $1.partner)
        }
    }
}
