#ifndef CSIMDJSON_TAPE_H
#define CSIMDJSON_TAPE_H

#include "Names.h"
#include "Parser.h"

// What the loops call for every name is worth its place in them; what they rarely call must not crowd their registers.
#define CSJ_INLINE __attribute__((always_inline))
#define CSJ_OUT_OF_LINE __attribute__((noinline, cold))

namespace csj {

using simdjson::internal::tape_type;

/// A parsed document as simdjson leaves it (doc/tape.md of simdjson): a word for each value with its type in the
/// highest byte, numbers in a second word, brackets with the place of their partner.
struct Tape {
    const uint64_t *words;
    const uint8_t *strings;

    explicit Tape(const csj_parser &parser) noexcept
        : words(parser.parser.doc.tape.get()), strings(parser.parser.doc.string_buf.get()) {}

    uint64_t operator[](uint32_t place) const noexcept { return words[place]; }

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
        const uint8_t *start = strings + (word & simdjson::internal::JSON_VALUE_MASK);
        std::memcpy(&length, start, sizeof length);
        return start + sizeof length;
    }

    CSJ_INLINE csj_name nameAt(uint64_t word) const noexcept {
        uint32_t length;
        const uint8_t *bytes = text(word, length);
        return readName(bytes, length);
    }
};

}  // namespace csj

#endif
