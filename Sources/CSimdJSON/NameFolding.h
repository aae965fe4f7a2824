#ifndef CSIMDJSON_NAMEFOLDING_H
#define CSIMDJSON_NAMEFOLDING_H

#include <cstddef>
#include <cstdint>

namespace csj {

/// What a character is to the words of a name.
enum class Character : uint8_t {
    /// Ends a word.
    separator,
    /// Belongs to the letter before it, or is invisible.
    mark,
    lower,
    upper,
    digit,
    /// A letter of another script, kept byte by byte.
    other
};

struct Folded {
    Character kind;
    uint8_t letter;
    uint8_t width;
};

inline Folded foldASCII(uint8_t byte, uint8_t width) noexcept {
    if (byte >= 'a' && byte <= 'z') return Folded{Character::lower, byte, width};
    if (byte >= 'A' && byte <= 'Z') return Folded{Character::upper, uint8_t(byte | 0x20), width};
    if (byte >= '0' && byte <= '9') return Folded{Character::digit, byte, width};
    return Folded{Character::separator, 0, width};
}

/// Folds U+00C0 to U+00FF, the letters of western Europe.
inline Folded foldLatin(uint8_t second) noexcept {
    static constexpr char kLetters[] = "aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuyty";
    const char letter = kLetters[second - 0x80];
    if (letter == '_') return Folded{Character::separator, 0, 2};
    return Folded{second < 0x9f ? Character::upper : Character::lower, uint8_t(letter), 2};
}

/// Folds the next character of a text in UTF-8. What looks like a letter of ASCII to a reader is one: accents, wide
/// forms and characters without width make no other name.
inline Folded fold(const uint8_t *bytes, size_t left) noexcept {
    const uint8_t first = bytes[0];
    if (first < 0x80) return foldASCII(first, 1);
    const uint8_t second = left > 1 ? bytes[1] : 0;
    const uint8_t third = left > 2 ? bytes[2] : 0;
    if (first == 0xc2) return Folded{second == 0xad ? Character::mark : Character::separator, 0, 2};
    if (first == 0xc3 && second >= 0x80 && second < 0xc0) return foldLatin(second);
    if (first == 0xcc || (first == 0xcd && second < 0xb0)) return Folded{Character::mark, 0, 2};
    if (first == 0xe2 && (second == 0x80 || second == 0x81)) {
        const bool isInvisible = second == 0x80 ? third >= 0x8b && third <= 0x8f : third >= 0xa0;
        return Folded{isInvisible ? Character::mark : Character::separator, 0, 3};
    }
    if (first == 0xef && second == 0xbb && third == 0xbf) return Folded{Character::mark, 0, 3};
    // U+FF01 to U+FF5E: the wide forms of ASCII.
    if (first == 0xef && second == 0xbc && third > 0x80) return foldASCII(uint8_t(third - 0x60), 3);
    if (first == 0xef && second == 0xbd && third >= 0x80 && third < 0x9f) return foldASCII(uint8_t(third - 0x20), 3);
    return Folded{Character::other, first, 1};
}

}  // namespace csj

#endif
