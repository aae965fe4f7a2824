import JSON
import Primitives
import YAML

/// Reads NDJSON whose lines are all checked by one table of members, and collects everything there is to say.
struct LineTable {
    /// The file, for the findings.
    let file: String
    private let fields: [FieldSpec]
    private let lines = JSONLines()
    private var reader: FieldReader
    private var findings: [Finding] = []
    private var unknownNames: Set<String> = []

    init(file: String, _ fields: [FieldSpec]) {
        self.file = file
        self.fields = fields
        reader = FieldReader(file: file)
    }

    /// The object of a line; nil where something is wrong with it.
    mutating func take(_ line: UnsafeRawBufferPointer, number: Int) -> YAMLNode? {
        do throws(JSONError) {
            let node = known(try lines.tree(line, number: number))
            return reader.check(node, fields) ? node : nil
        } catch {
            findings.append(Finding(file: file, line: number, key: "", message: error.message))
            return nil
        }
    }

    /// A member of a line that was taken, as compact JSON; nil where there is none.
    func json(_ member: String, of line: UnsafeRawBufferPointer) -> [UInt8]? { try? lines.json(member, of: line) }

    /// Adds an error at a line.
    mutating func report(_ node: YAMLNode, _ key: String, _ message: String) { reader.report(node, key, message) }

    /// All that there is to say, by line.
    var allFindings: [Finding] { (findings + reader.findings).sorted() }

    /// The object without members that mean nothing here, which are told once. What looks like a member that is missing
    /// stays, and is refused: a slip of the pen would change figures.
    private mutating func known(_ node: YAMLNode) -> YAMLNode {
        guard case .mapping(let members) = node.content else { return node }
        let names = fields.map(\.name)
        let kept = members.filter { member in
            let name = member.key.scalar ?? ""
            if names.contains(name) { return true }
            if let meant = NearestName.of(name, in: names), node[meant] == nil { return true }
            if unknownNames.insert(name).inserted {
                findings.append(
                    Finding(
                        file: file, line: node.line, key: name, severity: .warning,
                        message: "the member is not known and is not read, here and in the lines that follow"))
            }
            return false
        }
        return YAMLNode(content: .mapping(kept), line: node.line)
    }
}
