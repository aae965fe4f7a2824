#ifndef CSIMDJSON_H
#define CSIMDJSON_H

// A C surface over simdjson's DOM parser (https://simdjson.org, 3.0): parse a document, check it for duplicate keys and
// take out the values at a set of paths, all in one call. No C++ exception crosses it; every function is `noexcept`.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define CSJ_NOEXCEPT noexcept
#else
#define CSJ_NOEXCEPT
#endif

/// The bytes that must be readable after the end of a document that is parsed in place.
enum { CSJ_PADDING = 64 };

/// What a node or an edge says where there is none.
#define CSJ_NONE UINT32_MAX

/// How an extraction ended.
typedef enum csj_status {
    CSJ_OK = 0,
    CSJ_TOO_LARGE = 1,
    CSJ_TOO_DEEP = 2,
    CSJ_EMPTY = 3,
    CSJ_INVALID_UTF8 = 4,
    CSJ_NUMBER = 5,
    CSJ_SYNTAX = 6,
    CSJ_DUPLICATE_KEY = 7,
    CSJ_TOO_MANY_VALUES = 8,
    CSJ_OUT_OF_MEMORY = 9
} csj_status;

/// The JSON type of a value, and for numbers how it is stored.
typedef enum csj_kind {
    CSJ_NULL = 0,
    CSJ_TRUE = 1,
    CSJ_FALSE = 2,
    CSJ_INTEGER = 3,
    CSJ_UNSIGNED = 4,
    CSJ_DOUBLE = 5,
    CSJ_STRING = 6,
    CSJ_OBJECT = 7,
    CSJ_ARRAY = 8
} csj_kind;

/// A value found at a path. Pointers are valid until the parser is used again.
typedef struct csj_value {
    /// The path, as its place in the list that the plan was made of.
    uint32_t slot;
    /// A `csj_kind`.
    uint32_t kind;
    /// The number, bit for bit; the number of members or elements of a container.
    uint64_t bits;
    /// The decoded bytes of a string, or NULL.
    const uint8_t *text;
    /// The name of the member that the last wildcard matched, or NULL.
    const uint8_t *key;
    uint32_t text_length;
    uint32_t key_length;
    /// The array index or the ordinal of the member that the first wildcard matched.
    uint32_t element;
} csj_value;

/// The name of a member, prepared for comparing.
typedef struct csj_name {
    /// The first and the last eight bytes; of a shorter name both times the whole, and zeros behind it.
    uint64_t head;
    uint64_t tail;
    /// A fast hash, of which the highest bits are the best.
    uint64_t hash;
    const uint8_t *bytes;
    uint32_t length;
} csj_name;

/// An edge to the member of a name. Edges of a node stand together.
typedef struct csj_member_edge {
    csj_name name;
    uint32_t node;
} csj_member_edge;

/// An edge to the element at an index. Edges of a node stand together, in ascending order.
typedef struct csj_index_edge {
    uint64_t index;
    uint32_t node;
} csj_index_edge;

/// A node of the trie of paths. Node 0 is the root.
typedef struct csj_node {
    /// One bit for each member edge: bit `hash >> 58`. Most names are turned away by it.
    uint64_t member_filter;
    uint32_t first_member;
    uint32_t member_count;
    uint32_t first_index;
    uint32_t index_count;
    /// The node that every member and every element leads to, or CSJ_NONE.
    uint32_t wildcard;
    /// The wildcards on the way from the root to this node.
    uint32_t wildcards_above;
    uint32_t first_slot;
    uint32_t slot_count;
} csj_node;

/// A trie of paths; the caller keeps the arrays alive.
typedef struct csj_plan {
    const csj_node *nodes;
    const csj_member_edge *members;
    const csj_index_edge *indexes;
    const uint32_t *slots;
    uint32_t node_count;
    uint32_t member_count;
} csj_plan;

/// The limits of a parser and the key of its hash function.
typedef struct csj_limits {
    size_t bytes;
    size_t values;
    uint32_t depth;
    uint64_t seed[2];
} csj_limits;

/// What an extraction found.
typedef struct csj_result {
    csj_status status;
    /// Where in the document the fault is, or SIZE_MAX where that is not known.
    size_t offset;
    const csj_value *values;
    size_t count;
} csj_result;

/// A parser with the memory it reuses from document to document.
typedef struct csj_parser csj_parser;

/// Makes a parser; NULL when there is no memory.
csj_parser *csj_parser_create(csj_limits limits) CSJ_NOEXCEPT;

/// Frees a parser; NULL is allowed.
void csj_parser_destroy(csj_parser *parser) CSJ_NOEXCEPT;

/// Parses a document, checks it and takes out the values at the paths of a plan, in document order.
/// `padded` promises that CSJ_PADDING bytes after the document can be read; else it is copied.
csj_result csj_extract(
    csj_parser *parser, const uint8_t *document, size_t count, bool padded, const csj_plan *plan) CSJ_NOEXCEPT;

/// What simdjson made of a document: the tape (doc/tape.md of simdjson) and the strings that it points to, each four
/// bytes of length and then the bytes.
typedef struct csj_tape {
    const uint64_t *words;
    const uint8_t *strings;
} csj_tape;

/// The tape of the document parsed last, which must have been accepted; valid until the parser is used again.
csj_tape csj_parsed_tape(const csj_parser *parser) CSJ_NOEXCEPT;

/// Prepares a name for a member edge, which keeps the pointer.
csj_name csj_read_name(const uint8_t *bytes, uint32_t length) CSJ_NOEXCEPT;

/// The fewest decimal digits that read back as this double, without a point, and the exponent of ten of the first one:
/// `-12.5` is `125` and 1. The value must be finite and not negative. Returns the number of digits, at most 17.
size_t csj_shortest_digits(double value, char digits[17], int *exponent) CSJ_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#include "NameScan.h"

#endif
