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
        place_ = 1;
        csj_status status = visit(0, plan_.node_count > 0 ? 1 : 0);
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

    /// A string in the buffer: four bytes of length, then the bytes.
    const uint8_t *text(uint64_t word, uint32_t &length) const noexcept {
        const uint8_t *start = strings_ + (word & simdjson::internal::JSON_VALUE_MASK);
        std::memcpy(&length, start, sizeof length);
        return start + sizeof length;
    }

    /// The members of an object from where the walk stands to the next one that is a container, or to the end.
    csj_status visitMembers(Frame &frame) noexcept {
        const uint32_t depth = depth_;
        while (depth_ == depth) {
            const uint64_t word = tape_[place_];
            if (typeOf(word) == tape_type::END_OBJECT) {
                close(frame);
                break;
            }
            uint32_t length;
            const uint8_t *name = text(word, length);
            const uint64_t hash = nameHash(name, length);
            if (isRepeated(frame, hash, name, length)) return CSJ_DUPLICATE_KEY;
            place_ += 1;
            const uint32_t count = frame.stateCount == 0 ? 0 : matchMember(frame, hash, name, length);
            frame.ordinal += 1;
            const csj_status status = visit(frame.firstState + frame.stateCount, count);
            if (status != CSJ_OK) return status;
        }
        return CSJ_OK;
    }

    /// The elements of an array, likewise.
    csj_status visitElements(Frame &frame) noexcept {
        const uint32_t depth = depth_;
        while (depth_ == depth) {
            if (typeOf(tape_[place_]) == tape_type::END_ARRAY) {
                close(frame);
                break;
            }
            const uint32_t count = frame.stateCount == 0 ? 0 : matchElement(frame);
            frame.ordinal += 1;
            const csj_status status = visit(frame.firstState + frame.stateCount, count);
            if (status != CSJ_OK) return status;
        }
        return CSJ_OK;
    }

    /// The value where the walk stands, which a range of states matches. Moves on behind it, or into it.
    csj_status visit(uint32_t firstState, uint32_t stateCount) noexcept {
        const uint64_t word = tape_[place_];
        csj_value value{};
        bool isContainer = false;
        switch (typeOf(word)) {
            case tape_type::STRING:
                value.kind = CSJ_STRING;
                value.text = text(word, value.text_length);
                break;
            case tape_type::INT64: value.kind = CSJ_INTEGER, value.bits = tape_[++place_]; break;
            case tape_type::UINT64: value.kind = CSJ_UNSIGNED, value.bits = tape_[++place_]; break;
            case tape_type::DOUBLE: value.kind = CSJ_DOUBLE, value.bits = tape_[++place_]; break;
            case tape_type::TRUE_VALUE: value.kind = CSJ_TRUE; break;
            case tape_type::FALSE_VALUE: value.kind = CSJ_FALSE; break;
            case tape_type::NULL_VALUE: value.kind = CSJ_NULL; break;
            default:
                isContainer = true;
                value.kind = typeOf(word) == tape_type::START_OBJECT ? CSJ_OBJECT : CSJ_ARRAY;
                value.bits = word >> 32 & kSaturatedCount;
        }
        if (stateCount != 0) {
            const csj_status status = emit(value, firstState, stateCount);
            if (status != CSJ_OK) return status;
        }
        if (isContainer) return open(word, firstState, stateCount);
        place_ += 1;
        return CSJ_OK;
    }

    csj_status open(uint64_t word, uint32_t firstState, uint32_t stateCount) noexcept {
        if (depth_ == parser_.limits.depth) return CSJ_TOO_DEEP;
        Frame &frame = parser_.frames[depth_];
        std::memset(frame.seen, 0, sizeof frame.seen);
        frame.open = place_;
        frame.ordinal = 0;
        frame.firstState = firstState;
        frame.stateCount = stateCount;
        frame.nameMask = 0;
        frame.isObject = typeOf(word) == tape_type::START_OBJECT;
        if (frame.isObject) {
            uint32_t count = word >> 32 & kSaturatedCount;
            // A member takes two words of the tape at least; an object with more members than simdjson counts is long.
            if (count == kSaturatedCount) count = (uint32_t(word) - place_) / 2;
            if (count > kSmallObject && !openTable(frame, count)) return CSJ_OUT_OF_MEMORY;
        }
        depth_ += 1;
        place_ += 1;
        return CSJ_OK;
    }

    void close(Frame &frame) noexcept {
        if (frame.nameMask != 0) namesTop_ = frame.firstName;
        depth_ -= 1;
        place_ += 1;
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

    bool isRepeated(Frame &frame, uint64_t hash, const uint8_t *name, uint32_t length) noexcept {
        if (frame.nameMask != 0) return isInTable(frame, name, length);
        const uint64_t bit = uint64_t(1) << (hash >> 55 & 63);
        uint64_t &seen = frame.seen[hash >> 61];
        if ((seen & bit) != 0) return isBefore(frame, name, length);
        seen |= bit;
        return false;
    }

    bool isBefore(const Frame &frame, const uint8_t *name, uint32_t length) const noexcept {
        for (uint32_t place = frame.open + 1; place < place_;) {
            if (isEqual(tape_[place], name, length)) return true;
            const uint64_t word = tape_[place + 1];
            switch (typeOf(word)) {
                case tape_type::START_OBJECT:
                case tape_type::START_ARRAY: place = uint32_t(word); break;
                case tape_type::INT64:
                case tape_type::UINT64:
                case tape_type::DOUBLE: place += 3; break;
                default: place += 2;
            }
        }
        return false;
    }

    /// Looks the name up in the table of the object and puts it there.
    bool isInTable(const Frame &frame, const uint8_t *name, uint32_t length) const noexcept {
        Name *table = parser_.names.data() + frame.firstName;
        const uint64_t hash = sipHash(parser_.limits.seed, name, length);
        uint32_t slot = uint32_t(hash) & frame.nameMask;
        for (; table[slot].place != 0; slot = (slot + 1) & frame.nameMask) {
            if (table[slot].hash == uint32_t(hash >> 32) && isEqual(table[slot].place - 1, name, length)) return true;
        }
        table[slot] = Name{uint32_t(hash >> 32), uint32_t(name - strings_ - sizeof length) + 1};
        return false;
    }

    bool isEqual(uint64_t word, const uint8_t *name, uint32_t length) const noexcept {
        uint32_t otherLength;
        const uint8_t *other = text(word, otherLength);
        return otherLength == length && std::memcmp(other, name, length) == 0;
    }

    // MARK: Extraction

    /// Puts the states that a member leads to behind those of its object, and returns how many they are.
    /// A node has one way from the root, so that the open containers never hold more states than the plan has nodes.
    uint32_t matchMember(const Frame &frame, uint64_t hash, const uint8_t *name, uint32_t length) const noexcept {
        const State *parents = parser_.states.data() + frame.firstState;
        State *next = parser_.states.data() + frame.firstState + frame.stateCount;
        const State *start = next;
        const uint64_t bit = uint64_t(1) << (hash >> 58);
        for (uint32_t parent = 0; parent < frame.stateCount; parent++) {
            const State state = parents[parent];
            const csj_node &node = plan_.nodes[state.node];
            if ((node.member_filter & bit) != 0) {
                const csj_member_edge *edge = plan_.members + node.first_member;
                const csj_member_edge *end = edge + node.member_count;
                for (; edge < end; edge++) {
                    if (edge->hash != hash || edge->length != length) continue;
                    if (std::memcmp(edge->name, name, length) != 0) continue;
                    *next++ = State{edge->node, state.element, state.key, state.keyLength};
                    break;
                }
            }
            if (node.wildcard != CSJ_NONE) {
                const uint32_t element = node.wildcards_above == 0 ? frame.ordinal : state.element;
                *next++ = State{node.wildcard, element, name, length};
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

    /// Writes the value for every path that ends here, in the order of the slots.
    csj_status emit(csj_value &value, uint32_t firstState, uint32_t stateCount) noexcept {
        const size_t first = valueCount_;
        for (uint32_t index = 0; index < stateCount; index++) {
            const State &state = parser_.states[firstState + index];
            const csj_node &node = plan_.nodes[state.node];
            value.element = state.element;
            value.key = state.key;
            value.key_length = state.keyLength;
            for (uint32_t slot = 0; slot < node.slot_count; slot++) {
                if (valueCount_ == parser_.limits.values) return CSJ_TOO_MANY_VALUES;
                if (!parser_.values.reserve(valueCount_ + 1)) return CSJ_OUT_OF_MEMORY;
                value.slot = plan_.slots[node.first_slot + slot];
                parser_.values[valueCount_++] = value;
            }
        }
        if (valueCount_ - first > 1 && stateCount > 1) {
            std::sort(
                parser_.values.data() + first, parser_.values.data() + valueCount_,
                [](const csj_value &a, const csj_value &b) { return a.slot < b.slot; });
        }
        return CSJ_OK;
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
