#ifndef CSIMDJSON_NAMES_H
#define CSIMDJSON_NAMES_H

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "include/CSimdJSON.h"

namespace csj {

inline uint64_t load64(const uint8_t *bytes) noexcept {
    uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

/// Masks that keep the first n of eight bytes (the machine is little endian).
inline constexpr uint64_t kFirstBytes[9] = {
    0,
    0xff,
    0xffff,
    0xffffff,
    0xffffffff,
    0xffffffffff,
    0xffffffffffff,
    0xffffffffffffff,
    0xffffffffffffffff,
};

/// Reads the ends of a name and mixes them to a hash, without a branch. The hash only has to tell the names of one
/// record apart: what it finds is compared, and only small objects rely on it.
/// Eight bytes from the start of the name must be readable.
inline csj_name readName(const uint8_t *name, uint32_t length) noexcept {
    const bool isLong = length > 8;
    const uint64_t mask = kFirstBytes[isLong ? 8 : length];
    const uint64_t head = load64(name) & mask;
    const uint64_t tail = load64(name + (isLong ? length - 8 : 0)) & mask;
    const uint64_t hash = (head ^ (tail << 29 | tail >> 35) ^ length) * 0x9e3779b97f4a7c15;
    return csj_name{head, tail, hash, name, length};
}

/// Whether two names are equal. Up to sixteen bytes, the two ends are the whole name.
inline bool isEqual(const csj_name &a, const csj_name &b) noexcept {
    if (a.head != b.head || a.length != b.length || a.tail != b.tail) return false;
    return a.length <= 16 || std::memcmp(a.bytes, b.bytes, a.length) == 0;
}

/// Whether a name that was not prepared is that one. Eight bytes from its start must be readable.
inline bool isNamed(const csj_name &known, const uint8_t *bytes, uint32_t length) noexcept {
    if (known.length != length) return false;
    if (length < 8) return ((load64(bytes) ^ known.head) & kFirstBytes[length]) == 0;
    if (load64(bytes) != known.head || load64(bytes + length - 8) != known.tail) return false;
    return length <= 16 || std::memcmp(bytes, known.bytes, length) == 0;
}

inline uint64_t rotate(uint64_t word, int bits) noexcept { return word << bits | word >> (64 - bits); }

/// SipHash-1-3 (Aumasson and Bernstein, 2012): names that an attacker chooses cannot be made to collide without the
/// key.
inline uint64_t sipHash(const uint64_t key[2], const uint8_t *bytes, size_t count) noexcept {
    uint64_t v0 = key[0] ^ 0x736f6d6570736575, v1 = key[1] ^ 0x646f72616e646f6d;
    uint64_t v2 = key[0] ^ 0x6c7967656e657261, v3 = key[1] ^ 0x7465646279746573;
    const auto round = [&]() noexcept {
        v0 += v1, v1 = rotate(v1, 13) ^ v0, v0 = rotate(v0, 32);
        v2 += v3, v3 = rotate(v3, 16) ^ v2;
        v0 += v3, v3 = rotate(v3, 21) ^ v0;
        v2 += v1, v1 = rotate(v1, 17) ^ v2, v2 = rotate(v2, 32);
    };
    const auto absorb = [&](uint64_t word) noexcept {
        v3 ^= word;
        round();
        v0 ^= word;
    };
    size_t offset = 0;
    for (; offset + 8 <= count; offset += 8) absorb(load64(bytes + offset));
    uint64_t last = uint64_t(count) << 56;
    for (size_t shift = 0; offset < count; offset++, shift += 8) last |= uint64_t(bytes[offset]) << shift;
    absorb(last);
    v2 ^= 0xff;
    round(), round(), round();
    return v0 ^ v1 ^ v2 ^ v3;
}

}  // namespace csj

#endif
