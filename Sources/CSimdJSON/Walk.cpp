#include <algorithm>

#include "Names.h"
#include "Parser.h"

// What the loops call for every name is worth its place in them; what they rarely call must not crowd their registers.
#define CSJ_INLINE __attribute__((always_inline))
#define CSJ_OUT_OF_LINE __attribute__((noinline, cold))

namespace csj {

namespace {

using simdjson::internal::tape_type;

/// Objects up to this size are checked for duplicate keys by the marks of a frame and, where those hit, by comparing
/// with every name before; larger ones by a hash table, so that no object costs time in the square of its size.
constexpr uint32_t kSmallObject = 64;

/// Values for which there is room from the start.
constexpr size_t kFirstValues = 64;

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
        if (!makeRoom(kFirstValues)) return csj_result{CSJ_OUT_OF_MEMORY, SIZE_MAX, nullptr, 0};
        parser_.states[0] = State{0, 0, nullptr, 0};
        csj_status status = emit(1, 0, 1);
        if (status == CSJ_OK && widthOf(tape_[1]) == 0) status = open(1, 0, 1);
        while (status == CSJ_OK && depth_ > 0) {
            Frame &frame = parser_.frames[depth_ - 1];
            status = visit(frame);
        }
        const size_t offset = status == CSJ_DUPLICATE_KEY ? place_ : SIZE_MAX;
        return csj_result{status, offset, values_, status == CSJ_OK ? valueCount_ : 0};
    }

private:
    csj_parser &parser_;
    const csj_plan &plan_;
    const uint64_t *tape_;
    const uint8_t *strings_;
    uint32_t place_ = 0;
    uint32_t depth_ = 0;
    uint32_t namesTop_ = 0;
    csj_value *values_ = nullptr;
    size_t valueCount_ = 0;
    size_t room_ = 0;

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

    CSJ_INLINE csj_name nameAt(uint64_t word) const noexcept {
        uint32_t length;
        const uint8_t *bytes = text(word, length);
        return readName(bytes, length);
    }

    csj_status visit(Frame &frame) noexcept {
        const bool isMatched = frame.stateCount != 0;
        if (frame.isObject) return isMatched ? visitMembers<true>(frame) : visitMembers<false>(frame);
        return isMatched ? visitElements<true>(frame) : visitElements<false>(frame);
    }

    /// The members of an object from where the walk stands to the next one that is a container, or to the end.
    /// Most objects hold nothing that a path asks for; the loop for those is a version of its own.
    template <bool isMatched>
    csj_status visitMembers(Frame &frame) noexcept {
        const uint64_t *const tape = tape_;
        uint32_t place = place_;
        for (;;) {
            const uint64_t word = tape[place];
            if (typeOf(word) == tape_type::END_OBJECT) return close(frame, place);
            const csj_name name = nameAt(word);
            if (isRepeated(frame, name, place)) {
                place_ = place;
                return CSJ_DUPLICATE_KEY;
            }
            place += 1;
            uint32_t count = 0;
            if (isMatched) {
                count = matchMember(frame, name);
                frame.ordinal += 1;
                if (count != 0) {
                    const csj_status status = emit(place, frame.firstState + frame.stateCount, count);
                    if (status != CSJ_OK) return status;
                }
            }
            const uint32_t width = widthOf(tape[place]);
            if (width == 0) return open(place, frame.firstState + frame.stateCount, count);
            place += width;
        }
    }

    /// The elements of an array, likewise.
    template <bool isMatched>
    csj_status visitElements(Frame &frame) noexcept {
        const uint64_t *const tape = tape_;
        uint32_t place = place_;
        for (;;) {
            const uint64_t word = tape[place];
            if (typeOf(word) == tape_type::END_ARRAY) return close(frame, place);
            uint32_t count = 0;
            if (isMatched) {
                count = matchElement(frame);
                frame.ordinal += 1;
                if (count != 0) {
                    const csj_status status = emit(place, frame.firstState + frame.stateCount, count);
                    if (status != CSJ_OK) return status;
                }
            }
            const uint32_t width = widthOf(word);
            if (width == 0) return open(place, frame.firstState + frame.stateCount, count);
            place += width;
        }
    }

    csj_status open(uint32_t place, uint32_t firstState, uint32_t stateCount) noexcept {
        const uint64_t word = tape_[place];
        if (depth_ == parser_.limits.depth) return CSJ_TOO_DEEP;
        Frame &frame = parser_.frames[depth_];
        if (++frame.number == 0) {
            std::memset(frame.marks, 0, sizeof frame.marks);
            frame.number = 1;
        }
        frame.open = place;
        frame.ordinal = 0;
        frame.nextEdge = 0;
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
    CSJ_OUT_OF_LINE bool openTable(Frame &frame, uint32_t count) noexcept {
        uint32_t size = 4 * kSmallObject;
        while (size < 2 * count) size *= 2;
        if (!parser_.names.reserve(size_t(namesTop_) + size)) return false;
        std::memset(parser_.names.data() + namesTop_, 0, size * sizeof(Name));
        frame.firstName = namesTop_;
        frame.nameMask = size - 1;
        namesTop_ += size;
        return true;
    }

    CSJ_INLINE bool isRepeated(Frame &frame, const csj_name &name, uint32_t place) noexcept {
        if (frame.nameMask != 0) return isInTable(frame, name);
        uint8_t &mark = frame.marks[name.hash >> 55];
        if (mark == frame.number) return isBefore(frame, name, place);
        mark = frame.number;
        return false;
    }

    CSJ_OUT_OF_LINE bool isBefore(const Frame &frame, const csj_name &name, uint32_t end) const noexcept {
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
    CSJ_OUT_OF_LINE bool isInTable(const Frame &frame, const csj_name &name) const noexcept {
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
    CSJ_INLINE uint32_t matchMember(Frame &frame, const csj_name &name) const noexcept {
        const State *parents = parser_.states.data() + frame.firstState;
        State *next = parser_.states.data() + frame.firstState + frame.stateCount;
        const State *start = next;
        const uint64_t bit = uint64_t(1) << (name.hash >> 58);
        for (uint32_t parent = 0; parent < frame.stateCount; parent++) {
            const State state = parents[parent];
            const csj_node &node = plan_.nodes[state.node];
            if ((node.member_filter & bit) != 0) {
                // Members mostly come in the order of the paths: the search goes on where the last one ended.
                const csj_member_edge *const edges = plan_.members + node.first_member;
                uint32_t place = frame.nextEdge < node.member_count ? frame.nextEdge : 0;
                for (uint32_t left = node.member_count; left > 0; left--) {
                    const csj_member_edge &edge = edges[place];
                    place = place + 1 < node.member_count ? place + 1 : 0;
                    if (!isEqual(edge.name, name)) continue;
                    *next++ = State{edge.node, state.element, state.key, state.keyLength};
                    frame.nextEdge = place;
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

    /// Writes the value at a place for every path that ends there, in the order of the slots. That is mostly one.
    CSJ_INLINE csj_status emit(uint32_t place, uint32_t firstState, uint32_t stateCount) noexcept {
        const State &state = parser_.states[firstState];
        const csj_node &node = plan_.nodes[state.node];
        if (stateCount > 1 || node.slot_count > 1 || valueCount_ == room_) {
            return emitSeveral(place, firstState, stateCount);
        }
        if (node.slot_count == 1) fill(values_[valueCount_++], place, state, plan_.slots[node.first_slot]);
        return CSJ_OK;
    }

    __attribute__((noinline)) csj_status emitSeveral(
        uint32_t place, uint32_t firstState, uint32_t stateCount) noexcept {
        const size_t first = valueCount_;
        for (uint32_t index = 0; index < stateCount; index++) {
            const State &state = parser_.states[firstState + index];
            const csj_node &node = plan_.nodes[state.node];
            if (node.slot_count == 0) continue;
            if (parser_.limits.values - valueCount_ < node.slot_count) return CSJ_TOO_MANY_VALUES;
            if (!makeRoom(valueCount_ + node.slot_count)) return CSJ_OUT_OF_MEMORY;
            const uint32_t *slots = plan_.slots + node.first_slot;
            for (uint32_t slot = 0; slot < node.slot_count; slot++)
                fill(values_[valueCount_++], place, state, slots[slot]);
        }
        if (stateCount > 1) sortBySlot(first);
        return CSJ_OK;
    }

    /// Where `emit` may write without asking: as far as memory goes, and the limit.
    bool makeRoom(size_t count) noexcept {
        if (!parser_.values.reserve(count)) return false;
        values_ = parser_.values.data();
        room_ = std::min(parser_.values.capacity(), parser_.limits.values);
        return true;
    }

    CSJ_OUT_OF_LINE void sortBySlot(size_t first) const noexcept {
        csj_value *values = values_;
        std::sort(values + first, values + valueCount_, [](const csj_value &a, const csj_value &b) {
            return a.slot < b.slot;
        });
    }

    CSJ_INLINE void fill(csj_value &value, uint32_t place, const State &state, uint32_t slot) const noexcept {
        const uint64_t word = tape_[place];
        value = csj_value{slot, CSJ_NULL, 0, nullptr, state.key, 0, state.keyLength, state.element};
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
            case tape_type::NULL_VALUE: break;
            default:
                value.kind = typeOf(word) == tape_type::START_OBJECT ? CSJ_OBJECT : CSJ_ARRAY;
                value.bits = word >> 32 & kSaturatedCount;
        }
    }
};

}  // namespace

csj_result walk(csj_parser &parser, const csj_plan &plan) noexcept { return Walk(parser, plan).run(); }

}  // namespace csj
