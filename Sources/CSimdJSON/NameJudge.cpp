#include <cstring>

#include "NameFolding.h"
#include "include/NameScan.h"

namespace csj {

namespace {

/// Letters of a name that are looked at.
constexpr size_t kLettersMax = 1024;

/// Words of a run; the whole name is one run however many it has.
constexpr size_t kWordsMax = 8;

/// Innocent runs of a name; further ones cover nothing, which refuses too much rather than too little.
constexpr size_t kInnocentMax = 16;

constexpr uint32_t kHashStart = 0x811c9dc5;

/// FNV-1a, which grows by one letter at a time.
inline uint32_t hashed(uint32_t hash, uint8_t letter) noexcept { return (hash ^ letter) * 0x01000193; }

/// The run of a list that is this text, or NULL.
const csj_run *find(const csj_name_list &list, const uint8_t *text, size_t length, uint32_t hash) noexcept {
    for (uint32_t slot = hash & list.slot_mask; list.slots[slot] != 0; slot = (slot + 1) & list.slot_mask) {
        const csj_run &run = list.runs[list.slots[slot] - 1];
        if (run.hash == hash && run.length == length && std::memcmp(run.text, text, length) == 0) return &run;
    }
    return nullptr;
}

/// A folded name with the places where its words begin.
struct Words {
    uint8_t letters[kLettersMax];
    uint16_t starts[kLettersMax + 1];
    size_t count = 0;
    size_t length = 0;
    /// The end without the digits behind the last word.
    size_t ending = 0;

    Words(const uint8_t *name, size_t size) noexcept {
        Character before = Character::separator, twoBefore = Character::separator;
        for (size_t at = 0; at < size && length < kLettersMax;) {
            const Folded next = fold(name + at, size - at);
            at += next.width;
            if (next.kind == Character::mark) continue;
            if (next.kind != Character::separator) append(next, before, twoBefore);
            twoBefore = before;
            before = next.kind;
        }
        starts[count] = uint16_t(length);
        ending = length;
        while (ending > 1 && letters[ending - 1] >= '0' && letters[ending - 1] <= '9') ending -= 1;
    }

    size_t endOf(size_t word) const noexcept { return starts[word + 1]; }

private:
    void append(const Folded &next, Character before, Character twoBefore) noexcept {
        const bool isCapital = next.kind == Character::upper && before != Character::upper;
        const bool isDigit = next.kind == Character::digit, wasDigit = before == Character::digit;
        // The last of several capitals begins the word that goes on in small letters: `SSNNumber`.
        const bool wasCapital = next.kind == Character::lower && before == Character::upper &&
            twoBefore == Character::upper && starts[count - 1] != length - 1;
        if (wasCapital) starts[count++] = uint16_t(length - 1);
        if (before == Character::separator || isCapital || isDigit != wasDigit) starts[count++] = uint16_t(length);
        letters[length++] = next.letter;
    }
};

/// A part of a name that a run of the list is.
struct Part {
    size_t start;
    size_t end;
};

/// Judges one name.
class Judge {
public:
    Judge(const csj_name_list &list, const Words &words) noexcept : list_(list), words_(words) {}

    csj_verdict run() noexcept {
        if (words_.length == 0) return verdict_;
        eachRun([this](const csj_run &run, Part part) { noteInnocent(run, part); });
        eachRun([this](const csj_run &run, Part part) { notePerson(run, part); });
        eachRun([this](const csj_run &run, Part part) { judge(run, part); });
        return verdict_;
    }

private:
    const csj_name_list &list_;
    const Words &words_;
    Part innocent_[kInnocentMax];
    size_t innocentCount_ = 0;
    bool hasPerson_ = false;
    size_t longest_ = 0;
    csj_verdict verdict_ = {};

    /// All runs of words that are on the list, and what follows a person within a word (`clientname`).
    template <typename Body>
    void eachRun(Body body) noexcept {
        if (words_.count > kWordsMax && words_.length <= CSJ_RUN_MAX) lookUp(0, words_.length, body);
        for (size_t word = 0; word < words_.count; word++) {
            const size_t start = words_.starts[word];
            runsFrom(start, word, body);
            uint32_t hash = kHashStart;
            const size_t end = words_.endOf(word);
            for (size_t at = start; at + 2 < end && at < start + CSJ_RUN_MAX; at++) {
                hash = hashed(hash, words_.letters[at]);
                const csj_run *run = find(list_, words_.letters + start, at + 1 - start, hash);
                if (run == nullptr || (run->flags & CSJ_RUN_PERSON) == 0) continue;
                const size_t counted = longest_;
                const csj_verdict before = verdict_;
                const bool hadPerson = hasPerson_;
                hasPerson_ = true;
                runsFrom(at + 1, word, body);
                // Only a rule makes a person of the letters before it.
                hasPerson_ = hadPerson;
                if (longest_ == counted) verdict_ = before;
            }
        }
    }

    template <typename Body>
    void runsFrom(size_t start, size_t word, Body &body) noexcept {
        uint32_t hash = kHashStart;
        size_t at = start;
        for (size_t last = word; last < words_.count && last < word + kWordsMax; last++) {
            const size_t end = words_.endOf(last);
            if (end - start > CSJ_RUN_MAX) return;
            for (; at < end; at++) hash = hashed(hash, words_.letters[at]);
            const csj_run *run = find(list_, words_.letters + start, end - start, hash);
            if (run != nullptr) body(*run, Part{start, end});
        }
    }

    template <typename Body>
    void lookUp(size_t start, size_t end, Body &body) noexcept {
        uint32_t hash = kHashStart;
        for (size_t at = start; at < end; at++) hash = hashed(hash, words_.letters[at]);
        const csj_run *run = find(list_, words_.letters + start, end - start, hash);
        if (run != nullptr) body(*run, Part{start, end});
    }

    void noteInnocent(const csj_run &run, Part part) noexcept {
        if ((run.flags & CSJ_RUN_INNOCENT) == 0 || innocentCount_ == kInnocentMax) return;
        innocent_[innocentCount_++] = part;
    }

    bool isCovered(Part part) const noexcept {
        for (size_t index = 0; index < innocentCount_; index++) {
            if (innocent_[index].start <= part.start && part.end <= innocent_[index].end) return true;
        }
        return false;
    }

    void notePerson(const csj_run &run, Part part) noexcept {
        if ((run.flags & CSJ_RUN_PERSON) != 0 && !isCovered(part)) hasPerson_ = true;
    }

    void judge(const csj_run &run, Part part) noexcept {
        const bool isWhole = part.start == 0 && part.end == words_.length;
        if (isWhole) {
            verdict_.is_listed = true;
            verdict_.steps = run.steps;
            verdict_.flags |= run.flags & (CSJ_RUN_NAMES_VALUE | CSJ_RUN_RECORD);
        }
        if (isCovered(part)) return;
        verdict_.flags |= run.flags & CSJ_RUN_PERSON;
        const bool isEnding = part.end >= words_.ending;
        const bool isEdge = isEnding || part.start == 0;
        uint16_t rule = run.anywhere;
        if (rule == 0 && isEnding && part.start == 0) rule = run.whole;
        if (rule == 0 && isEdge && hasPerson_) rule = run.of_person;
        if (rule != 0 && part.end - part.start > longest_) {
            longest_ = part.end - part.start;
            verdict_.rule = rule;
        }
        if (!isEnding) return;
        // The first one is the longest.
        if (verdict_.of_person == 0) verdict_.of_person = run.of_person;
        if (verdict_.ending == 0) verdict_.ending = run.ending;
    }
};

/// The part of an address that tells: behind the last slash, without a version.
Part lastPart(const uint8_t *text, size_t length) noexcept {
    size_t end = 0;
    while (end < length && text[end] != '|') end += 1;
    size_t start = end;
    while (start > 0 && text[start - 1] != '/' && text[start - 1] != '#') start -= 1;
    return Part{start, end};
}

uint16_t valueRule(const csj_name_list &list, const uint8_t *text, size_t length) noexcept {
    uint8_t folded[CSJ_RUN_MAX];
    const size_t count = csj_fold_name(text, length, folded, sizeof folded);
    if (count == 0 || count > sizeof folded) return 0;
    const csj_run *run = find(list, folded, count, csj_run_hash(folded, count));
    return run == nullptr ? 0 : run->value;
}

}  // namespace

}  // namespace csj

uint32_t csj_run_hash(const uint8_t *text, size_t length) noexcept {
    uint32_t hash = csj::kHashStart;
    for (size_t at = 0; at < length; at++) hash = csj::hashed(hash, text[at]);
    return hash;
}

size_t csj_fold_name(const uint8_t *name, size_t length, uint8_t *folded, size_t room) noexcept {
    size_t count = 0;
    for (size_t at = 0; at < length;) {
        const csj::Folded next = csj::fold(name + at, length - at);
        at += next.width;
        if (next.kind == csj::Character::mark || next.kind == csj::Character::separator) continue;
        if (count < room) folded[count] = next.letter;
        count += 1;
    }
    return count;
}

csj_verdict csj_judge_name(const csj_name_list *list, const uint8_t *name, size_t length) noexcept {
    const csj::Words words(name, length);
    csj_verdict verdict = csj::Judge(*list, words).run();
    const uint64_t steps = verdict.steps.low | verdict.steps.high;
    verdict.is_plain = (verdict.rule | verdict.of_person | verdict.ending | verdict.flags) == 0 && steps == 0;
    return verdict;
}

uint16_t csj_judge_value(const csj_name_list *list, const uint8_t *text, size_t length) noexcept {
    const csj::Part part = csj::lastPart(text, length);
    const uint16_t rule = csj::valueRule(*list, text + part.start, part.end - part.start);
    return rule != 0 || part.start == 0 ? rule : csj::valueRule(*list, text, part.end);
}
