// Fills the topic of `make bench`: the lines of a file, round-robin, until N events are produced, as fast as librdkafka
// can, each under a key of its own.
//
//   cc -O2 -Wall -Wextra -Werror -o fill bench/fill.c $(pkg-config --cflags --libs rdkafka)
//
// Prints one line of JSON at the end. Exit codes: 0 done, 1 an event could not be produced, 2 usage.

#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <librdkafka/rdkafka.h>

enum { EXIT_USAGE = 2, REQUEST_MS = 10000, FLUSH_MS = 120000, POLL_EVERY = 1024, PROPERTIES_MAX = 64 };

struct line {
    const char *start;
    size_t length;
};

// The lines of a file; empty ones are left out. The content stays where it is, so that nothing has to be copied.
struct lines {
    char *content;
    struct line *all;
    size_t count;
};

struct options {
    const char *bootstrap, *topic, *file, *key_prefix;
    uint64_t events;
    int partitions;
    const char *properties[PROPERTIES_MAX];
    int property_count;
};

static uint64_t failed_deliveries;

static _Noreturn void die(int code, const char *what, const char *why) {
    fprintf(stderr, "fill: %s: %s\n", what, why);
    exit(code);
}

static double now_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static char *content_of(const char *name, size_t *length) {
    FILE *file = fopen(name, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) die(EXIT_USAGE, name, "cannot be read");
    long size = ftell(file);
    char *content = size > 0 ? malloc((size_t)size) : NULL;
    rewind(file);
    if (!content || fread(content, 1, (size_t)size, file) != (size_t)size) die(EXIT_USAGE, name, "cannot be read");
    fclose(file);
    *length = (size_t)size;
    return content;
}

static struct lines lines_of(const char *name) {
    size_t length = 0, capacity = 0;
    struct lines lines = {content_of(name, &length), NULL, 0};
    const char *position = lines.content, *end = position + length;
    while (position < end) {
        const char *newline = memchr(position, '\n', (size_t)(end - position));
        const char *stop = newline ? newline : end;
        if (stop > position) {
            if (lines.count == capacity) {
                capacity = capacity ? capacity * 2 : 1024;
                lines.all = realloc(lines.all, capacity * sizeof *lines.all);
                if (!lines.all) die(EXIT_FAILURE, name, "out of memory");
            }
            lines.all[lines.count++] = (struct line){position, (size_t)(stop - position)};
        }
        position = stop + 1;
    }
    if (lines.count == 0) die(EXIT_USAGE, name, "expected at least one line");
    return lines;
}

static void on_delivery(rd_kafka_t *producer, const rd_kafka_message_t *message, void *opaque) {
    (void)producer;
    (void)opaque;
    if (failed_deliveries++ == 0) fprintf(stderr, "fill: delivery: %s\n", rd_kafka_err2str(message->err));
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
    char text[512];
    if (rd_kafka_conf_set(conf, name, value, text, sizeof text) != RD_KAFKA_CONF_OK) die(EXIT_USAGE, name, text);
}

static rd_kafka_t *make_producer(const struct options *options) {
    char text[512], name[256];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", options->bootstrap);
    // Idempotence keeps the order and lets nothing in twice, so that the topic holds exactly what was asked for.
    set(conf, "enable.idempotence", "true");
    set(conf, "delivery.report.only.error", "true");
    set(conf, "linger.ms", "20");
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    for (int index = 0; index < options->property_count; index++) {
        const char *property = options->properties[index], *equals = strchr(property, '=');
        if (!equals || (size_t)(equals - property) >= sizeof name) die(EXIT_USAGE, property, "expected name=value");
        memcpy(name, property, (size_t)(equals - property));
        name[equals - property] = '\0';
        set(conf, name, equals + 1);
    }
    rd_kafka_t *producer = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text, sizeof text);
    if (!producer) die(EXIT_USAGE, "configuration", text);
    return producer;
}

// Creates the topic; one that is there already stays as it is.
static void create_topic(rd_kafka_t *producer, const struct options *options) {
    char text[512];
    rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new(options->topic, options->partitions, -1, text, sizeof text);
    if (!topic) die(EXIT_USAGE, options->topic, text);
    rd_kafka_queue_t *queue = rd_kafka_queue_new(producer);
    rd_kafka_CreateTopics(producer, &topic, 1, NULL, queue);
    rd_kafka_event_t *event = rd_kafka_queue_poll(queue, REQUEST_MS);
    const rd_kafka_CreateTopics_result_t *result = event ? rd_kafka_event_CreateTopics_result(event) : NULL;
    if (!result) die(EXIT_FAILURE, options->topic, "there was no answer to the request to create it");
    if (rd_kafka_event_error(event)) die(EXIT_FAILURE, options->topic, rd_kafka_event_error_string(event));
    size_t count = 0;
    const rd_kafka_topic_result_t **results = rd_kafka_CreateTopics_result_topics(result, &count);
    for (size_t index = 0; index < count; index++) {
        rd_kafka_resp_err_t error = rd_kafka_topic_result_error(results[index]);
        if (error && error != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
            die(EXIT_FAILURE, options->topic, rd_kafka_err2str(error));
        }
    }
    rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(queue);
    rd_kafka_NewTopic_destroy(topic);
}

static uint64_t produce_all(rd_kafka_t *producer, const struct options *options, const struct lines *lines) {
    rd_kafka_topic_t *topic = rd_kafka_topic_new(producer, options->topic, NULL);
    if (!topic) die(EXIT_FAILURE, options->topic, rd_kafka_err2str(rd_kafka_last_error()));
    uint64_t bytes = 0;
    char key[256];
    for (uint64_t event = 0; event < options->events; event++) {
        const struct line *line = &lines->all[event % lines->count];
        int length = snprintf(key, sizeof key, "%s%" PRIu64, options->key_prefix, event);
        // Neither copied nor freed: the lines outlive the producer.
        while (rd_kafka_produce(
                   topic, RD_KAFKA_PARTITION_UA, 0, (void *)(uintptr_t)line->start, line->length, key, (size_t)length,
                   NULL) != 0) {
            rd_kafka_resp_err_t error = rd_kafka_last_error();
            if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) die(EXIT_FAILURE, "produce", rd_kafka_err2str(error));
            rd_kafka_poll(producer, 1);
        }
        bytes += line->length;
        if (event % POLL_EVERY == 0) rd_kafka_poll(producer, 0);
    }
    rd_kafka_resp_err_t error = rd_kafka_flush(producer, FLUSH_MS);
    if (error) die(EXIT_FAILURE, "flush", rd_kafka_err2str(error));
    rd_kafka_topic_destroy(topic);
    return bytes;
}

static const char usage_text[] =
    "usage: fill --bootstrap HOST:PORT --topic TOPIC --file FILE.ndjson --events N [option ...]\n"
    "  --key-prefix TEXT  stands before the running number, from 0, in every key (none)\n"
    "  --partitions N     create the topic with N partitions where it is missing\n"
    "  -X NAME=VALUE      a property for librdkafka\n";

static _Noreturn void usage(const char *why) {
    if (why) die(EXIT_USAGE, why, usage_text);
    fputs(usage_text, stdout);
    exit(EXIT_SUCCESS);
}

static uint64_t number(const char *text, uint64_t most, const char *what) {
    char *end;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || value < 1 || value > most) usage(what);
    return value;
}

static struct options parse(int argc, char **argv) {
    static const struct option known[] = {
        {"bootstrap", required_argument, NULL, 'b'}, {"topic", required_argument, NULL, 't'},
        {"file", required_argument, NULL, 'f'},      {"events", required_argument, NULL, 'n'},
        {"key-prefix", required_argument, NULL, 'k'}, {"partitions", required_argument, NULL, 'p'},
        {"help", no_argument, NULL, 'h'},            {NULL, 0, NULL, 0},
    };
    struct options options = {.key_prefix = ""};
    int option;
    while ((option = getopt_long(argc, argv, "X:h", known, NULL)) != -1) {
        switch (option) {
        case 'b': options.bootstrap = optarg; break;
        case 't': options.topic = optarg; break;
        case 'f': options.file = optarg; break;
        case 'n': options.events = number(optarg, INT64_MAX, "--events"); break;
        case 'k': options.key_prefix = optarg; break;
        case 'p': options.partitions = (int)number(optarg, 10000, "--partitions"); break;
        case 'X':
            if (options.property_count == PROPERTIES_MAX) usage("-X");
            options.properties[options.property_count++] = optarg;
            break;
        case 'h': usage(NULL);
        default: usage("option");
        }
    }
    if (!options.bootstrap || !options.topic || !options.file || !options.events || optind != argc) usage("arguments");
    if (strlen(options.key_prefix) > 200) usage("--key-prefix");
    return options;
}

int main(int argc, char **argv) {
    struct options options = parse(argc, argv);
    struct lines lines = lines_of(options.file);
    rd_kafka_t *producer = make_producer(&options);
    if (options.partitions > 0) create_topic(producer, &options);
    double start = now_seconds();
    uint64_t bytes = produce_all(producer, &options, &lines);
    double seconds = now_seconds() - start;
    rd_kafka_destroy(producer);
    printf("{\"events\":%" PRIu64 ",\"lines\":%zu,\"bytes\":%" PRIu64 ",\"failed\":%" PRIu64 ",\"seconds\":%.3f}\n",
           options.events, lines.count, bytes, failed_deliveries, seconds);
    free(lines.all);
    free(lines.content);
    return failed_deliveries > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
