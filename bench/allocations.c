// Counts memory allocations of a program that was not built for it.
//
// Every call of malloc, calloc, realloc, memalign and their kin counts as one, whatever its size; free does not count.
// A call belongs to librdkafka where the code that made it lies in librdkafka's mapping, otherwise to the program
// ("own"): Swift's runtime, simdjson and libcrypto are the program's.
//
//   cc -O2 -fPIC -shared -fno-builtin -Wall -Wextra -Werror -o allocations.so bench/allocations.c
//   BENCH_ALLOCATIONS=counts LD_PRELOAD=./allocations.so city-attribution run …
//
// At exit the counts of all threads go to the file BENCH_ALLOCATIONS, as one line: "OWN LIBRDKAFKA". For glibc, whose
// allocator stays the one in use.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allocations.h"

// glibc's allocator under the names that nobody replaces.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

// Part of the static thread-local storage: anything else would allocate on first use.
static __thread struct allocations of_thread __attribute__((tls_model("initial-exec")));
static _Atomic uint64_t own, librdkafka;
// Where librdkafka's code lies; nothing before the constructor, and where it is not loaded.
static uintptr_t code_start, code_end;

static void count(const void *caller) {
    if ((uintptr_t)caller - code_start < code_end - code_start) {
        of_thread.librdkafka++;
        atomic_fetch_add_explicit(&librdkafka, 1, memory_order_relaxed);
    } else {
        of_thread.own++;
        atomic_fetch_add_explicit(&own, 1, memory_order_relaxed);
    }
}

#define COUNT() count(__builtin_return_address(0))

void *malloc(size_t size) {
    COUNT();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    COUNT();
    return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
    COUNT();
    return __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t number, size_t size) {
    size_t bytes;
    COUNT();
    if (__builtin_mul_overflow(number, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_realloc(old, bytes);
}

void *memalign(size_t alignment, size_t size) {
    COUNT();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    COUNT();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    COUNT();
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    void *memory = __libc_memalign(alignment, size);
    if (!memory) return ENOMEM;
    *result = memory;
    return 0;
}

// glibc's own would call malloc from within glibc, which hides who asked for the copy.
char *strndup(const char *text, size_t most) {
    size_t length = strnlen(text, most);
    COUNT();
    char *copy = __libc_malloc(length + 1);
    if (!copy) return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *strdup(const char *text) {
    size_t bytes = strlen(text) + 1;
    COUNT();
    char *copy = __libc_malloc(bytes);
    return copy ? memcpy(copy, text, bytes) : NULL;
}

void allocations_count(struct allocations *thread, struct allocations *all) {
    *thread = of_thread;
    all->own = atomic_load_explicit(&own, memory_order_relaxed);
    all->librdkafka = atomic_load_explicit(&librdkafka, memory_order_relaxed);
}

static int find_librdkafka(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size;
    (void)context;
    if (!strstr(object->dlpi_name, "librdkafka.so")) return 0;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X)) continue;
        code_start = (uintptr_t)(object->dlpi_addr + segment->p_vaddr);
        code_end = code_start + segment->p_memsz;
        return 1;
    }
    return 0;
}

__attribute__((constructor)) static void start(void) {
    dl_iterate_phdr(find_librdkafka, NULL);
}

__attribute__((destructor)) static void tell(void) {
    const char *name = getenv("BENCH_ALLOCATIONS");
    if (!name) return;
    struct allocations thread, all;
    allocations_count(&thread, &all);
    char line[64];
    int length = snprintf(line, sizeof line, "%" PRIu64 " %" PRIu64 "\n", all.own, all.librdkafka);
    int file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0 || write(file, line, (size_t)length) != length) perror("allocations: BENCH_ALLOCATIONS");
    if (file >= 0) close(file);
}
