#include <algorithm>

#include "Repeats.h"

namespace csj {

namespace {

/// Values for which there is room from the start.
constexpr size_t kFirstValues = 64;

/// simdjson counts members in 24 bits and stops at the highest number.
constexpr uint32_t kSaturatedCount = simdjson::internal::JSON_COUNT_MASK;

/// One pass over the tape.
class Walk {
public:
    Walk(csj_parser &parser, const csj_plan &plan) noexcept
        : parser_(parser), plan_(plan), tape_(parser), repeats_(parser, tape_) {}

    csj_result run() noexcept {
        if (!makeRoom(kFirstValues)) return csj_result{CSJ_OUT_OF_MEMORY, SIZE_MAX, nullptr, 0};
        parser_.states[0] = State{0, 0, nullptr, 0};
        csj_status status = emit(1, 0, 1);
        if (status == CSJ_OK && Tape::widthOf(tape_[1]) == 0) status = open(1, 0, 1);
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
    const Tape tape_;
    Repeats repeats_;
    uint32_t place_ = 0;
    uint32_t depth_ = 0;
    csj_value *values_ = nullptr;
    size_t valueCount_ = 0;
    size_t room_ = 0;

    csj_status visit(Frame &frame) noexcept {
        switch (frame.match) {
            case Match::none: return frame.isObject ? visitMembers<false>(frame) : visitElements<false>(frame);
            case Match::edges: return visitEdges(frame);
            case Match::general: return frame.isObject ? visitMembers<true>(frame) : visitElements<true>(frame);
        }
        return CSJ_OK;
    }

    /// The same as `visitMembers` for the commonest object that a path asks for: as long as the members come in the
    /// order of the document before, each costs one comparison. A member that an edge names is repeated where the edge
    /// has had one, so that only the others need marks.
    csj_status visitEdges(Frame &frame) noexcept {
        const uint64_t *const tape = tape_.words;
        State *const states = parser_.states.data() + frame.firstState;
        const State state = states[0];
        const csj_node &node = plan_.nodes[state.node];
        const csj_member_edge *const edges = plan_.members + node.first_member;
        uint32_t *const following = parser_.following.data();
        uint64_t seen = frame.seen;
        uint32_t place = place_;
        for (;;) {
            const uint64_t word = tape[place];
            if (Tape::typeOf(word) == tape_type::END_OBJECT) return close(frame, place);
            uint32_t length;
            const uint8_t *const bytes = tape_.text(word, length);
            uint32_t edge = following[frame.expected];
            if (edge >= node.member_count || !isNamed(edges[edge].name, bytes, length)) {
                const csj_name name = readName(bytes, length);
                edge = findEdge(node, name);
                if (edge == CSJ_NONE) {
                    if (repeats_.isRepeated(frame, name, place)) return repeated(place);
                    const uint32_t width = Tape::widthOf(tape[place + 1]);
                    if (width == 0) {
                        frame.seen = seen;
                        return open(place + 1, frame.firstState + 1, 0);
                    }
                    place += 1 + width;
                    continue;
                }
                following[frame.expected] = edge;
            }
            frame.expected = node.first_member + edge;
            const uint64_t bit = uint64_t(1) << edge;
            if ((seen & bit) != 0) return repeated(place);
            seen |= bit;
            place += 1;
            states[1] = State{edges[edge].node, state.element, state.key, state.keyLength};
            const csj_status status = emit(place, frame.firstState + 1, 1);
            if (status != CSJ_OK) return status;
            const uint32_t width = Tape::widthOf(tape[place]);
            if (width == 0) {
                frame.seen = seen;
                return open(place, frame.firstState + 1, 1);
            }
            place += width;
        }
    }

    CSJ_INLINE uint32_t findEdge(const csj_node &node, const csj_name &name) const noexcept {
        if ((node.member_filter >> (name.hash >> 58) & 1) == 0) return CSJ_NONE;
        const csj_member_edge *const edges = plan_.members + node.first_member;
        for (uint32_t edge = 0; edge < node.member_count; edge++) {
            if (isEqual(edges[edge].name, name)) return edge;
        }
        return CSJ_NONE;
    }

    CSJ_OUT_OF_LINE csj_status repeated(uint32_t place) noexcept {
        place_ = place;
        return CSJ_DUPLICATE_KEY;
    }

    /// The members of an object from where the walk stands to the next one that is a container, or to the end.
    /// Most objects hold nothing that a path asks for; the loop for those is a version of its own.
    template <bool isMatched>
    csj_status visitMembers(Frame &frame) noexcept {
        const uint64_t *const tape = tape_.words;
        uint32_t place = place_;
        for (;;) {
            const uint64_t word = tape[place];
            if (Tape::typeOf(word) == tape_type::END_OBJECT) return close(frame, place);
            const csj_name name = tape_.nameAt(word);
            if (repeats_.isRepeated(frame, name, place)) return repeated(place);
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
            const uint32_t width = Tape::widthOf(tape[place]);
            if (width == 0) return open(place, frame.firstState + frame.stateCount, count);
            place += width;
        }
    }

    /// The elements of an array, likewise.
    template <bool isMatched>
    csj_status visitElements(Frame &frame) noexcept {
        const uint64_t *const tape = tape_.words;
        uint32_t place = place_;
        for (;;) {
            const uint64_t word = tape[place];
            if (Tape::typeOf(word) == tape_type::END_ARRAY) return close(frame, place);
            uint32_t count = 0;
            if (isMatched) {
                count = matchElement(frame);
                frame.ordinal += 1;
                if (count != 0) {
                    const csj_status status = emit(place, frame.firstState + frame.stateCount, count);
                    if (status != CSJ_OK) return status;
                }
            }
            const uint32_t width = Tape::widthOf(word);
            if (width == 0) return open(place, frame.firstState + frame.stateCount, count);
            place += width;
        }
    }

    csj_status open(uint32_t place, uint32_t firstState, uint32_t stateCount) noexcept {
        const uint64_t word = tape_[place];
        if (depth_ == parser_.limits.depth) return CSJ_TOO_DEEP;
        Frame &frame = parser_.frames[depth_];
        frame.open = place;
        frame.ordinal = 0;
        frame.firstState = firstState;
        frame.stateCount = stateCount;
        frame.isObject = Tape::typeOf(word) == tape_type::START_OBJECT;
        frame.match = stateCount == 0 ? Match::none : Match::general;
        if (frame.isObject) {
            uint32_t count = word >> 32 & kSaturatedCount;
            // A member takes two words of the tape at least; an object with more members than simdjson counts is long.
            if (count == kSaturatedCount) count = (uint32_t(word) - place) / 2;
            if (!repeats_.open(frame, count)) return CSJ_OUT_OF_MEMORY;
            if (stateCount == 1 && count <= kSmallObject) expectEdges(frame, parser_.states[firstState].node);
        }
        depth_ += 1;
        place_ = place + 1;
        return CSJ_OK;
    }

    CSJ_INLINE void expectEdges(Frame &frame, uint32_t number) const noexcept {
        const csj_node &node = plan_.nodes[number];
        if (node.wildcard != CSJ_NONE || node.member_count > 64) return;
        frame.match = Match::edges;
        frame.expected = plan_.member_count + number;
        frame.seen = 0;
    }

    csj_status close(const Frame &frame, uint32_t place) noexcept {
        if (frame.isObject) repeats_.close(frame);
        depth_ -= 1;
        place_ = place + 1;
        return CSJ_OK;
    }

    // MARK: Extraction

    /// Puts the states that a member leads to behind those of its object, and returns how many they are.
    /// A node has one way from the root, so that the open containers never hold more states than the plan has nodes.
    CSJ_INLINE uint32_t matchMember(const Frame &frame, const csj_name &name) const noexcept {
        const State *parents = parser_.states.data() + frame.firstState;
        State *next = parser_.states.data() + frame.firstState + frame.stateCount;
        const State *start = next;
        for (uint32_t parent = 0; parent < frame.stateCount; parent++) {
            const State state = parents[parent];
            const csj_node &node = plan_.nodes[state.node];
            const uint32_t edge = findEdge(node, name);
            if (edge != CSJ_NONE) {
                const uint32_t target = plan_.members[node.first_member + edge].node;
                *next++ = State{target, state.element, state.key, state.keyLength};
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
        switch (Tape::typeOf(word)) {
            case tape_type::STRING:
                value.kind = CSJ_STRING;
                value.text = tape_.text(word, value.text_length);
                break;
            case tape_type::INT64: value.kind = CSJ_INTEGER, value.bits = tape_[place + 1]; break;
            case tape_type::UINT64: value.kind = CSJ_UNSIGNED, value.bits = tape_[place + 1]; break;
            case tape_type::DOUBLE: value.kind = CSJ_DOUBLE, value.bits = tape_[place + 1]; break;
            case tape_type::TRUE_VALUE: value.kind = CSJ_TRUE; break;
            case tape_type::FALSE_VALUE: value.kind = CSJ_FALSE; break;
            case tape_type::NULL_VALUE: break;
            default:
                value.kind = Tape::typeOf(word) == tape_type::START_OBJECT ? CSJ_OBJECT : CSJ_ARRAY;
                value.bits = word >> 32 & kSaturatedCount;
        }
    }
};

}  // namespace

csj_result walk(csj_parser &parser, const csj_plan &plan) noexcept { return Walk(parser, plan).run(); }

}  // namespace csj
