#include "Parser.h"

#include <new>

namespace csj {

namespace {

constexpr size_t kFirstCapacity = 16 * 1024;
constexpr size_t kUnknown = SIZE_MAX;

csj_status status(simdjson::error_code error) noexcept {
    switch (error) {
        case simdjson::SUCCESS: return CSJ_OK;
        case simdjson::CAPACITY: return CSJ_TOO_LARGE;
        case simdjson::MEMALLOC: return CSJ_OUT_OF_MEMORY;
        case simdjson::DEPTH_ERROR: return CSJ_TOO_DEEP;
        case simdjson::UTF8_ERROR: return CSJ_INVALID_UTF8;
        case simdjson::NUMBER_ERROR: return CSJ_NUMBER;
        case simdjson::EMPTY: return CSJ_EMPTY;
        default: return CSJ_SYNTAX;
    }
}

/// Grows parser and document together, by doubling, so that a stream of ever longer documents allocates rarely.
bool reserve(csj_parser &parser, size_t count) noexcept {
    simdjson::dom::parser &dom = parser.parser;
    if (count <= dom.capacity() && count <= dom.doc.capacity()) return true;
    size_t capacity = kFirstCapacity;
    while (capacity < count) capacity *= 2;
    if (capacity > parser.limits.bytes) capacity = parser.limits.bytes;
    // simdjson refuses a depth equal to its limit, so one more is asked for.
    if (dom.allocate(capacity, parser.limits.depth + 1) != simdjson::SUCCESS) return false;
    return dom.doc.allocate(capacity) == simdjson::SUCCESS;
}

}  // namespace

}  // namespace csj

csj_parser *csj_parser_create(csj_limits limits) noexcept {
    auto *parser = new (std::nothrow) csj_parser;
    if (parser == nullptr) return nullptr;
    // simdjson wants room for 32 bytes at least; the limit of the caller is checked before it is asked.
    parser->limits = limits;
    if (parser->limits.bytes < simdjson::dom::MINIMAL_DOCUMENT_CAPACITY)
        parser->limits.bytes = simdjson::dom::MINIMAL_DOCUMENT_CAPACITY;
    const bool hasRoom = csj::reserve(*parser, 1) && parser->frames.reserveZeros(limits.depth);
    parser->limits.bytes = limits.bytes;
    if (hasRoom) return parser;
    delete parser;
    return nullptr;
}

void csj_parser_destroy(csj_parser *parser) noexcept { delete parser; }

csj_result csj_extract(
    csj_parser *parser, const uint8_t *document, size_t count, bool padded, const csj_plan *plan) noexcept {
    const auto failed = [](csj_status status) { return csj_result{status, csj::kUnknown, nullptr, 0}; };
    if (count > parser->limits.bytes) return failed(CSJ_TOO_LARGE);
    if (count == 0) return failed(CSJ_EMPTY);
    if (!csj::reserve(*parser, count) || !parser->states.reserve(plan->node_count) ||
        !parser->following.reserveZeros(size_t(plan->member_count) + plan->node_count))
        return failed(CSJ_OUT_OF_MEMORY);
    if (!padded) {
        if (!parser->copy.reserve(count + CSJ_PADDING)) return failed(CSJ_OUT_OF_MEMORY);
        std::memcpy(parser->copy.data(), document, count);
        std::memset(parser->copy.data() + count, ' ', CSJ_PADDING);
        document = parser->copy.data();
    }
    const simdjson::error_code error = parser->parser.parse(document, count, false).error();
    if (error != simdjson::SUCCESS) return failed(csj::status(error));
    csj_result result = csj::walk(*parser, *plan);
    if (result.status == CSJ_DUPLICATE_KEY) result.offset = csj::sourceOffset(*parser, document, result.offset);
    return result;
}
