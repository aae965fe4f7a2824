#include "Parser.h"

namespace csj {

using simdjson::internal::tape_type;

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
