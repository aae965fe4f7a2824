import JSON
import Primitives
import Testing

@Suite struct JSONPathSyntaxTests {
    @Test(arguments: [
        "$", "$.a", "$ .a\n[ 'b' , \"c\" ]", "$..a", "$..*", "$..[0]", "$..['a','b']", "$.☺.é", "$[0]", "$[-1]",
        "$[1:5:2]", "$[:]", "$[::]", "$[::-1]", "$[ 1 : 2 : 3 ]", "$[-9007199254740991]", "$[0,1:2,*,'x',?@]",
        "$[?@]", "$[?$]", "$[?@.a]", "$[?!@.a]", "$[? ! @.a ]", "$[?(@.a)]", "$[?!(@.a||@.b)&&@.c]",
        "$[?@.a==1]", "$[?1==@.a]", "$[?@ .a [ 0 ]]", "$[?@ .a[0] == $ ['b'].c]", "$[?@.a=='x' || @.b != \"y\"]",
        "$[?@.a < -0]", "$[?@.a >= 1.5e+3]", "$[?@.a <= 1E2]", "$[?@.a > null]", "$[?true == false]",
        "$[?count(@.*) == 1]", "$[?count( $..a ) > length( @ )]", "$[?length('abc') == 3]",
        "$[?length(value($..c)) == 1]", "$[?match(@.a, 'b.*')]", "$[?!search( @ , $.p )]",
        "$[?match(@.a, 1)]", "$[?@[?@.b[?@.c]]]", "$[?count(@['a','b']) == 2]",
        "$['\\b\\f\\n\\r\\t\\/\\\\\\'\\uD83D\\uDE00']", "$[\"\\\"'\"]", "$[?@.a==18446744073709551616]", "$[?@<1e999]",
        "$[?count(@[ 'a' ]) == 1]", "$[?@[ 'a' ]]",
    ])
    func reads(_ text: String) throws {
        let path = try JSONPath(text)
        #expect(path.description == text)
        #expect(path == (try JSONPath(text)))
    }

    /// The text, the place of the fault from 0, and a part of what was expected.
    @Test(arguments: [
        ("", 0, "'$'"), ("a", 0, "'$'"), (" $", 0, "'$'"), ("$ ", 1, "the end"), ("$a", 1, "the end"),
        ("$.", 2, "a name"), ("$..", 3, "a name"), ("$. a", 2, "a name"), ("$...a", 3, "a name"), ("$.&", 2, "a name"),
        ("$[]", 2, "a name in quotes"), ("$[0,]", 4, "a name in quotes"), ("$[,0]", 2, "a name in quotes"),
        ("$[0 2]", 4, "',' or ']'"), ("$['a'", 5, "',' or ']'"), ("$[@.a]", 2, "a name in quotes"),
        ("$[-0]", 2, "leading zeros"), ("$[01]", 2, "leading zeros"), ("$[-]", 3, "a digit"),
        ("$[1:02]", 4, "leading zeros"), ("$[1:2:3:4]", 7, "',' or ']'"), ("$[1.0]", 3, "',' or ']'"),
        ("$[9007199254740992]", 2, "at most 9007199254740991"), ("$[-9007199254740992]", 2, "at most"),
        ("$[?]", 3, "a query"), ("$[?@.a ==]", 9, "a query"), ("$[?@.a = 1]", 7, "'=='"),
        ("$[?@.a == 01]", 10, "zeros"),
        ("$[?@.a == 1.]", 12, "a digit"), ("$[?@.a == 1e]", 12, "a digit"), ("$[?@.a == +1]", 10, "a query"),
        ("$[?@.a &&]", 9, "a query"), ("$[?@.a & @.b]", 7, "'&&', '||'"), ("$[?(@.a]", 7, "')'"),
        ("$[?@.a)]", 6, "'&&', '||', ',' or ']'"), ("$[?!!@.a]", 4, "a query"), ("$[?!@.a == 1]", 8, "'&&'"),
        ("$[?@.a == 1 == 2]", 12, "'&&'"), ("$[?(@.a) == 1]", 9, "'&&'"), ("$[?@.a == (1)]", 10, "a query"),
        ("$[?true]", 7, "a comparison"), ("$[?'a' && @.b]", 6, "a comparison"), ("$[?1]", 4, "a comparison"),
        ("$[?True]", 3, "a query"), ("$[?nul]", 3, "true, false, null or a function"),
        ("$[?@.a == undefined]", 10, "true"),
        ("$[?@.* == 1]", 3, "one value at most"), ("$[?1 == @..a]", 8, "one value at most"),
        ("$[?@['a','b'] == 1]", 3, "one value at most"), ("$[?@[ 'a' ] == 1]", 5, "no blank"),
        ("$[?length(@)]", 12, "a comparison"), ("$[?count(@.a)]", 13, "a comparison"),
        ("$[?length(@.*) == 1]", 10, "one value"),
        ("$[?length() == 1]", 10, "a query"), ("$[?length(@, @) == 1]", 11, "')'"), ("$[?count(1) == 1]", 9, "a query"),
        ("$[?count('a') == 1]", 9, "a query"), ("$[?value(length(@)) == 1]", 9, "a query"),
        ("$[?match(@.a)]", 12, "the pattern"), ("$[?match(@.a, 'b') == true]", 3, "stands alone"),
        ("$[?match(@.*, 'b')]", 9, "one value at most"), ("$[?search(@, 'a', 'b')]", 16, "')'"),
        ("$[?length(match(@, 'a')) == 1]", 10, "stands alone"), ("$[?count (@.*) == 1]", 8, "'(' directly"),
        ("$[?foo(@)]", 3, "a function that is known"), ("$[?length(@.a == 1) == 1]", 14, "')'"),
        ("$['\\x']", 4, "an escape"), ("$['\\u12']", 7, "hexadecimal"), ("$['\\ud800']", 5, "a surrogate pair"),
        ("$['\\udc00\\ud800']", 5, "a surrogate pair"), ("$['a\u{1f}']", 4, "in place of a control"),
        ("$['a", 4, "closing quote"),
    ])
    func refuses(_ text: String, _ position: Int, _ expected: String) {
        let error = #expect(throws: PathSyntaxError.self) { try JSONPath(text) }
        #expect(error?.position == position, "\(text): \(error.map(\.description) ?? "")")
        #expect(error?.expected.contains(expected) == true, "\(text): \(error?.expected ?? "")")
    }

    @Test func boundsWhatItReads() {
        func refusal(_ text: String) -> PathSyntaxError? {
            do throws(PathSyntaxError) {
                _ = try JSONPath(text)
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal("$" + String(repeating: "[0]", count: 1000)) == nil)
        #expect(refusal("$" + String(repeating: "[0]", count: 1001))?.expected == "at most 1000 segments")
        #expect(refusal("$['\(String(repeating: "a", count: 16_379))']") == nil)
        #expect(refusal("$['\(String(repeating: "a", count: 16_380))']")?.position == 16_384)
        let open = String(repeating: "(", count: 63)
        #expect(refusal("$[?\(open)@\(String(repeating: ")", count: 63))]") == nil)
        #expect(refusal("$[?\(open)(@))")?.expected == "at most 64 levels of nesting")
        #expect(refusal("$" + String(repeating: "[?@", count: 5000))?.expected == "at most 64 levels of nesting")
        #expect(refusal("$[?" + String(repeating: "length(", count: 2000))?.expected == "at most 64 levels of nesting")
    }

    @Test func knowsWhatIsSimple() throws {
        for text in ["$", "$.a['b'][0].*[*]", "$[ 'a' ]", "$[\"é\"]"] {
            #expect(try JSONPath(text).simple == SimplePath(text))
        }
        for text in ["$..a", "$[-1]", "$[1:2]", "$['a','b']", "$[?@.a]", "$.a..*"] {
            #expect(try JSONPath(text).simple == nil)
            let error = #expect(throws: PathSyntaxError.self) { try SimplePath(text) }
            #expect(error?.expected.contains("no filters, slices, lists, descendants") == true)
        }
        #expect(try JSONPath("$.a[-1]['b']").isSingular && !JSONPath("$.a[*]").isSingular)
        #expect(try !JSONPath("$..a").isSingular && !JSONPath("$[0,1]").isSingular)
    }

    @Test func equalityIsThatOfTheMeaning() throws {
        #expect(try JSONPath("$.a[?@.b=='c']") == JSONPath("$ [\"a\"][? @['b'] == \"c\"]"))
        #expect(try JSONPath("$.a") != JSONPath("$.b"))
        // Names that only Unicode's canonical equivalence takes for the same.
        #expect(try JSONPath("$.\u{e9}") != JSONPath("$.e\u{301}"))
        #expect(Set([try JSONPath("$.a"), try JSONPath("$['a']")]).count == 1)
    }

    @Test func standsBelowAPath() throws {
        let prefix = try SimplePath("$.data['x y']")
        for (text, expected) in [
            ("$", "$.data['x y']"), ("$..a[0]", "$.data['x y']..a[0]"),
            (
                "$[?@.a==$.b&&!match($['c'],'\\n')||count(@[?$.d])>-1.50e0][::-1,2:,'it\\'s',-1]",
                "$.data['x y'][?(@.a == $.data['x y'].b && !(match($.data['x y'].c, '\\n'))) || "
                    + "count(@[?$.data['x y'].d]) > -1.5][::-1,2:,'it\\'s',-1]"
            ),
            ("$[?length(value($..*))<1e999]", "$.data['x y'][?length(value($.data['x y']..[*])) < 1e999]"),
            (
                "$[?@>1.0||@==18446744073709551615||@!=null]",
                "$.data['x y'][?@ > 1.0 || @ == 18446744073709551615 || @ != null]"
            ),
        ] {
            let path = try #require(try JSONPath(text).below(prefix))
            #expect(path.description == expected)
            #expect(try path == JSONPath(expected))
            #expect(try JSONPath(text).below(SimplePath()) == JSONPath(text))
        }
        let below = try #require(try JSONPath("$.a[?@==$.b]").below(SimplePath("$.d")))
        #expect(try values(below.description, #"{"b":1,"d":{"a":[1,2],"b":2}}"#) == "2")
        #expect(try JSONPath("$.a").below(SimplePath("$.d[*]")) == nil)
        #expect(try JSONPath("$.a").below(SimplePath(steps: [.index(-1)])) == nil)
    }

    /// The parser ends quickly, whatever it is given, and reads what it accepts to the same end again.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func survivesAnything(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let seeds = [
            "$.a['b c'][0][-1][1:5:2]..*[?@.a=='x' && !(@.b<1.5e3 || $.c)]", "$..[?match(@.d, 'a.*') , 'x', 1:]",
            "$[?count(@..*)>=length(value($['\\uD83D\\uDE00\\n']))]", "$ [ ? ! search ( @ , \"[^a]\" ) ]",
        ].map { Array($0.unicodeScalars) }
        let alphabet = Array(
            "$@.[]()*?!&|=<>:,'\"\\u0019-+eE abcdlengthcountvaluematchsearchtruefalsenull\n\t☺😀\0".unicodeScalars)
        var accepted = 0
        for _ in 0..<3000 {
            var scalars =
                random.below(4) == 0
                ? [Unicode.Scalar("$")] + (0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] }
                : seeds[random.below(seeds.count)]
            for _ in 0..<random.below(4) where !scalars.isEmpty {
                let place = random.below(scalars.count)
                switch random.below(4) {
                case 0: scalars.remove(at: place)
                case 1: scalars.insert(alphabet[random.below(alphabet.count)], at: place)
                case 2: scalars[place] = alphabet[random.below(alphabet.count)]
                default: scalars += scalars[place...]
                }
            }
            let text = String(String.UnicodeScalarView(scalars))
            do throws(PathSyntaxError) {
                let path = try JSONPath(text)
                accepted += 1
                // Written out again, it is the same.
                let again = path.below(SimplePath())?.description ?? ""
                #expect((try? JSONPath(again)) == path, "\(text)")
                _ = try? select(path, in: Array(#"{"a":[{"b c":1,"d":"ab"}],"c":[1,2,3]}"#.utf8))
            } catch {
                #expect(0...scalars.count ~= error.position && !error.expected.isEmpty, "\(text)")
            }
        }
        #expect(accepted > 0)
    }
}
