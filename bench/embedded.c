// The embedded cluster of `make bench`, in a process of its own, so that its CPU time is not a client's.
//
// librdkafka's mock cluster: one broker that speaks the Kafka protocol on a loopback port and keeps at most 5 MiB and
// 100,000 batches a partition. Prints its bootstrap address, then answers one line for each line of standard input,
// and ends with it:
//
//   create TOPIC PARTITIONS   "done"
//   ends TOPIC PARTITIONS     "LOW:HIGH" for each partition: its first offset kept, and the one after its last
//
//   cc -O2 -Wall -Wextra -Werror -o embedded bench/embedded.c $(pkg-config --cflags --libs rdkafka)
//
// Exit codes: 0 standard input has ended, 1 an error.

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

enum { BROKERS = 1, PARTITIONS_MAX = 1000, REQUEST_MS = 10000 };

static _Noreturn void die(const char *what, const char *why) {
    fprintf(stderr, "embedded: %s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

static rd_kafka_t *make_client(const char *bootstrap) {
    char text[512];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    if (bootstrap &&
        rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap, text, sizeof text) != RD_KAFKA_CONF_OK) {
        die("configuration", text);
    }
    rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text, sizeof text);
    if (!client) die("client", text);
    return client;
}

static void create(rd_kafka_mock_cluster_t *cluster, const char *topic, int partitions) {
    rd_kafka_resp_err_t error = rd_kafka_mock_topic_create(cluster, topic, partitions, 1);
    if (error) die(topic, rd_kafka_err2str(error));
    puts("done");
}

static void tell_ends(rd_kafka_t *client, const char *topic, int partitions) {
    for (int partition = 0; partition < partitions; partition++) {
        int64_t low = 0, high = 0;
        rd_kafka_resp_err_t error =
            rd_kafka_query_watermark_offsets(client, topic, partition, &low, &high, REQUEST_MS);
        if (error) die(topic, rd_kafka_err2str(error));
        printf("%s%" PRId64 ":%" PRId64, partition > 0 ? " " : "", low, high);
    }
    putchar('\n');
}

int main(void) {
    // The cluster lives in a client that is otherwise idle; another one asks it for offsets.
    rd_kafka_t *host = make_client(NULL);
    rd_kafka_mock_cluster_t *cluster = rd_kafka_mock_cluster_new(host, BROKERS);
    if (!cluster) die("cluster", "there is no port or thread to be had");
    rd_kafka_t *client = make_client(rd_kafka_mock_cluster_bootstraps(cluster));
    puts(rd_kafka_mock_cluster_bootstraps(cluster));
    fflush(stdout);

    char line[512], topic[256];
    while (fgets(line, sizeof line, stdin)) {
        int partitions;
        if (sscanf(line, "create %255s %d", topic, &partitions) == 2 && partitions > 0 &&
            partitions <= PARTITIONS_MAX) {
            create(cluster, topic, partitions);
        } else if (sscanf(line, "ends %255s %d", topic, &partitions) == 2 && partitions <= PARTITIONS_MAX) {
            tell_ends(client, topic, partitions);
        } else {
            die("standard input", "expected create or ends, a topic and a number of partitions");
        }
        fflush(stdout);
    }
    rd_kafka_destroy(client);
    rd_kafka_mock_cluster_destroy(cluster);
    rd_kafka_destroy(host);
    return EXIT_SUCCESS;
}
