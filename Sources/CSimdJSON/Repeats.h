#ifndef CSIMDJSON_REPEATS_H
#define CSIMDJSON_REPEATS_H

#include "Tape.h"

namespace csj {

/// Objects up to this size are checked for duplicate keys by the marks of a frame and, where those hit, by comparing
/// with every name before; larger ones by a hash table, so that no object costs time in the square of its size.
constexpr uint32_t kSmallObject = 64;

/// Finds members that have a name for the second time.
class Repeats {
public:
    Repeats(csj_parser &parser, const Tape &tape) noexcept : parser_(parser), tape_(tape) {}

    /// Prepares for the members of an object; false when there is no memory.
    CSJ_INLINE bool open(Frame &frame, uint32_t count) noexcept {
        if (++frame.number == 0) {
            std::memset(frame.marks, 0, sizeof frame.marks);
            frame.number = 1;
        }
        frame.nameMask = 0;
        return count <= kSmallObject || openTable(frame, count);
    }

    /// Gives back what the object took.
    void close(const Frame &frame) noexcept {
        if (frame.nameMask != 0) top_ = frame.firstName;
    }

    /// Whether the object has had the name, which stands at this place; from now on it has.
    CSJ_INLINE bool isRepeated(Frame &frame, const csj_name &name, uint32_t place) noexcept {
        if (frame.nameMask != 0) return isInTable(frame, name);
        uint8_t &mark = frame.marks[name.hash >> 55];
        if (mark == frame.number) return isBefore(frame, name, place);
        mark = frame.number;
        return false;
    }

private:
    csj_parser &parser_;
    const Tape &tape_;
    uint32_t top_ = 0;

    /// Takes the room for a hash table that is at most half full; `close` gives it back.
    CSJ_OUT_OF_LINE bool openTable(Frame &frame, uint32_t count) noexcept {
        uint32_t size = 4 * kSmallObject;
        while (size < 2 * count) size *= 2;
        if (!parser_.names.reserve(size_t(top_) + size)) return false;
        std::memset(parser_.names.data() + top_, 0, size * sizeof(Name));
        frame.firstName = top_;
        frame.nameMask = size - 1;
        top_ += size;
        return true;
    }

    CSJ_OUT_OF_LINE bool isBefore(const Frame &frame, const csj_name &name, uint32_t end) const noexcept {
        for (uint32_t place = frame.open + 1; place < end;) {
            if (isEqual(tape_.nameAt(tape_[place]), name)) return true;
            const uint64_t word = tape_[place + 1];
            const uint32_t width = Tape::widthOf(word);
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
            if (table[slot].hash != uint32_t(hash >> 32)) continue;
            if (isEqual(tape_.nameAt(table[slot].place - 1), name)) return true;
        }
        table[slot] = Name{uint32_t(hash >> 32), uint32_t(name.bytes - tape_.strings - sizeof name.length) + 1};
        return false;
    }
};

}  // namespace csj

#endif
