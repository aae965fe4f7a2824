/// The state of a decision: what is withheld so far, and the tables that prove that it protects.
struct Suppressor: ~Copyable {
    let table: MergedTable
    /// Whether each figure is kept from the public.
    var isWithheld: [Bool]
    /// Tables that agree with what is published, if the figures that are withheld now are.
    var certificates: [Certificate] = []
    /// How far below and above its value each figure is proved to be possible.
    var reach: [Reach]
    /// How far each figure's possible values must reach.
    var need: [Need]
    /// The least absolute value that a figure can have for all that the pattern of zeros tells.
    var floors: [Int]
    /// For figures that cannot be protected as promised, what bounds them.
    var pinnedBy: [Int: Set<Int>] = [:]
    private var neighbourhoods: [Int: [Int]] = [:]

    /// How far down and up from a figure's value.
    struct Reach {
        var down = 0
        var up = 0

        func distance(upwards: Bool) -> Int { upwards ? up : down }
    }

    /// What is needed of a reach.
    struct Need {
        var down = 0
        var up = 0
        var width = 0

        func isMet(by reach: Reach) -> Bool {
            reach.down >= down && reach.up >= up && reach.down + reach.up >= width
        }

        func distance(upwards: Bool) -> Int { upwards ? up : down }
    }

    init(_ problem: SuppressionProblem) {
        let table = MergedTable(problem)
        self.table = table
        isWithheld = table.figures.indices.map { figure in
            switch table.figures[figure].role {
            case .candidate: table.isSensitive(figure)
            case .published: false
            case .withheld, .derived: true
            }
        }
        reach = [Reach](repeating: Reach(), count: table.figures.count)
        need = [Need](repeating: Need(), count: table.figures.count)
        floors = [Int](repeating: 1, count: table.figures.count)
        for figure in table.figures.indices { need[figure] = fullNeed(figure) }
    }

    /// What is promised of a figure as things stand.
    func fullNeed(_ figure: Int) -> Need {
        guard isWithheld[figure] else { return Need() }
        if table.isSensitive(figure) {
            let size = abs(table.values[figure])
            let (near, far) = (size - floors[figure], floors[figure] + table.threshold - 1 - size)
            return table.values[figure] > 0 ? Need(down: near, up: far) : Need(down: far, up: near)
        }
        return Need(width: table.figures[figure].role == .derived ? 0 : table.threshold - 1)
    }

    /// Primary, complementary, clean-up, audit.
    mutating func run() throws(SuppressionError) -> SuppressionResult {
        try withholdComplements()
        try publishUnneeded()
        return audit()
    }

    // MARK: What may move

    /// A linear program of what the attacker thinks possible, in a figure's neighbourhood.
    mutating func attackModel(around figure: Int) -> PerturbationModel {
        let (table, isWithheld) = (table, isWithheld)
        return PerturbationModel(table, cells: neighbourhood(figure)) { other in
            isWithheld[other] ? table.freedom(other) : .fixed
        }
    }

    /// The cells in which certificates for a figure are sought first.
    mutating func neighbourhood(_ figure: Int) -> [Int] {
        if let known = neighbourhoods[figure] { return known }
        let cells = table.neighbourhood(of: figure)
        neighbourhoods[figure] = cells
        return cells
    }

    /// Looks for a table in which a figure differs by at least an amount, with nothing more withheld.
    /// - Returns: whether one was found; it is then among the certificates.
    mutating func prove(_ figure: Int, by amount: Int) throws(SuppressionError) -> Bool {
        if adoptScaled(figure, by: amount) { return true }
        do throws(PerturbationModel.Failure) {
            var model = attackModel(around: figure)
            let solution = try model.cheapest(moving: figure, by: amount)
            guard let changes = try model.wholeNumbers(moving: figure, by: amount, from: solution) else { return false }
            return adopt(changes)
        } catch {
            return try error.asMissing(figure)
        }
    }

    /// Whether a certificate that there is can be turned round.
    mutating func adoptScaled(_ figure: Int, by amount: Int) -> Bool {
        for certificate in certificates.reversed() {
            if let changes = certificate.scaled(figure, to: amount), adopt(changes) { return true }
        }
        return false
    }

    /// Takes a table as a certificate, if it is one.
    mutating func adopt(_ changes: [Certificate.Change]) -> Bool {
        guard let certificate = Certificate(changes, in: table), certificate.holds(withheld: isWithheld) else {
            return false
        }
        certificates.append(certificate)
        count(certificate)
        return true
    }

    // MARK: Reach

    /// Takes a certificate into the reach of the figures.
    private mutating func count(_ certificate: Certificate) {
        for change in certificate.figures {
            if change.amount > 0 {
                reach[change.place].up = max(reach[change.place].up, change.amount)
            } else {
                reach[change.place].down = max(reach[change.place].down, -change.amount)
            }
        }
    }

    /// Takes the reach of the figures from the certificates anew.
    mutating func recount() {
        for figure in reach.indices { reach[figure] = Reach() }
        for certificate in certificates { count(certificate) }
    }

    /// The figures that are not protected yet, the hardest first: those that are furthest from an end of the range.
    func unprotected() -> [Int] {
        let figures = table.figures.indices.filter { !need[$0].isMet(by: reach[$0]) }
        return figures.sorted { left, right in
            let (l, r) = (max(need[left].down, need[left].up), max(need[right].down, need[right].up))
            return l == r ? left < right : l > r
        }
    }
}

extension PerturbationModel.Failure {
    /// False where a problem has no solution, an error where the solver failed.
    func asMissing(_ figure: Int) throws(SuppressionError) -> Bool {
        switch self {
        case .infeasible: return false
        case .unbounded: throw .solverFailed(figure: figure, status: 2)
        case .stopped(let status): throw .solverFailed(figure: figure, status: status)
        }
    }
}
