#include "Tape.h"

namespace csj {

namespace {

/// Names that a parser remembers; a power of two.
constexpr size_t kJudgedNames = 1024;

csj_steps intersection(csj_steps a, csj_steps b) noexcept { return csj_steps{a.low & b.low, a.high & b.high}; }

/// The steps after these, and the first of every path.
csj_steps following(csj_steps steps, csj_steps starts) noexcept {
    return csj_steps{steps.low << 1 | starts.low, (steps.high << 1 | steps.low >> 63) | starts.high};
}

bool isEmpty(csj_steps steps) noexcept { return (steps.low | steps.high) == 0; }

/// One scan of a document.
class NameScan {
public:
    NameScan(csj_parser &parser, const csj_name_list &list) noexcept
        : parser_(parser), list_(list), tape_(parser), levels_(parser.levels.data()) {}

    csj_name_hit run() noexcept {
        const uint64_t *const tape = tape_.words;
        uint32_t place = 1;
        if (Tape::widthOf(tape[place]) != 0) return csj_name_hit{};
        open(tape[place], csj_name_state{}, 0);
        for (place = 2; depth_ > 0;) {
            const NameLevel &level = levels_[depth_ - 1];
            const uint64_t word = tape[place];
            const tape_type type = Tape::typeOf(word);
            if (type == tape_type::END_OBJECT || type == tape_type::END_ARRAY) {
                depth_ -= 1;
                place += 1;
                continue;
            }
            csj_name_state state = level.state;
            uint32_t key = 0;
            if (level.isObject) {
                const csj_name_hit hit = judge(word, place, state);
                if (hit.place != 0) return hit;
                key = place;
                place += 1;
            }
            const uint64_t value = tape[place];
            const uint32_t width = Tape::widthOf(value);
            if (width == 0) open(value, state, key);
            place += width == 0 ? 1 : width;
        }
        return csj_name_hit{};
    }

private:
    csj_parser &parser_;
    const csj_name_list &list_;
    const Tape tape_;
    NameLevel *const levels_;
    uint32_t depth_ = 0;

    CSJ_INLINE void open(uint64_t word, csj_name_state state, uint32_t key) noexcept {
        levels_[depth_++] = NameLevel{state, key, Tape::typeOf(word) == tape_type::START_OBJECT};
    }

    CSJ_INLINE csj_name_hit judge(uint64_t word, uint32_t place, csj_name_state &state) noexcept {
        uint32_t length;
        const uint8_t *const bytes = tape_.text(word, length);
        csj_verdict uncached;
        const csj_verdict &verdict = judged(readName(bytes, length), uncached);
        if (verdict.is_plain) {
            state.steps = csj_steps{};
            return csj_name_hit{};
        }
        const uint16_t rule = csj_name_step(&list_, &verdict, &state);
        if (rule != 0 && !isExempt(place)) return csj_name_hit{place, rule, false};
        if ((verdict.flags & CSJ_RUN_NAMES_VALUE) != 0) return judgeValue(place);
        return csj_name_hit{};
    }

    /// Each name has two slots, so that two names of one hash do not push each other out with every document.
    CSJ_INLINE const csj_verdict &judged(const csj_name &name, csj_verdict &uncached) noexcept {
        JudgedName *const slot = &parser_.judged[name.hash >> 54 & (kJudgedNames - 2)];
        if (isKnown(slot[0], name)) return slot[0].verdict;
        if (isKnown(slot[1], name)) return slot[1].verdict;
        return judgedAnew(name, slot, uncached);
    }

    CSJ_INLINE static bool isKnown(const JudgedName &known, const csj_name &name) noexcept {
        return known.head == name.head && known.tail == name.tail && known.length == name.length + 1 &&
            (name.length <= 16 || std::memcmp(known.text, name.bytes, name.length) == 0);
    }

    CSJ_OUT_OF_LINE const csj_verdict &judgedAnew(
        const csj_name &name, JudgedName *slot, csj_verdict &uncached) noexcept {
        uncached = csj_judge_name(&list_, name.bytes, name.length);
        if (name.length > sizeof slot->text) return uncached;
        slot[1] = slot[0];
        slot->head = name.head;
        slot->tail = name.tail;
        // So that no length is that of an empty slot.
        slot->length = name.length + 1;
        std::memcpy(slot->text, name.bytes, name.length);
        slot->verdict = uncached;
        return slot->verdict;
    }

    CSJ_OUT_OF_LINE csj_name_hit judgeValue(uint32_t place) noexcept {
        if (Tape::typeOf(tape_[place + 1]) != tape_type::STRING) return csj_name_hit{};
        uint32_t length;
        const uint8_t *const text = tape_.text(tape_[place + 1], length);
        const uint16_t rule = csj_judge_value(&list_, text, length);
        return rule == 0 ? csj_name_hit{} : csj_name_hit{place, rule, true};
    }

    /// Whether the way to a name is the beginning of an exempt path, or all of it.
    CSJ_OUT_OF_LINE bool isExempt(uint32_t place) const noexcept {
        for (uint32_t number = 0; number < list_.exempt_count; number++) {
            if (isOnTheWay(list_.exempt[number], place)) return true;
        }
        return false;
    }

    bool isOnTheWay(const csj_exempt &path, uint32_t place) const noexcept {
        uint32_t count = 0;
        for (uint32_t level = 1; level <= depth_; level++) {
            const uint32_t key = level == depth_ ? place : levels_[level].key;
            if (key == 0) continue;
            if (count == path.name_count) return false;
            uint32_t length;
            const uint8_t *const bytes = tape_.text(tape_[key], length);
            if (!isNamed(list_.exempt_names[path.first_name + count], bytes, length)) return false;
            count += 1;
        }
        return true;
    }
};

}  // namespace

}  // namespace csj

uint16_t csj_name_step(const csj_name_list *list, const csj_verdict *verdict, csj_name_state *state) noexcept {
    const bool isBelowPerson = state->is_below_person;
    state->is_below_person = isBelowPerson || (verdict->flags & CSJ_RUN_PERSON) != 0;
    state->steps = csj::intersection(csj::following(state->steps, list->starts), verdict->steps);
    if (!csj::isEmpty(csj::intersection(state->steps, list->innocent_ends))) return 0;
    if (verdict->rule != 0) return verdict->rule;
    const csj_steps ends = csj::intersection(state->steps, list->ends);
    if (ends.low != 0) return list->end_rules[__builtin_ctzll(ends.low)];
    if (ends.high != 0) return list->end_rules[64 + __builtin_ctzll(ends.high)];
    return isBelowPerson && verdict->of_person != 0 ? verdict->of_person : verdict->ending;
}

bool csj_scan_names(csj_parser *parser, const csj_name_list *list, csj_name_hit *hit) noexcept {
    if (!parser->levels.reserve(size_t(parser->limits.depth) + 1)) return false;
    if (parser->judgedBy != list->identity) {
        if (!parser->judged.reserveZeros(csj::kJudgedNames)) return false;
        std::memset(static_cast<void *>(parser->judged.data()), 0, csj::kJudgedNames * sizeof(csj::JudgedName));
        parser->judgedBy = list->identity;
    }
    *hit = csj::NameScan(*parser, *list).run();
    return true;
}
