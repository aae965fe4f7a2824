#ifndef CSIMDJSON_PARSER_H
#define CSIMDJSON_PARSER_H

#include <cstdlib>
#include <type_traits>

#include "include/CSimdJSON.h"

// Errors are codes on both sides of the boundary; the layout of simdjson's classes does not depend on this.
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

static_assert(simdjson::SIMDJSON_VERSION_MAJOR == 3, "the tape that Walk reads is that of simdjson 3");
static_assert(simdjson::SIMDJSON_PADDING <= CSJ_PADDING, "simdjson reads further than the callers promise");

namespace csj {

/// Memory that grows and is used again: a `std::vector` that reports failure in place of throwing.
template <typename Element>
class Store {
    static_assert(std::is_trivially_copyable<Element>::value, "elements are moved by realloc");

public:
    Store() noexcept = default;
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;
    ~Store() { std::free(elements_); }

    /// Makes room for a number of elements; false when there is no memory.
    bool reserve(size_t needed) noexcept {
        return needed <= capacity_ || grow(needed);
    }

    /// Makes room for a number of elements; where there is not, all of them are zero after it.
    bool reserveZeros(size_t needed) noexcept {
        if (needed <= capacity_) return true;
        void *zeros = std::calloc(needed, sizeof(Element));
        if (zeros == nullptr) return false;
        std::free(elements_);
        elements_ = static_cast<Element *>(zeros);
        capacity_ = needed;
        return true;
    }

    size_t capacity() const noexcept { return capacity_; }
    Element *data() const noexcept { return elements_; }
    Element &operator[](size_t index) const noexcept { return elements_[index]; }

private:
    Element *elements_ = nullptr;
    size_t capacity_ = 0;

    __attribute__((noinline, cold)) bool grow(size_t needed) noexcept {
        size_t larger = capacity_ * 2 > needed ? capacity_ * 2 : needed;
        void *moved = std::realloc(elements_, larger * sizeof(Element));
        if (moved == nullptr) return false;
        elements_ = static_cast<Element *>(moved);
        capacity_ = larger;
        return true;
    }
};

/// What an open container has to do with the paths.
enum class Match : uint8_t {
    /// Nothing in it is asked for.
    none,
    /// An object at one node of the plan, which names up to 64 members and asks for no others.
    edges,
    /// Anything else.
    general
};

/// An open object or array on the way down to where the walk stands.
struct Frame {
    /// Which of 512 hashes the names of a small object have had: those marked with the number of the object. Objects of
    /// one depth are numbered from 1 to 255 and around, so that the marks are cleared once in 255 objects.
    uint8_t marks[512];
    uint8_t number;
    Match match;
    bool isObject;
    /// The place of the opening bracket on the tape.
    uint32_t open;
    /// The number of the next member or element.
    uint32_t ordinal;
    /// The nodes of the plan that match the container, as a range of the store of states.
    uint32_t firstState;
    uint32_t stateCount;
    /// Of `Match::edges`: the place in `csj_parser::following` that says which edge is expected next.
    uint32_t expected;
    /// Of `Match::edges`: which edges of the node have had their member, one bit each.
    uint64_t seen;
    /// The hash table of a large object, as a range of the store of names; the mask is 0 for a small one.
    uint32_t firstName;
    uint32_t nameMask;
};

/// A node of the plan that matches, and what its wildcards matched on the way.
struct State {
    uint32_t node;
    uint32_t element;
    const uint8_t *key;
    uint32_t keyLength;
};

/// A slot of the hash table of a large object: a part of the hash, and the place of the name in the string buffer plus
/// 1; 0 is an empty slot.
struct Name {
    uint32_t hash;
    uint32_t place;
};

/// An open object or array on the way down to the name that is judged.
struct NameLevel {
    csj_name_state state;
    /// The place of its name on the tape; 0 for an element and for the root.
    uint32_t key;
    bool isObject;
};

/// A name that has been judged. Names come back from document to document.
struct JudgedName {
    uint64_t head;
    uint64_t tail;
    uint32_t length;
    uint8_t text[64];
    csj_verdict verdict;
};

}  // namespace csj

struct csj_parser {
    csj_limits limits;
    simdjson::dom::parser parser;
    csj::Store<uint8_t> copy;
    csj::Store<csj::Frame> frames;
    csj::Store<csj::State> states;
    csj::Store<csj::Name> names;
    csj::Store<csj_value> values;
    /// Members mostly come in the order of the document before. For each member edge of the plan, the place among the
    /// edges of its node of the one whose member followed; behind them, for each node, of the one that was first.
    /// A wrong one costs time and nothing else, so that it is not cleared for another plan.
    csj::Store<uint32_t> following;
    /// Of the scan for names: the levels, the names judged by the list of this identity, and that.
    csj::Store<csj::NameLevel> levels;
    csj::Store<csj::JudgedName> judged;
    uint64_t judgedBy = 0;
};

namespace csj {

/// Walks the parsed document: duplicate keys and extraction in one pass.
/// For a duplicate key the offset is the place of the second one on the tape.
csj_result walk(csj_parser &parser, const csj_plan &plan) noexcept;

/// Where in the document the string at a place of the tape stands.
size_t sourceOffset(const csj_parser &parser, const uint8_t *document, size_t place) noexcept;

}  // namespace csj

#endif
