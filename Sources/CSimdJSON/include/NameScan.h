#ifndef CSIMDJSON_NAMESCAN_H
#define CSIMDJSON_NAMESCAN_H

// Judging the names of members against a list of words, one name at a time or all names of a parsed document.
//
// A name is folded first: letters to lower-case ASCII without accents, digits kept, everything else dropped. What was
// dropped, and a change of case or between letters and digits, ends a word. A list holds folded runs of words.

#include "CSimdJSON.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The most letters of a run on a list.
enum { CSJ_RUN_MAX = 64 };

/// The most steps of all paths of a list.
enum { CSJ_STEPS_MAX = 128 };

/// What a run of words means besides its rules.
enum {
    /// What it covers is not looked for.
    CSJ_RUN_INNOCENT = 1,
    /// A person, of whom something may be said.
    CSJ_RUN_PERSON = 2,
    /// The whole name of a member whose text is looked up too.
    CSJ_RUN_NAMES_VALUE = 4,
    /// The whole name of a member that holds a whole record.
    CSJ_RUN_RECORD = 8
};

/// Steps of paths, one bit each.
typedef struct csj_steps {
    uint64_t low;
    uint64_t high;
} csj_steps;

/// A run of words. Rules are numbered from 1; 0 is none.
typedef struct csj_run {
    const uint8_t *text;
    uint32_t length;
    /// `csj_run_hash` of the text.
    uint32_t hash;
    /// The rule wherever the run stands in a name.
    uint16_t anywhere;
    /// The rule where the run ends a name; digits behind it do not count.
    uint16_t ending;
    /// The rule where the run is the whole name.
    uint16_t whole;
    /// The rule where the run begins or ends a name in which a person stands, or ends one below a person.
    uint16_t of_person;
    /// The rule for a text, or the last part of an address in it.
    uint16_t value;
    uint16_t flags;
    /// The steps that a name fits which the run is the whole of.
    csj_steps steps;
} csj_run;

/// A path of exact names from the root, whose members and what is above them are exempt.
typedef struct csj_exempt {
    uint32_t first_name;
    uint32_t name_count;
} csj_exempt;

/// A compiled list; the caller keeps the arrays alive.
typedef struct csj_name_list {
    const csj_run *runs;
    /// An open hash table of places in `runs`, plus 1; 0 is an empty slot.
    const uint16_t *slots;
    uint32_t slot_mask;
    /// The first and the last step of each path; those of paths that are innocent.
    csj_steps starts;
    csj_steps ends;
    csj_steps innocent_ends;
    /// The rule of each step that is the last one of a path.
    uint16_t end_rules[CSJ_STEPS_MAX];
    const csj_exempt *exempt;
    const csj_name *exempt_names;
    uint32_t exempt_count;
    /// Differs from that of any other list, and is not 0.
    uint64_t identity;
} csj_name_list;

/// What a list says of a name by itself.
typedef struct csj_verdict {
    /// The rule wherever it stands; 0 for none.
    uint16_t rule;
    /// The rule below a person; 0 for none.
    uint16_t of_person;
    /// The rule of its ending, which gives way to the others; 0 for none.
    uint16_t ending;
    /// The flags of the runs in it.
    uint16_t flags;
    /// Whether the whole name is on the list in any way.
    bool is_listed;
    /// Whether nothing can follow from the name.
    bool is_plain;
    csj_steps steps;
} csj_verdict;

/// Where a document stands on the way down: the steps that fit, and whether a person is above.
typedef struct csj_name_state {
    csj_steps steps;
    bool is_below_person;
} csj_name_state;

/// The first name that is refused.
typedef struct csj_name_hit {
    /// The place of the name on the tape; 0 for none.
    uint32_t place;
    uint16_t rule;
    /// Whether it is the text of the member that is refused.
    bool is_value;
} csj_name_hit;

/// The hash of a folded run.
uint32_t csj_run_hash(const uint8_t *text, size_t length) CSJ_NOEXCEPT;

/// Folds a name into at most `room` bytes and returns how many letters and digits it has.
size_t csj_fold_name(const uint8_t *name, size_t length, uint8_t *folded, size_t room) CSJ_NOEXCEPT;

/// Judges a name by itself. Of one longer than 1,024 letters, those count.
csj_verdict csj_judge_name(const csj_name_list *list, const uint8_t *name, size_t length) CSJ_NOEXCEPT;

/// The rule for a text of a member whose name has CSJ_RUN_NAMES_VALUE, or 0.
uint16_t csj_judge_value(const csj_name_list *list, const uint8_t *text, size_t length) CSJ_NOEXCEPT;

/// Goes down into a member and returns its rule, or 0.
uint16_t csj_name_step(const csj_name_list *list, const csj_verdict *verdict, csj_name_state *state) CSJ_NOEXCEPT;

/// Judges all names of the document parsed last, which must have been accepted; false when there is no memory.
bool csj_scan_names(csj_parser *parser, const csj_name_list *list, csj_name_hit *hit) CSJ_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
