// What bench/allocations.c counts, for others that are loaded beside it.
#pragma once

#include <stdint.h>

// Allocations since the start: by who called the allocator.
struct allocations {
    uint64_t own, librdkafka;
};

// Those of the calling thread, and those of all threads with it. Weak: not there where nothing is counted.
__attribute__((weak)) void allocations_count(struct allocations *thread, struct allocations *all);
