/// Where countries and territories lie that have no outline on a map of the whole world.
enum SmallPlaces {
    /// Longitude and latitude of the place by its code (ISO 3166-1 alpha-2), in degrees.
    static let places: [String: (longitude: Double, latitude: Double)] = {
        var places: [String: (longitude: Double, latitude: Double)] = [:]
        for entry in list.split(whereSeparator: \.isWhitespace) {
            let parts = entry.split(separator: ",")
            guard parts.count == 3, let longitude = Double(parts[1]), let latitude = Double(parts[2]) else { continue }
            places[String(parts[0])] = (longitude, latitude)
        }
        return places
    }()

    private static let list = """
        AD,1.6,42.5 AG,-61.8,17.1 AI,-63.1,18.2 AS,-170.7,-14.3 AW,-70.0,12.5 AX,20.0,60.2 BB,-59.5,13.2 BH,50.6,26.0
        BL,-62.8,17.9 BM,-64.8,32.3 BQ,-68.3,12.2 CK,-159.8,-21.2 CV,-23.6,15.1 CW,-69.0,12.2 DM,-61.4,15.4
        FM,158.2,6.9 FO,-6.9,62.0 GD,-61.7,12.1 GF,-53.1,4.0 GG,-2.6,49.5 GI,-5.4,36.1 GP,-61.6,16.2 GU,144.8,13.4
        HK,114.2,22.3 IM,-4.5,54.2 JE,-2.1,49.2 KI,173.0,1.4 KM,43.3,-11.7 KN,-62.7,17.3 KY,-81.3,19.3 LC,-61.0,13.9
        LI,9.5,47.2 MC,7.4,43.7 MF,-63.1,18.1 MH,171.2,7.1 MO,113.5,22.2 MP,145.7,15.2 MQ,-61.0,14.6 MS,-62.2,16.7
        MT,14.4,35.9 MU,57.6,-20.3 MV,73.5,4.2 NF,167.9,-29.0 NR,166.9,-0.5 NU,-169.9,-19.1 PF,-149.5,-17.6
        PM,-56.3,46.9 PW,134.5,7.5 RE,55.5,-21.1 SC,55.5,-4.7 SG,103.8,1.4 SH,-5.7,-15.9 SM,12.5,43.9 ST,6.6,0.2
        SX,-63.1,18.0 TC,-71.8,21.8 TK,-171.8,-9.2 TO,-175.2,-21.2 TV,179.2,-8.5 VA,12.5,41.9 VC,-61.2,13.2
        VG,-64.6,18.4 VI,-64.9,18.3 WF,-176.2,-13.3 WS,-172.1,-13.8 YT,45.2,-12.8
        """
}
