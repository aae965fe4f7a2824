// A clock that can be set, for one program: LD_PRELOAD of `make chaos`.
//
// The time of day of the program is the machine's and the offset, in seconds, that CHAOS_CLOCK, a file of 8 bytes,
// holds at the moment. As on a machine whose clock is set, the monotonic clock goes on, and whoever waits until a time
// of day waits for as long as the clock takes to get there.
//
//   cc -O2 -Wall -Wextra -Werror -fPIC -shared -o clock.so chaos/clock.c -ldl -lpthread

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

enum { SLICE_NS = 20000000, SECOND_NS = 1000000000 };
// A time of day is later than this; a time since the machine's start is not.
static const time_t EPOCH_MIN = 1000000000;

static const volatile int64_t *offset;

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("CHAOS_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *memory = mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (memory != MAP_FAILED) offset = memory;
}

static int is_day(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE; }

int clock_gettime(clockid_t clock, struct timespec *time) {
    long result = syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && offset && is_day(clock)) time->tv_sec += *offset;
    return (int)result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}

int timespec_get(struct timespec *time, int base) {
    clock_gettime(CLOCK_REALTIME, time);
    return base;
}

static int is_before(const struct timespec *a, const struct timespec *b) {
    return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

// Where the time of day `until` has not come, the machine's time until which to wait before looking again.
static int begin_wait(const struct timespec *until, struct timespec *slice) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (!is_before(&now, until)) return 0;
    syscall(SYS_clock_gettime, CLOCK_REALTIME, slice);
    slice->tv_nsec += SLICE_NS;
    if (slice->tv_nsec >= SECOND_NS) {
        slice->tv_nsec -= SECOND_NS;
        slice->tv_sec += 1;
    }
    return 1;
}

// A wait may end before its time without a reason, and everybody looks and waits again: so a slice ends.

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict until) {
    typedef int wait_function(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    wait_function *wait = (wait_function *)dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    struct timespec slice;
    if (!offset || until->tv_sec < EPOCH_MIN) return wait(condition, mutex, until);
    if (!begin_wait(until, &slice)) return ETIMEDOUT;
    int result = wait(condition, mutex, &slice);
    return result == ETIMEDOUT ? 0 : result;
}

int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex, const struct timespec *restrict until) {
    typedef int wait_function(cnd_t *, mtx_t *, const struct timespec *);
    wait_function *wait = (wait_function *)dlsym(RTLD_NEXT, "cnd_timedwait");
    struct timespec slice;
    if (!offset || until->tv_sec < EPOCH_MIN) return wait(condition, mutex, until);
    if (!begin_wait(until, &slice)) return thrd_timedout;
    int result = wait(condition, mutex, &slice);
    return result == thrd_timedout ? thrd_success : result;
}
