#include "Names.h"

#include "include/CSimdJSON.h"

uint64_t csj_name_hash(const uint8_t *name, size_t count) noexcept {
    if (count >= 8) return csj::nameHash(name, count);
    uint8_t padded[8] = {};
    for (size_t index = 0; index < count; index++) padded[index] = name[index];
    return csj::nameHash(padded, count);
}
