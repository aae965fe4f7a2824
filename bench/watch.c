// The ruler of `make bench`: notes when a client of librdkafka got its partitions, and what it has committed when.
//
// Loaded before the program that is measured, it stands between that program and librdkafka, and adds a line to the
// file BENCH_WATCH for the assignment of partitions and for each commit of offsets that has succeeded, in a transaction
// or without:
//
//   assigned NANOSECONDS CPU_NANOSECONDS OWN LIBRDKAFKA ALL_OWN ALL_LIBRDKAFKA
//   committed NANOSECONDS CPU_NANOSECONDS OWN LIBRDKAFKA ALL_OWN ALL_LIBRDKAFKA PARTITION=OFFSET …
//
// by the monotonic clock and the process's CPU time; with the allocations so far of the calling thread and of all
// threads, where bench/allocations.c is loaded too (otherwise 0). It asks nothing of the cluster and works per commit,
// never per event. It exists since the embedded cluster does not keep the offsets of transactions, so that they cannot
// be asked of it; and since asking costs what is measured.
//
//   cc -O2 -fPIC -shared -Wall -Wextra -Werror -o watch.so bench/watch.c $(pkg-config --cflags --libs rdkafka)
//   BENCH_WATCH=commits LD_PRELOAD=./watch.so housing-worker …

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <librdkafka/rdkafka.h>

#include "allocations.h"

enum { LINE_BYTES = 64 << 10, PARTITIONS_MAX = 1000, PARTITION_BYTES = 32, HEAD_BYTES = 256 };
_Static_assert(HEAD_BYTES + PARTITIONS_MAX * PARTITION_BYTES < LINE_BYTES, "a line holds all partitions");

// One thread owns the clients that are watched: none of this is shared.
static int file = -1;
static char line[LINE_BYTES];
static rd_kafka_topic_partition_list_t *sent;

static uint64_t now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void note(const char *event, const rd_kafka_topic_partition_list_t *offsets) {
    uint64_t nanoseconds = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    struct allocations thread = {0, 0}, all = {0, 0};
    if (allocations_count) allocations_count(&thread, &all);
    int length = snprintf(
        line, HEAD_BYTES, "%s %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, event,
        nanoseconds, cpu, thread.own, thread.librdkafka, all.own, all.librdkafka);
    for (int index = 0; offsets && index < offsets->cnt && index < PARTITIONS_MAX; index++) {
        const rd_kafka_topic_partition_t *next = &offsets->elems[index];
        length += snprintf(
            line + length, PARTITION_BYTES, " %" PRId32 "=%" PRId64, next->partition, next->offset);
    }
    line[length++] = '\n';
    if (file >= 0 && write(file, line, (size_t)length) != length) perror("watch: BENCH_WATCH");
}

__attribute__((constructor)) static void start(void) {
    const char *name = getenv("BENCH_WATCH");
    if (name) file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0) perror("watch: BENCH_WATCH");
}

// The function of the same name that comes after this library: librdkafka's.
static void *next(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    if (function) return function;
    fprintf(stderr, "watch: %s is not there\n", name);
    abort();
}

rd_kafka_error_t *rd_kafka_incremental_assign(
    rd_kafka_t *consumer, const rd_kafka_topic_partition_list_t *partitions) {
    static rd_kafka_error_t *(*original)(rd_kafka_t *, const rd_kafka_topic_partition_list_t *);
    if (!original) original = next("rd_kafka_incremental_assign");
    note("assigned", NULL);
    return original(consumer, partitions);
}

rd_kafka_error_t *rd_kafka_send_offsets_to_transaction(
    rd_kafka_t *producer, const rd_kafka_topic_partition_list_t *offsets,
    const rd_kafka_consumer_group_metadata_t *group, int timeout_ms) {
    static rd_kafka_error_t *(*original)(
        rd_kafka_t *, const rd_kafka_topic_partition_list_t *, const rd_kafka_consumer_group_metadata_t *, int);
    if (!original) original = next("rd_kafka_send_offsets_to_transaction");
    if (sent) rd_kafka_topic_partition_list_destroy(sent);
    sent = rd_kafka_topic_partition_list_copy(offsets);
    return original(producer, offsets, group, timeout_ms);
}

rd_kafka_error_t *rd_kafka_commit_transaction(rd_kafka_t *producer, int timeout_ms) {
    static rd_kafka_error_t *(*original)(rd_kafka_t *, int);
    if (!original) original = next("rd_kafka_commit_transaction");
    rd_kafka_error_t *error = original(producer, timeout_ms);
    if (!error) note("committed", sent);
    return error;
}

// The answer to a commit without a transaction, for who asked for it by a queue.
rd_kafka_event_t *rd_kafka_queue_poll(rd_kafka_queue_t *queue, int timeout_ms) {
    static rd_kafka_event_t *(*original)(rd_kafka_queue_t *, int);
    if (!original) original = next("rd_kafka_queue_poll");
    rd_kafka_event_t *event = original(queue, timeout_ms);
    if (event && rd_kafka_event_type(event) == RD_KAFKA_EVENT_OFFSET_COMMIT && !rd_kafka_event_error(event)) {
        note("committed", rd_kafka_event_topic_partition_list(event));
    }
    return event;
}
