import Connections
import Primitives

/// Decisions in Spanish.
struct SpanishStory: StoryWords {
    func part(_ reason: DecisionStory.Reason) -> String {
        let partner = reason.partner
        return switch reason.mechanism {
        case .fundedBy?: "lo financió \(partner)"
        case .donatedBy?: "se apoya en una donación de \(partner)"
        case .deliveredAt?: "se realizó en las instalaciones de \(partner)"
        case .staffedBy?: "hizo el trabajo personal de \(partner)"
        case .trainedUnder?: "hizo el trabajo personal capacitado por \(partner)"
        case .designedFrom?: "sigue un diseño de \(partner)"
        case .convenedBy?: "\(partner) reunió a quienes lo hicieron"
        case nil:
            "el registro nombra a \(partner), y una segunda fuente muestra trabajo con ese socio en el mismo campo"
        }
    }

    func counted(_ verdict: Verdict, _ parts: String) -> String {
        verdict == .enabled
            ? "Una conexión internacional hizo posible este resultado: \(parts)."
            : "Una conexión internacional contribuyó a este resultado: \(parts)."
    }

    func credit(_ shares: String, domestic: String) -> String {
        "El crédito se reparte: \(shares); el esfuerzo propio de la ciudad, \(domestic)."
    }

    let abstained = "No se cuenta: se nombra una conexión y nada muestra con certeza que tuviera parte."
    let domestic = "Obra de la propia ciudad: nada muestra que una conexión internacional tuviera parte."
    let retracted = "Retirado: el departamento retiró el resultado, así que no se cuenta."

    func more(_ count: Int) -> String { count == 1 ? "una más" : "\(count) más" }

    func list(_ parts: [String]) -> String {
        guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
        // "e" before the sound of i.
        let start = last.lowercased()
        let joint = (start.hasPrefix("i") || start.hasPrefix("hi")) && !start.hasPrefix("hie") ? " e " : " y "
        return parts.dropLast().joined(separator: ", ") + joint + last
    }

    func share(_ basisPoints: Int) -> String {
        let tenths = (basisPoints + 5) / 10
        return "\(tenths / 10),\(tenths % 10) %"
    }

    func miss(_ miss: DecisionStory.Miss) -> String {
        let partner = miss.partner
        return switch (miss.reason, miss.day) {
        case (.ended, let day?): "\(partner) habría contado hasta el \(date(day)), cuando terminó su vigencia."
        case (.ended, nil): "\(partner) habría contado antes de terminar."
        case (.notStarted, let day?): "\(partner) habría contado desde el \(date(day)), cuando empezó su vigencia."
        case (.notStarted, nil): "\(partner) habría contado una vez empezada."
        case (.outOfScope, _): "\(partner) habría contado para un departamento de su ámbito."
        case (.noMechanism, _): "\(partner) contaría si el registro dijera qué hizo."
        case (.unverified, _): "\(partner) contaría si una segunda persona la hubiera verificado en el registro."
        case (.proposed, _): "\(partner) contaría si estuviera en vigor; está propuesta."
        case (.scheme, _): "\(partner) contaría si su identificador fuera de un tipo que las reglas aceptan."
        case (.belowThreshold, _): "Lo que hizo \(partner) es demasiado poco para contar por sí solo."
        case (.ambiguous, _): "\(partner) contaría si el nombre no pudiera referirse a otra conexión."
        case (.nameAlone, _): "\(partner) contaría si el registro dijera más que el nombre de un lugar."
        case (.negated, _): "El texto dice que \(partner) no lo hizo."
        case (.planned, _): "\(partner) contará cuando esté hecho; el texto habla de un plan."
        case (.outbound, _): "El texto habla de ayuda para \(partner), no de su parte."
        case (.activity, _):
            "El texto habla de una visita, una reunión o una firma con \(partner), y de ningún resultado."
        case (.aggregate, _):
            "El texto habla de todo lo que \(partner) hizo en otros lugares o años, no de un resultado."
        case (.otherReceiver, _):
            "El texto dice que lo que dio \(partner) lo recibió alguien que no es un departamento."
        case (.noResult, _): "\(partner) contaría si el texto dijera qué se logró."
        case (.weak, _): "\(partner) contaría si las palabras a su alrededor hablaran más claramente a su favor."
        }
    }

    func date(_ day: CivilDate) -> String {
        let (year, month, number) = day.parts
        let months = [
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre",
        ]
        return "\(number) de \(months[month - 1]) de \(year)"
    }
}
