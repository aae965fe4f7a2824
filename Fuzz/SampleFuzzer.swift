import Intake

@testable import Commands

extension Fuzzer {
    /// Samples of a department's events, one a line: what `profile new` makes of them is a profile.
    static let sample = Fuzzer(
        name: "sample", bytesMax: 1500, dictionary: "json", folders: ["schemas/examples/canonical-event"]
    ) {
        { bytes in
            let envelopes = [nil] + Profile.Envelope.allCases.map { $0 }
            for envelope in [nil, envelopes[bytes.count % envelopes.count]] {
                var sample = ProfileSample(envelope: envelope)
                for line in bytes.lines { sample.add(line, "line") }
                if let fault = sample.firstFault { Marker.expectNone(in: fault, "the fault") }
                guard sample.documents > 0 else { continue }
                let text = ProfileSkeleton(ProfileProposals(sample), name: "fuzz").text
                let (profile, findings) = ProfileFile.read(Array(text.utf8), file: "skeleton")
                expect(profile != nil, "what is proposed is no profile: \(findings) of \(text)")
            }
        }
    }
}
