import Releases

@testable import Pages

/// A made-up release of a small city, as JSON, with hostile names and with figures that say nothing.
struct SmallCity {
    var period = "2026-Q2"
    var days = ("2026-04-01", "2026-06-30")
    var number = 1
    var restates: String?
    var city = "Port Meridian"
    /// The members of figures, without braces.
    var figures: [String] = SmallCity.figures
    var connections: [String] = SmallCity.connections
    var changes: [String] = []

    static let hostile = #"<script>alert("1")</script> & 'Söhne' \u202e\u0645\u0631\u062d\u0628\u0627"#
    /// Stands for what is hidden: if it is on any page, a withheld figure has leaked.
    static let secret = 7_654_321

    static let connections = [
        #""id":"pm:sister-city:a","partner":"Asanagi","#
            + #""type":"sister_city","country":"JP","status":"active","since":"1989","#
            + #""holder":"Office","reviewOn":"2026-02-01","#
            + #""evidence":["T1 funded-by","T2 staffed-by"]"#,
        #""id":"pm:network:b \"<&","partner":"\#(hostile.replacing("\"", with: "\\\""))","#
            + #""type":"network","status":"active","evidence":["T1 designed-from"]"#,
        #""id":"pm:consulate:c","partner":"Consulate of Verdania","#
            + #""type":"consulate","status":"dormant","activities":{"delegation":1,"training":2}"#,
        #""id":"pm:agreement:d","partner":"Harbour agreement","#
            + #""type":"agreement","country":"NO","status":"active","evidence":["T1 convened-by"]"#,
    ]

    /// The members of a figure.
    static func figure(_ indicator: String, _ slice: KeyValuePairs<String, String>, _ rest: String) -> String {
        let parts = slice.map { "\"\($0.key)\":\"\($0.value.replacing("\"", with: "\\\""))\"" }
        let slice = parts.isEmpty ? "" : "\"slice\":{\(parts.joined(separator: ","))},"
        return "\"indicator\":\"\(indicator)\",\(slice)\(rest)"
    }

    static let figures = [
        figure("K01", [:], #""value":12,"n":12,"abstained":3"#),
        figure("K01", ["department": "housing"], #""value":8,"n":8,"abstained":1"#),
        figure("K01", ["department": "parks & <b>"], #""value":4,"n":4"#),
        figure("K01", ["connection": "pm:sister-city:a"], #""value":6,"n":6,"abstained":0"#),
        figure("K01", ["connection": "pm:network:b \"<&"], #""value":5,"n":5"#),
        figure("K01", ["connection": "pm:agreement:d"], #""value":9,"n":9,"abstained":0"#),
        figure("K01", ["connection": "pm:consulate:c"], #""value":null,"withheld":true"#),
        figure("K01", ["country": "JP"], #""value":6,"n":6"#),
        figure("K01", ["department": "housing", "connection": "pm:sister-city:a"], #""value":6,"n":6"#),
        figure("K01", ["department": "housing", "connection": "pm:network:b \"<&"], #""value":5,"n":5"#),
        figure("K01", ["department": "housing", "connection": "pm:agreement:d"], #""value":null,"withheld":true"#),
        figure("K01", ["department": "housing", "district": "D10"], #""value":3,"n":3"#),
        figure("K01", ["department": "housing", "district": "D2"], #""value":null,"withheld":true"#),
        figure("K01", ["department": "housing", "type": "lease-signed"], #""value":8,"n":8"#),
        figure("K02", ["department": "housing"], #""value":1234,"n":8"#),
        figure("K02", ["department": "housing", "group": "youth"], #""value":null,"withheld":true"#),
        figure("K03", ["department": "housing"], #""value":40.0,"numerator":8,"denominator":20,"n":20"#),
        figure("K04", [:], #""value":7.25,"numerator":72500,"denominator":10000,"n":12"#),
        figure("K04", ["department": "housing"], #""value":5.0,"numerator":50000,"denominator":10000,"n":8"#),
        figure("K04", ["connection": "pm:sister-city:a"], #""value":4.1,"numerator":41000,"denominator":10000,"n":6"#),
        figure("K04", ["connection": "pm:network:b \"<&"], #""value":3.5,"numerator":35000,"denominator":10000,"n":5"#),
        figure("K04", ["connection": "pm:agreement:d"], #""value":8.0,"numerator":80000,"denominator":10000,"n":9"#),
        figure("K04", ["connection": "pm:consulate:c"], #""value":null,"withheld":true"#),
        figure("K05", [:], #""value":39.58,"numerator":47500,"denominator":120000,"n":12"#),
        figure("K06", ["form": "grant"], #""value":1500.5,"n":2"#),
        figure("K06", ["form": "in-kind"], #""value":null,"missing":"money","n":0"#),
        figure("K07", [:], #""value":null,"missing":"cost","n":12"#),
        figure("K08", [:], #""value":1.0,"numerator":1,"denominator":1,"n":1"#),
        figure("K11", [:], #""value":50.0,"numerator":1,"denominator":2,"n":2"#),
        figure("K14", [:], #""value":50.0,"numerator":1,"denominator":2,"n":2,"listed":["pm:consulate:c"]"#),
        figure("K15", ["measure": "fee per outcome"], #""value":0.5,"numerator":1,"denominator":2,"n":2"#),
        figure(
            "K16", ["department": "housing", "group": "youth"],
            #""value":0.7,"numerator":0.14,"denominator":0.2,"n":1234"#),
        figure("K17", [:], #""value":1,"n":1"#),
        figure("K18", ["measure": "abstained"], #""value":12.5,"numerator":3,"denominator":24,"n":24"#),
        figure(
            "K18", ["measure": "upheld"],
            #""value":90.0,"numerator":18,"denominator":20,"lower":69.9,"upper":97.21,"n":20"#),
    ]

    /// The release that its JSON is read as.
    func release() throws -> Release {
        let head = """
            {"id":"\(period).\(number)","period":"\(period)","from":"\(days.0)","to":"\(days.1)","number":\(number),
            \(restates.map { "\"restates\":\"\($0)\"," } ?? "")"city":"\(city)","closedAt":"2026-07-15T09:30:00Z",
            "threshold":10,"registry":"abc","versions":[{"rules":"sha256:0123456789abcdef","registry":"abc",
            "profile":"def","engine":"1.0.0","outcomes":24}],"records":{"received":100,"refused":1,"outcomes":24},
            "suppression":{"populations":30,"primary":3,"complementary":2},
            """
        func list(_ name: String, _ members: [String]) -> String {
            "\"\(name)\":[" + members.map { "{\($0)}" }.joined(separator: ",") + "]"
        }
        let lists = [list("figures", figures), list("connections", connections), list("changes", changes)]
        return try Release(json: Array((head + lists.joined(separator: ",") + "}").utf8))
    }

    /// A site of the quarter, the one before it, and an earlier release of that one.
    static func site() throws -> Site {
        var first = SmallCity()
        (first.period, first.days) = ("2026-Q1", ("2026-01-01", "2026-03-31"))
        var second = first
        (second.number, second.restates) = (2, "2026-Q1.1")
        second.figures[0] = #""indicator":"K01","value":10,"n":10,"abstained":3"#
        second.changes = [#""indicator":"K01","before":{"value":12},"after":{"value":10}"#]
        return Site(releases: try [SmallCity().release(), second.release(), first.release()])
    }
}
