// The yardstick of `make bench`: what librdkafka alone costs.
//
// Consumes a topic and produces every event again, byte for byte (key, value, headers), to another one, with the
// consumed offsets in the same transaction (KIP-447). No parsing, no decision, no record: what a worker needs beyond
// this is its own cost. Order per key is kept.
//
//   cc -O2 -Wall -Wextra -Werror -o baseline bench/baseline.c $(pkg-config --cflags --libs rdkafka)
//
// Prints one line of JSON at the end. Exit codes: 0 done, 1 a fatal error, 2 usage, 69 the cluster is unavailable.
//
// One thread owns both clients: poll, rebalance, produce and commit happen on it, one after another.

#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <librdkafka/rdkafka.h>

enum {
    BATCH_MESSAGES = 1000,
    PROPERTIES_MAX = 64,
    REQUEST_MS = 10000,
    TRANSACTION_MS = 60000,
    // A minute of answers that ask for another try, such as a coordinator that is still loading.
    TRIES_MAX = 600,
    RETRY_MS = 100,
    // Aborts in a row, with no commit between them, after which the cause is taken to be lasting.
    ABORTS_MAX = 20,
    CATCH_UP_CHECK_MS = 1000,
};

enum { EXIT_USAGE = 2, EXIT_UNAVAILABLE = 69 };

// One partition of the input topic.
struct partition {
    bool assigned;
    // The next offset to produce; messages before it have been dealt with.
    int64_t next;
    // The next offset as of the last commit; a larger `next` is to be committed.
    int64_t committed;
    // Where the partition ended at start-up.
    int64_t end;
};

struct options {
    const char *bootstrap, *topic, *output, *group, *transactional_id;
    int commit_ms, match_percent;
    bool exactly_once, stop_at_end;
    const char *properties[PROPERTIES_MAX];
    int property_count;
};

struct bench {
    struct options options;
    rd_kafka_t *consumer, *producer;
    rd_kafka_topic_t *output;
    rd_kafka_queue_t *queue;
    struct partition *partitions;
    int32_t partition_count;

    bool in_transaction, must_rewind, was_assigned;
    int match_sum, aborts;
    int64_t failed_deliveries;
    // Since the last commit, and committed.
    uint64_t open_events, open_produced, events, produced;
    int64_t first_us, last_commit_us, commit_due_us, catch_up_check_us;
};

static volatile sig_atomic_t stop_requested;

static void on_signal(int number) {
    (void)number;
    stop_requested = 1;
}

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void sleep_ms(int milliseconds) {
    struct timespec pause = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

static _Noreturn void die(int code, const char *what, const char *why) {
    fprintf(stderr, "baseline: %s: %s\n", what, why);
    exit(code);
}

// MARK: Transactions

enum outcome { DONE, ABORTABLE };

// What an error of the transactional interface asks for: nothing, another try, an abort; a fatal one ends the process.
enum reaction { NONE, AGAIN, ABORT };

static enum reaction reaction_to(rd_kafka_error_t *error, const char *what, int *tries) {
    if (!error) return NONE;
    enum reaction reaction = ABORT;
    if (rd_kafka_error_is_fatal(error)) die(EXIT_FAILURE, what, rd_kafka_error_string(error));
    if (!rd_kafka_error_txn_requires_abort(error)) {
        if (!rd_kafka_error_is_retriable(error) || ++*tries > TRIES_MAX) {
            die(EXIT_FAILURE, what, rd_kafka_error_string(error));
        }
        reaction = AGAIN;
    }
    if (reaction == ABORT || *tries == 1) {
        fprintf(stderr, "baseline: %s: %s (%s)\n", what, rd_kafka_error_string(error),
                reaction == ABORT ? "aborting" : "trying again");
    }
    rd_kafka_error_destroy(error);
    if (reaction == AGAIN) sleep_ms(RETRY_MS);
    return reaction;
}

static void init_transactions(struct bench *bench) {
    int tries = 0;
    for (;;) {
        enum reaction reaction =
            reaction_to(rd_kafka_init_transactions(bench->producer, TRANSACTION_MS), "init transactions", &tries);
        if (reaction == NONE) return;
        if (reaction == ABORT) die(EXIT_FAILURE, "init transactions", "the producer cannot be used");
    }
}

static void begin_transaction(struct bench *bench) {
    rd_kafka_error_t *error = rd_kafka_begin_transaction(bench->producer);
    if (error) die(EXIT_FAILURE, "begin transaction", rd_kafka_error_string(error));
    bench->in_transaction = true;
}

static void abort_transaction(struct bench *bench) {
    int tries = 0;
    for (;;) {
        enum reaction reaction =
            reaction_to(rd_kafka_abort_transaction(bench->producer, TRANSACTION_MS), "abort transaction", &tries);
        if (reaction == NONE) break;
        if (reaction == ABORT) die(EXIT_FAILURE, "abort transaction", "the transaction cannot be aborted");
    }
    bench->in_transaction = false;
}

static enum outcome send_offsets(struct bench *bench, const rd_kafka_topic_partition_list_t *offsets) {
    rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(bench->consumer);
    if (!group) die(EXIT_FAILURE, "send offsets", "the consumer has no group");
    int tries = 0;
    enum reaction reaction;
    do {
        reaction = reaction_to(
            rd_kafka_send_offsets_to_transaction(bench->producer, offsets, group, TRANSACTION_MS), "send offsets",
            &tries);
    } while (reaction == AGAIN);
    rd_kafka_consumer_group_metadata_destroy(group);
    return reaction == NONE ? DONE : ABORTABLE;
}

static enum outcome commit_transaction(struct bench *bench, const rd_kafka_topic_partition_list_t *offsets) {
    if (send_offsets(bench, offsets) == ABORTABLE) return ABORTABLE;
    int tries = 0;
    for (;;) {
        switch (reaction_to(
            rd_kafka_commit_transaction(bench->producer, TRANSACTION_MS), "commit transaction", &tries)) {
        case NONE: bench->in_transaction = false; return DONE;
        case AGAIN: continue;
        case ABORT: return ABORTABLE;
        }
    }
}

// At least once: what was produced must be acknowledged before its offsets are.
static enum outcome commit_acknowledged(struct bench *bench, rd_kafka_topic_partition_list_t *offsets) {
    rd_kafka_resp_err_t error = rd_kafka_flush(bench->producer, TRANSACTION_MS);
    if (error) die(EXIT_FAILURE, "flush", rd_kafka_err2str(error));
    if (bench->failed_deliveries > 0) return ABORTABLE;
    error = rd_kafka_commit(bench->consumer, offsets, 0);
    if (!error) return DONE;
    fprintf(stderr, "baseline: commit offsets: %s\n", rd_kafka_err2str(error));
    return ABORTABLE;
}

// MARK: Commit and rewind

static rd_kafka_topic_partition_list_t *uncommitted(const struct bench *bench) {
    rd_kafka_topic_partition_list_t *offsets = rd_kafka_topic_partition_list_new(bench->partition_count);
    for (int32_t number = 0; number < bench->partition_count; number++) {
        const struct partition *partition = &bench->partitions[number];
        if (!partition->assigned || partition->next <= partition->committed) continue;
        rd_kafka_topic_partition_list_add(offsets, bench->options.topic, number)->offset = partition->next;
    }
    return offsets;
}

// Forgets what is open; the main loop then goes back to the committed offsets.
static void give_up(struct bench *bench) {
    if (++bench->aborts > ABORTS_MAX) die(EXIT_FAILURE, "transactions", "one after the other had to be aborted");
    if (bench->in_transaction) abort_transaction(bench);
    bench->open_events = bench->open_produced = 0;
    bench->failed_deliveries = 0;
    bench->must_rewind = true;
}

static void commit(struct bench *bench) {
    if (bench->must_rewind || bench->open_events == 0) return;
    rd_kafka_topic_partition_list_t *offsets = uncommitted(bench);
    enum outcome outcome =
        bench->options.exactly_once ? commit_transaction(bench, offsets) : commit_acknowledged(bench, offsets);
    if (outcome == DONE) {
        for (int index = 0; index < offsets->cnt; index++) {
            bench->partitions[offsets->elems[index].partition].committed = offsets->elems[index].offset;
        }
        bench->events += bench->open_events;
        bench->produced += bench->open_produced;
        bench->open_events = bench->open_produced = 0;
        bench->aborts = 0;
        bench->last_commit_us = now_us();
    } else {
        give_up(bench);
    }
    rd_kafka_topic_partition_list_destroy(offsets);
}

static void seek_committed(struct bench *bench, rd_kafka_topic_partition_list_t *offsets) {
    rd_kafka_resp_err_t error = rd_kafka_committed(bench->consumer, offsets, TRANSACTION_MS);
    if (error) die(EXIT_FAILURE, "committed offsets", rd_kafka_err2str(error));
    for (int index = 0; index < offsets->cnt; index++) {
        rd_kafka_topic_partition_t *element = &offsets->elems[index];
        struct partition *partition = &bench->partitions[element->partition];
        partition->next = partition->committed = element->offset < 0 ? 0 : element->offset;
        if (element->offset < 0) element->offset = RD_KAFKA_OFFSET_BEGINNING;
    }
    rd_kafka_error_t *failure = rd_kafka_seek_partitions(bench->consumer, offsets, TRANSACTION_MS);
    if (failure) die(EXIT_FAILURE, "seek", rd_kafka_error_string(failure));
    for (int index = 0; index < offsets->cnt; index++) {
        // A partition that is not being fetched yet starts from its committed offset by itself.
        rd_kafka_resp_err_t seek = offsets->elems[index].err;
        if (seek && seek != RD_KAFKA_RESP_ERR__STATE) die(EXIT_FAILURE, "seek", rd_kafka_err2str(seek));
    }
}

static void rewind_to_committed(struct bench *bench) {
    rd_kafka_topic_partition_list_t *offsets = rd_kafka_topic_partition_list_new(bench->partition_count);
    for (int32_t number = 0; number < bench->partition_count; number++) {
        if (bench->partitions[number].assigned) {
            rd_kafka_topic_partition_list_add(offsets, bench->options.topic, number);
        }
    }
    if (offsets->cnt > 0) seek_committed(bench, offsets);
    rd_kafka_topic_partition_list_destroy(offsets);
    bench->must_rewind = false;
}

// MARK: Rebalances

static struct partition *partition_at(struct bench *bench, int32_t number) {
    if (number >= bench->partition_count) {
        struct partition *grown = realloc(bench->partitions, ((size_t)number + 1) * sizeof *grown);
        if (!grown) die(EXIT_FAILURE, "partitions", "out of memory");
        memset(grown + bench->partition_count, 0, (size_t)(number + 1 - bench->partition_count) * sizeof *grown);
        bench->partitions = grown;
        bench->partition_count = number + 1;
    }
    return &bench->partitions[number];
}

static void on_rebalance(
    rd_kafka_t *consumer, rd_kafka_resp_err_t event, rd_kafka_topic_partition_list_t *changed, void *opaque) {
    struct bench *bench = opaque;
    bool assigning = event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
    bench->was_assigned |= assigning;
    if (!assigning) {
        // What is open goes with the partitions: into a commit while they are owned, into an abort when they are lost.
        if (rd_kafka_assignment_lost(consumer)) {
            if (bench->open_events > 0) give_up(bench);
        } else {
            commit(bench);
        }
    }
    for (int index = 0; index < changed->cnt; index++) {
        struct partition *partition = partition_at(bench, changed->elems[index].partition);
        partition->assigned = assigning;
        partition->next = partition->committed = 0;
    }
    rd_kafka_error_t *error = assigning ? rd_kafka_incremental_assign(consumer, changed)
                                        : rd_kafka_incremental_unassign(consumer, changed);
    if (error) die(EXIT_FAILURE, "rebalance", rd_kafka_error_string(error));
}

// MARK: Client set-up

static void on_delivery(rd_kafka_t *producer, const rd_kafka_message_t *message, void *opaque) {
    (void)producer;
    if (message->err) ((struct bench *)opaque)->failed_deliveries++;
}

static void on_error(rd_kafka_t *client, int code, const char *reason, void *opaque) {
    (void)opaque;
    char text[512];
    if (code == RD_KAFKA_RESP_ERR__FATAL) {
        rd_kafka_fatal_error(client, text, sizeof text);
        die(EXIT_FAILURE, rd_kafka_name(client), text);
    }
    fprintf(stderr, "baseline: %s: %s\n", rd_kafka_name(client), reason);
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
    char text[512];
    if (rd_kafka_conf_set(conf, name, value, text, sizeof text) != RD_KAFKA_CONF_OK) die(EXIT_USAGE, name, text);
}

static rd_kafka_conf_t *configuration(struct bench *bench) {
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", bench->options.bootstrap);
    rd_kafka_conf_set_opaque(conf, bench);
    rd_kafka_conf_set_error_cb(conf, on_error);
    return conf;
}

static void set_properties(const struct options *options, rd_kafka_conf_t *conf) {
    for (int index = 0; index < options->property_count; index++) {
        char name[256];
        const char *property = options->properties[index], *equals = strchr(property, '=');
        if (!equals || (size_t)(equals - property) >= sizeof name) die(EXIT_USAGE, property, "expected name=value");
        memcpy(name, property, (size_t)(equals - property));
        name[equals - property] = '\0';
        set(conf, name, equals + 1);
    }
}

static rd_kafka_t *client(rd_kafka_type_t type, const struct options *options, rd_kafka_conf_t *conf) {
    char text[512];
    set_properties(options, conf);
    rd_kafka_t *client = rd_kafka_new(type, conf, text, sizeof text);
    if (!client) die(EXIT_USAGE, "configuration", text);
    return client;
}

static void make_producer(struct bench *bench) {
    rd_kafka_conf_t *conf = configuration(bench);
    set(conf, "enable.idempotence", "true");
    set(conf, "delivery.report.only.error", "true");
    // Room for what the consumer brings while the broker is busy; with the default of 100,000 the two take turns.
    set(conf, "queue.buffering.max.messages", "250000");
    if (bench->options.exactly_once) {
        set(conf, "transactional.id", bench->options.transactional_id);
    } else {
        rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    }
    bench->producer = client(RD_KAFKA_PRODUCER, &bench->options, conf);
    bench->output = rd_kafka_topic_new(bench->producer, bench->options.output, NULL);
    if (!bench->output) die(EXIT_FAILURE, bench->options.output, rd_kafka_err2str(rd_kafka_last_error()));
}

// As the workers do, or the yardstick is slower than librdkafka is: a fetcher that finds the queue full sleeps for a
// second. From 2.2 on that can be set; before, an answer about metadata wakes its thread.
static void keep_fetching(rd_kafka_conf_t *conf) {
    char text[512];
    if (rd_kafka_conf_set(conf, "fetch.queue.backoff.ms", "10", text, sizeof text) == RD_KAFKA_CONF_UNKNOWN) {
        set(conf, "topic.metadata.refresh.interval.ms", "200");
    }
}

static void make_consumer(struct bench *bench) {
    rd_kafka_conf_t *conf = configuration(bench);
    set(conf, "group.id", bench->options.group);
    set(conf, "enable.auto.commit", "false");
    set(conf, "enable.auto.offset.store", "false");
    set(conf, "auto.offset.reset", "earliest");
    set(conf, "partition.assignment.strategy", "cooperative-sticky");
    // Where a partition ends in control records, only this event tells that its end has been reached.
    set(conf, "enable.partition.eof", bench->options.stop_at_end ? "true" : "false");
    keep_fetching(conf);
    rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
    bench->consumer = client(RD_KAFKA_CONSUMER, &bench->options, conf);
    rd_kafka_poll_set_consumer(bench->consumer);
    bench->queue = rd_kafka_queue_get_consumer(bench->consumer);
}

// The partitions of the input topic, each with its end as of now.
static void find_ends(struct bench *bench) {
    const struct rd_kafka_metadata *metadata;
    rd_kafka_topic_t *topic = rd_kafka_topic_new(bench->consumer, bench->options.topic, NULL);
    if (!topic) die(EXIT_FAILURE, bench->options.topic, rd_kafka_err2str(rd_kafka_last_error()));
    rd_kafka_resp_err_t error = rd_kafka_metadata(bench->consumer, 0, topic, &metadata, REQUEST_MS);
    if (error) die(EXIT_UNAVAILABLE, bench->options.bootstrap, rd_kafka_err2str(error));
    if (metadata->topic_cnt != 1 || metadata->topics[0].err) {
        die(EXIT_UNAVAILABLE, bench->options.topic, rd_kafka_err2str(metadata->topics[0].err));
    }
    int32_t count = metadata->topics[0].partition_cnt;
    rd_kafka_metadata_destroy(metadata);
    rd_kafka_topic_destroy(topic);
    if (count > 0) partition_at(bench, count - 1);
    for (int32_t number = 0; number < count; number++) {
        int64_t low = 0, high = 0;
        error = rd_kafka_query_watermark_offsets(
            bench->consumer, bench->options.topic, number, &low, &high, REQUEST_MS);
        if (error) die(EXIT_UNAVAILABLE, bench->options.topic, rd_kafka_err2str(error));
        bench->partitions[number].end = high > low ? high : 0;
    }
}

static void subscribe(struct bench *bench) {
    rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(topics, bench->options.topic, RD_KAFKA_PARTITION_UA);
    rd_kafka_resp_err_t error = rd_kafka_subscribe(bench->consumer, topics);
    if (error) die(EXIT_FAILURE, "subscribe", rd_kafka_err2str(error));
    rd_kafka_topic_partition_list_destroy(topics);
}

// MARK: The data path

static rd_kafka_resp_err_t enqueue(struct bench *bench, const rd_kafka_message_t *message) {
    rd_kafka_headers_t *headers;
    if (rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
        rd_kafka_headers_t *copy = rd_kafka_headers_copy(headers);
        rd_kafka_resp_err_t error = rd_kafka_producev(
            bench->producer, RD_KAFKA_V_RKT(bench->output), RD_KAFKA_V_KEY(message->key, message->key_len),
            RD_KAFKA_V_VALUE(message->payload, message->len), RD_KAFKA_V_HEADERS(copy),
            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
        // The producer owns the headers only where it took the message.
        if (error) rd_kafka_headers_destroy(copy);
        return error;
    }
    int failed = rd_kafka_produce(
        bench->output, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, message->payload, message->len, message->key,
        message->key_len, NULL);
    return failed ? rd_kafka_last_error() : RD_KAFKA_RESP_ERR_NO_ERROR;
}

// Returns false where the transaction has to be aborted.
static bool produce(struct bench *bench, const rd_kafka_message_t *message) {
    for (;;) {
        rd_kafka_resp_err_t error = enqueue(bench, message);
        switch (error) {
        case RD_KAFKA_RESP_ERR_NO_ERROR: return true;
        // A full queue is back-pressure: the next try goes on where this one stopped, so that order is kept.
        case RD_KAFKA_RESP_ERR__QUEUE_FULL: rd_kafka_poll(bench->producer, 1); continue;
        default: break;
        }
        char text[512];
        if (rd_kafka_fatal_error(bench->producer, text, sizeof text)) die(EXIT_FAILURE, "produce", text);
        fprintf(stderr, "baseline: produce: %s\n", rd_kafka_err2str(error));
        // The transaction has failed already (its commit says why), or this one message cannot be produced at all.
        if (bench->options.exactly_once && error == RD_KAFKA_RESP_ERR__STATE) return false;
        exit(EXIT_FAILURE);
    }
}

static void take_error(struct bench *bench, const rd_kafka_message_t *message) {
    switch (message->err) {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF: {
        struct partition *partition = partition_at(bench, message->partition);
        // What lies between the last message and the end is control records: done, and nothing to commit.
        if (partition->assigned && partition->next <= message->offset && partition->next == partition->committed) {
            partition->next = partition->committed = message->offset;
        } else if (partition->assigned && partition->next < message->offset) {
            partition->next = message->offset;
        }
        return;
    }
    case RD_KAFKA_RESP_ERR__FATAL:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        die(EXIT_FAILURE, "consume", rd_kafka_message_errstr(message));
    default: fprintf(stderr, "baseline: consume: %s\n", rd_kafka_message_errstr(message));
    }
}

static void process(struct bench *bench, rd_kafka_message_t *const *messages, ssize_t count) {
    for (ssize_t index = 0; index < count && !bench->must_rewind; index++) {
        const rd_kafka_message_t *message = messages[index];
        if (message->err) {
            take_error(bench, message);
            continue;
        }
        // The batch may reach back over a rebalance; what belongs to another consumer by now is left to it.
        struct partition *partition = &bench->partitions[message->partition];
        if (!partition->assigned || message->offset < partition->next) continue;
        if (bench->first_us == 0) {
            bench->first_us = now_us();
            bench->commit_due_us = bench->first_us + (int64_t)bench->options.commit_ms * 1000;
        }
        if (bench->options.exactly_once && !bench->in_transaction) begin_transaction(bench);
        bench->match_sum += bench->options.match_percent;
        if (bench->match_sum >= 100) {
            bench->match_sum -= 100;
            if (!produce(bench, message)) {
                give_up(bench);
                return;
            }
            bench->open_produced++;
        }
        partition->next = message->offset + 1;
        bench->open_events++;
    }
}

// Waits for a first message, then takes what is there already: the batch call would wait until its array is full.
static ssize_t receive(struct bench *bench, rd_kafka_message_t **messages) {
    int64_t wait_us = bench->open_events > 0 ? bench->commit_due_us - now_us() : 100000;
    int wait_ms = wait_us <= 0 ? 0 : wait_us > 100000 ? 100 : (int)(wait_us / 1000);
    messages[0] = rd_kafka_consumer_poll(bench->consumer, wait_ms);
    if (!messages[0]) return 0;
    ssize_t more = rd_kafka_consume_batch_queue(bench->queue, 0, messages + 1, BATCH_MESSAGES - 1);
    return 1 + (more > 0 ? more : 0);
}

// True where everything up to the ends of start-up has been consumed and committed, by this process or another one.
static bool is_caught_up(struct bench *bench) {
    rd_kafka_topic_partition_list_t *others = rd_kafka_topic_partition_list_new(bench->partition_count);
    bool caught_up = true;
    for (int32_t number = 0; number < bench->partition_count; number++) {
        const struct partition *partition = &bench->partitions[number];
        if (partition->end == 0) continue;
        if (!partition->assigned) {
            rd_kafka_topic_partition_list_add(others, bench->options.topic, number);
        } else if (partition->next < partition->end) {
            caught_up = false;
        }
    }
    if (caught_up) commit(bench);
    caught_up = caught_up && !bench->must_rewind;
    if (caught_up && others->cnt > 0) {
        // Asking the group coordinator is slow; others are not done faster for being asked more often.
        caught_up = now_us() >= bench->catch_up_check_us;
        if (caught_up) {
            bench->catch_up_check_us = now_us() + (int64_t)CATCH_UP_CHECK_MS * 1000;
            caught_up = rd_kafka_committed(bench->consumer, others, REQUEST_MS) == RD_KAFKA_RESP_ERR_NO_ERROR;
        }
        for (int index = 0; index < others->cnt && caught_up; index++) {
            caught_up = others->elems[index].offset >= bench->partitions[others->elems[index].partition].end;
        }
    }
    rd_kafka_topic_partition_list_destroy(others);
    return caught_up;
}

static void run(struct bench *bench) {
    rd_kafka_message_t *messages[BATCH_MESSAGES];
    while (!stop_requested) {
        ssize_t count = receive(bench, messages);
        process(bench, messages, count);
        for (ssize_t index = 0; index < count; index++) rd_kafka_message_destroy(messages[index]);
        rd_kafka_poll(bench->producer, 0);
        if (bench->open_events > 0 && now_us() >= bench->commit_due_us) {
            commit(bench);
            bench->commit_due_us = now_us() + (int64_t)bench->options.commit_ms * 1000;
        }
        if (bench->must_rewind) rewind_to_committed(bench);
        if (bench->options.stop_at_end && is_caught_up(bench)) return;
    }
    commit(bench);
}

// MARK: Program

static void report(const struct bench *bench) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 +
                 (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
    double seconds = bench->events > 0 ? (double)(bench->last_commit_us - bench->first_us) / 1e6 : 0;
    printf("{\"events\":%" PRIu64 ",\"produced\":%" PRIu64 ",\"seconds\":%.3f,\"cpu_seconds\":%.3f,"
           "\"peak_rss_kb\":%ld}\n",
           bench->events, bench->produced, seconds, cpu, usage.ru_maxrss);
}

static void close_clients(struct bench *bench) {
    rd_kafka_queue_destroy(bench->queue);
    rd_kafka_resp_err_t error = rd_kafka_consumer_close(bench->consumer);
    if (error) fprintf(stderr, "baseline: close: %s\n", rd_kafka_err2str(error));
    // Before 2.3, librdkafka fails an assertion where a cooperative consumer ends between joining its group and its
    // first assignment (https://github.com/confluentinc/librdkafka/issues/4312); the process frees it by ending.
    if (bench->was_assigned) rd_kafka_destroy(bench->consumer);
    rd_kafka_topic_destroy(bench->output);
    rd_kafka_destroy(bench->producer);
    free(bench->partitions);
}

static const char usage_text[] =
    "usage: baseline --bootstrap HOST:PORT --topic TOPIC --output TOPIC [option ...]\n"
    "  --group NAME             consumer group (baseline)\n"
    "  --transactional-id NAME  unique for each live process (the group)\n"
    "  --commit-ms N            milliseconds between commits (1000)\n"
    "  --match-percent N        produce this share of the events, 0 to 100 (100)\n"
    "  --mode MODE              exactly-once or at-least-once (exactly-once)\n"
    "  --stop-at-end            stop when what was there at start-up is consumed and committed\n"
    "  -X NAME=VALUE            a property for librdkafka, for both clients\n";

static _Noreturn void usage(const char *why) {
    if (why) die(EXIT_USAGE, why, usage_text);
    fputs(usage_text, stdout);
    exit(EXIT_SUCCESS);
}

static int number(const char *text, int least, int most, const char *what) {
    char *end;
    long value = strtol(text, &end, 10);
    if (*text == '\0' || *end != '\0' || value < least || value > most) usage(what);
    return (int)value;
}

static void set_mode(struct options *options, const char *mode) {
    options->exactly_once = strcmp(mode, "exactly-once") == 0;
    if (!options->exactly_once && strcmp(mode, "at-least-once") != 0) usage("--mode");
}

static struct options parse(int argc, char **argv) {
    static const struct option known[] = {
        {"bootstrap", required_argument, NULL, 'b'}, {"topic", required_argument, NULL, 't'},
        {"output", required_argument, NULL, 'o'},    {"group", required_argument, NULL, 'g'},
        {"transactional-id", required_argument, NULL, 'i'},
        {"commit-ms", required_argument, NULL, 'c'}, {"match-percent", required_argument, NULL, 'p'},
        {"mode", required_argument, NULL, 'm'},      {"stop-at-end", no_argument, NULL, 's'},
        {"help", no_argument, NULL, 'h'},            {NULL, 0, NULL, 0},
    };
    struct options options = {.group = "baseline", .commit_ms = 1000, .match_percent = 100, .exactly_once = true};
    int option;
    while ((option = getopt_long(argc, argv, "X:h", known, NULL)) != -1) {
        switch (option) {
        case 'b': options.bootstrap = optarg; break;
        case 't': options.topic = optarg; break;
        case 'o': options.output = optarg; break;
        case 'g': options.group = optarg; break;
        case 'i': options.transactional_id = optarg; break;
        case 'c': options.commit_ms = number(optarg, 1, 3600000, "--commit-ms"); break;
        case 'p': options.match_percent = number(optarg, 0, 100, "--match-percent"); break;
        case 'm': set_mode(&options, optarg); break;
        case 's': options.stop_at_end = true; break;
        case 'X':
            if (options.property_count == PROPERTIES_MAX) usage("-X");
            options.properties[options.property_count++] = optarg;
            break;
        case 'h': usage(NULL);
        default: usage("option");
        }
    }
    if (!options.bootstrap || !options.topic || !options.output || optind != argc) usage("arguments");
    if (!options.transactional_id) options.transactional_id = options.group;
    return options;
}

int main(int argc, char **argv) {
    struct bench bench = {.options = parse(argc, argv)};
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    make_producer(&bench);
    make_consumer(&bench);
    find_ends(&bench);
    if (bench.options.exactly_once) init_transactions(&bench);
    subscribe(&bench);
    run(&bench);
    close_clients(&bench);
    report(&bench);
    return EXIT_SUCCESS;
}
