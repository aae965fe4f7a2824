#include <algorithm>

#include "Names.h"
#include "Parser.h"

namespace csj {

namespace {

using simdjson::internal::tape_type;

/// Objects up to this size are checked for duplicate keys by a filter of 512 bits and, where it hits, by comparing with
/// every name before; larger ones by a hash table, so that no object costs time in the square of its size.
constexpr uint32_t kSmallObject = 64;

/// simdjson counts members in 24 bits and stops at the highest number.
constexpr uint32_t kSaturatedCount = simdjson::internal::JSON_COUNT_MASK;

/// One pass over simdjson's tape (doc/tape.md of simdjson): a word for each value with its type in the highest byte,
/// numbers in a second word, brackets with the place of their partner.
class Walk {
public:
    Walk(csj_parser &parser, const csj_plan &plan) noexcept
        : parser_(parser), plan_(plan), tape_(parser.parser.doc.tape.get()),
          strings_(parser.parser.doc.string_buf.get()) {}

    csj_result run() noexcept {
        parser_.states[0] = State{0, 0, nullptr, 0};
        csj_status status = emit(1, 0, 1);
        if (status == CSJ_OK && widthOf(tape_[1]) == 0) status = open(1, 0, 1);
        while (status == CSJ_OK && depth_ > 0) {
            Frame &frame = parser_.frames[depth_ - 1];
            status = frame.isObject ? visitMembers(frame) : visitElements(frame);
        }
        const size_t offset = status == CSJ_DUPLICATE_KEY ? place_ : SIZE_MAX;
        return csj_result{status, offset, parser_.values.data(), status == CSJ_OK ? valueCount_ : 0};
    }

private:
    csj_parser &parser_;
    const csj_plan &plan_;
    const uint64_t *tape_;
    const uint8_t *strings_;
    uint32_t place_ = 0;
    uint32_t depth_ = 0;
    uint32_t namesTop_ = 0;
    size_t valueCount_ = 0;

    static tape_type typeOf(uint64_t word) noexcept { return static_cast<tape_type>(word >> 56); }

    /// The words that a value takes on the tape; 0 for an opening bracket.
    static uint32_t widthOf(uint64_t word) noexcept {
        switch (typeOf(word)) {
            case tape_type::START_OBJECT:
            case tape_type::START_ARRAY: return 0;
            case tape_type::INT64:
            case tape_type::UINT64:
            case tape_type::DOUBLE: return 2;
            default: return 1;
        }
    }

    /// A string in the buffer: four bytes of length, then the bytes.
    const uint8_t *text(uint64_t word, uint32_t &length) const noexcept {
        const uint8_t *start = strings_ + (word & simdjson::internal::JSON_VALUE_MASK);
        std::memcpy(&length, start, sizeof length);
        return start + sizeof length;
    }

    csj_name nameAt(uint64_t word) const noexcept {
        uint32_t length;
        const uint8_t *bytes = text(word, length);
        return readName(bytes, length);
    }

    /// The members of an object from where the walk stands to the next one that is a container, or to the end.
    csj_status visitMembers(Frame &frame) noexcept {
        uint32_t place = place_;
        for (;;) {
            const uint64_t word = tape_[place];
            if (typeOf(word) == tape_type::END_OBJECT) return close(frame, place);
            const csj_name name = nameAt(word);
            if (isRepeated(frame, name, place)) {
                place_ = place;
                return CSJ_DUPLICATE_KEY;
            }
            const uint32_t count = frame.stateCount == 0 ? 0 : matchMember(frame, name);
            frame.ordinal += 1;
            place += 1;
            const uint32_t states = frame.firstState + frame.stateCount;
            if (count != 0) {
                const csj_status status = emit(place, states, count);
                if (status != CSJ_OK) return status;
            }
            const uint32_t width = widthOf(tape_[place]);
            if (width == 0) return open(place, states, count);
            place += width;
        }
    }

    /// The elements of an array, likewise.
    csj_status visitElements(Frame &frame) noexcept {
        uint32_t place = place_;
        for (;;) {
            if (typeOf(tape_[place]) == tape_type::END_ARRAY) return close(frame, place);
            const uint32_t count = frame.stateCount == 0 ? 0 : matchElement(frame);
            frame.ordinal += 1;
            const uint32_t states = frame.firstState + frame.stateCount;
            if (count != 0) {
                const csj_status status = emit(place, states, count);
                if (status != CSJ_OK) return status;
            }
            const uint32_t width = widthOf(tape_[place]);
            if (width == 0) return open(place, states, count);
            place += width;
        }
    }

    csj_status open(uint32_t place, uint32_t firstState, uint32_t stateCount) noexcept {
        const uint64_t word = tape_[place];
        if (depth_ == parser_.limits.depth) return CSJ_TOO_DEEP;
        Frame &frame = parser_.frames[depth_];
        std::memset(frame.seen, 0, sizeof frame.seen);
        frame.open = place;
        frame.ordinal = 0;
        frame.firstState = firstState;
        frame.stateCount = stateCount;
        frame.nameMask = 0;
        frame.isObject = typeOf(word) == tape_type::START_OBJECT;
        if (frame.isObject) {
            uint32_t count = word >> 32 & kSaturatedCount;
            // A member takes two words of the tape at least; an object with more members than simdjson counts is long.
            if (count == kSaturatedCount) count = (uint32_t(word) - place) / 2;
            if (count > kSmallObject && !openTable(frame, count)) return CSJ_OUT_OF_MEMORY;
        }
        depth_ += 1;
        place_ = place + 1;
        return CSJ_OK;
    }

    csj_status close(const Frame &frame, uint32_t place) noexcept {
        if (frame.nameMask != 0) namesTop_ = frame.firstName;
        depth_ -= 1;
        place_ = place + 1;
        return CSJ_OK;
    }

    // MARK: Duplicate keys

    /// Takes the room for a hash table that is at most half full; `close` gives it back.
    bool openTable(Frame &frame, uint32_t count) noexcept {
        uint32_t size = 4 * kSmallObject;
        while (size < 2 * count) size *= 2;
        if (!parser_.names.reserve(size_t(namesTop_) + size)) return false;
        std::memset(parser_.names.data() + namesTop_, 0, size * sizeof(Name));
        frame.firstName = namesTop_;
        frame.nameMask = size - 1;
        namesTop_ += size;
        return true;
    }

    bool isRepeated(Frame &frame, const csj_name &name, uint32_t place) noexcept {
        if (frame.nameMask != 0) return isInTable(frame, name);
        const uint64_t bit = uint64_t(1) << (name.hash >> 55 & 63);
        uint64_t &seen = frame.seen[name.hash >> 61];
        if ((seen & bit) != 0) return isBefore(frame, name, place);
        seen |= bit;
        return false;
    }

    bool isBefore(const Frame &frame, const csj_name &name, uint32_t end) const noexcept {
        for (uint32_t place = frame.open + 1; place < end;) {
            if (isEqual(nameAt(tape_[place]), name)) return true;
            const uint64_t word = tape_[place + 1];
            const uint32_t width = widthOf(word);
            // The lower half of an opening bracket is the place behind the closing one.
            place = width == 0 ? uint32_t(word) : place + 1 + width;
        }
        return false;
    }

    /// Looks the name up in the table of the object and puts it there.
    bool isInTable(const Frame &frame, const csj_name &name) const noexcept {
        Name *table = parser_.names.data() + frame.firstName;
        const uint64_t hash = sipHash(parser_.limits.seed, name.bytes, name.length);
        uint32_t slot = uint32_t(hash) & frame.nameMask;
        for (; table[slot].place != 0; slot = (slot + 1) & frame.nameMask) {
            if (table[slot].hash == uint32_t(hash >> 32) && isEqual(nameAt(table[slot].place - 1), name)) return true;
        }
        table[slot] = Name{uint32_t(hash >> 32), uint32_t(name.bytes - strings_ - sizeof name.length) + 1};
        return false;
    }

    // MARK: Extraction

    /// Puts the states that a member leads to behind those of its object, and returns how many they are.
    /// A node has one way from the root, so that the open containers never hold more states than the plan has nodes.
    uint32_t matchMember(const Frame &frame, const csj_name &name) const noexcept {
        const State *parents = parser_.states.data() + frame.firstState;
        State *next = parser_.states.data() + frame.firstState + frame.stateCount;
        const State *start = next;
        const uint64_t bit = uint64_t(1) << (name.hash >> 58);
        for (uint32_t parent = 0; parent < frame.stateCount; parent++) {
            const State state = parents[parent];
            const csj_node &node = plan_.nodes[state.node];
            if ((node.member_filter & bit) != 0) {
                const csj_member_edge *edge = plan_.members + node.first_member;
                const csj_member_edge *end = edge + node.member_count;
                for (; edge < end; edge++) {
                    if (!isEqual(edge->name, name)) continue;
                    *next++ = State{edge->node, state.element, state.key, state.keyLength};
                    break;
                }
            }
            if (node.wildcard != CSJ_NONE) {
                const uint32_t element = node.wildcards_above == 0 ? frame.ordinal : state.element;
                *next++ = State{node.wildcard, element, name.bytes, name.length};
            }
        }
        return uint32_t(next - start);
    }

    /// The same for an element.
    uint32_t matchElement(const Frame &frame) const noexcept {
        const State *parents = parser_.states.data() + frame.firstState;
        State *next = parser_.states.data() + frame.firstState + frame.stateCount;
        const State *start = next;
        for (uint32_t parent = 0; parent < frame.stateCount; parent++) {
            const State state = parents[parent];
            const csj_node &node = plan_.nodes[state.node];
            if (node.index_count != 0) {
                const csj_index_edge *first = plan_.indexes + node.first_index, *end = first + node.index_count;
                const csj_index_edge *edge = std::lower_bound(
                    first, end, frame.ordinal, [](const csj_index_edge &e, uint32_t index) { return e.index < index; });
                if (edge != end && edge->index == frame.ordinal)
                    *next++ = State{edge->node, state.element, state.key, state.keyLength};
            }
            if (node.wildcard != CSJ_NONE) {
                const uint32_t element = node.wildcards_above == 0 ? frame.ordinal : state.element;
                *next++ = State{node.wildcard, element, nullptr, 0};
            }
        }
        return uint32_t(next - start);
    }

    /// Writes the value at a place for every path that ends there, in the order of the slots.
    csj_status emit(uint32_t place, uint32_t firstState, uint32_t stateCount) noexcept {
        const size_t first = valueCount_;
        for (uint32_t index = 0; index < stateCount; index++) {
            const State &state = parser_.states[firstState + index];
            const csj_node &node = plan_.nodes[state.node];
            for (uint32_t slot = 0; slot < node.slot_count; slot++) {
                if (valueCount_ == parser_.limits.values) return CSJ_TOO_MANY_VALUES;
                if (!parser_.values.reserve(valueCount_ + 1)) return CSJ_OUT_OF_MEMORY;
                csj_value &value = parser_.values[valueCount_++];
                fill(value, place);
                value.slot = plan_.slots[node.first_slot + slot];
                value.key = state.key;
                value.key_length = state.keyLength;
                value.element = state.element;
            }
        }
        if (stateCount > 1) {
            std::sort(
                parser_.values.data() + first, parser_.values.data() + valueCount_,
                [](const csj_value &a, const csj_value &b) { return a.slot < b.slot; });
        }
        return CSJ_OK;
    }

    void fill(csj_value &value, uint32_t place) const noexcept {
        const uint64_t word = tape_[place];
        value.bits = 0;
        value.text = nullptr;
        value.text_length = 0;
        switch (typeOf(word)) {
            case tape_type::STRING:
                value.kind = CSJ_STRING;
                value.text = text(word, value.text_length);
                break;
            case tape_type::INT64: value.kind = CSJ_INTEGER, value.bits = tape_[place + 1]; break;
            case tape_type::UINT64: value.kind = CSJ_UNSIGNED, value.bits = tape_[place + 1]; break;
            case tape_type::DOUBLE: value.kind = CSJ_DOUBLE, value.bits = tape_[place + 1]; break;
            case tape_type::TRUE_VALUE: value.kind = CSJ_TRUE; break;
            case tape_type::FALSE_VALUE: value.kind = CSJ_FALSE; break;
            case tape_type::NULL_VALUE: value.kind = CSJ_NULL; break;
            default:
                value.kind = typeOf(word) == tape_type::START_OBJECT ? CSJ_OBJECT : CSJ_ARRAY;
                value.bits = word >> 32 & kSaturatedCount;
        }
    }
};

}  // namespace

csj_result walk(csj_parser &parser, const csj_plan &plan) noexcept { return Walk(parser, plan).run(); }

size_t sourceOffset(const csj_parser &parser, const uint8_t *document, size_t place) noexcept {
    const uint64_t *tape = parser.parser.doc.tape.get();
    size_t strings = 0;
    for (size_t at = 1; at < place; at++) {
        switch (static_cast<tape_type>(tape[at] >> 56)) {
            case tape_type::STRING: strings += 1; break;
            case tape_type::INT64:
            case tape_type::UINT64:
            case tape_type::DOUBLE: at += 1; break;
            default: break;
        }
    }
    const auto &implementation = *parser.parser.implementation;
    for (uint32_t index = 0; index < implementation.n_structural_indexes; index++) {
        const size_t offset = implementation.structural_indexes[index];
        if (document[offset] != '"') continue;
        if (strings == 0) return offset;
        strings -= 1;
    }
    return SIZE_MAX;
}

}  // namespace csj
