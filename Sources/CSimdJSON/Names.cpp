#include "Names.h"

csj_name csj_read_name(const uint8_t *bytes, uint32_t length) noexcept {
    if (length >= 8) return csj::readName(bytes, length);
    uint8_t padded[8] = {};
    for (uint32_t index = 0; index < length; index++) padded[index] = bytes[index];
    csj_name name = csj::readName(padded, length);
    name.bytes = bytes;
    return name;
}
