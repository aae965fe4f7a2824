// The embedded cluster of `make bench` and `make chaos`, in a process of its own, so that its CPU time is not a
// client's, and clients can be killed.
//
// usage: embedded [BROKERS]
//
// librdkafka's mock cluster: one broker, or as many as are asked for, that speak the Kafka protocol on loopback ports
// and keep at most 5 MiB and 100,000 batches a partition. Prints their bootstrap addresses, then answers one line for
// each line of standard input, and ends with it:
//
//   create TOPIC PARTITIONS        "done"
//   ends TOPIC PARTITIONS          "LOW:HIGH" for each partition: its first offset kept, and the one after its last
//
// Faults, all of them answered with "done"; BROKER is an id from 1 on, or -1 for all:
//
//   fail KEY CODE...               the next requests of this API key get these errors, one each, in order
//   forget KEY                     takes back what of them is left
//   up BROKER, down BROKER         opens or closes a broker's port and connections; leaders do not move
//   rtt BROKER MS                  how long answers take
//   leader TOPIC PARTITION BROKER  moves the leader of a partition
//   group ID BROKER                moves the coordinator of a group
//   transaction ID BROKER          moves the coordinator of a transactional id
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

enum { PARTITIONS_MAX = 1000, ERRORS_MAX = 100, REQUEST_MS = 10000 };

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

static void done(rd_kafka_resp_err_t error, const char *what) {
    if (error) die(what, rd_kafka_err2str(error));
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

static void fail(rd_kafka_mock_cluster_t *cluster, char *words) {
    rd_kafka_resp_err_t errors[ERRORS_MAX];
    size_t count = 0;
    char *end;
    int16_t key = (int16_t)strtol(words, &end, 10);
    for (words = end; count < ERRORS_MAX; words = end) {
        long code = strtol(words, &end, 10);
        if (end == words) break;
        errors[count++] = (rd_kafka_resp_err_t)code;
    }
    rd_kafka_mock_push_request_errors_array(cluster, key, count, errors);
    done(RD_KAFKA_RESP_ERR_NO_ERROR, "fail");
}

// Whether the line was one of a fault.
static int make_fault(rd_kafka_mock_cluster_t *cluster, char *line) {
    char name[256];
    int broker, number;
    if (strncmp(line, "fail ", 5) == 0) {
        fail(cluster, line + 5);
    } else if (sscanf(line, "forget %d", &number) == 1) {
        rd_kafka_mock_clear_request_errors(cluster, (int16_t)number);
        done(RD_KAFKA_RESP_ERR_NO_ERROR, "forget");
    } else if (sscanf(line, "up %d", &broker) == 1) {
        done(rd_kafka_mock_broker_set_up(cluster, broker), "up");
    } else if (sscanf(line, "down %d", &broker) == 1) {
        done(rd_kafka_mock_broker_set_down(cluster, broker), "down");
    } else if (sscanf(line, "rtt %d %d", &broker, &number) == 2) {
        done(rd_kafka_mock_broker_set_rtt(cluster, broker, number), "rtt");
    } else if (sscanf(line, "leader %255s %d %d", name, &number, &broker) == 3) {
        done(rd_kafka_mock_partition_set_leader(cluster, name, number, broker), name);
    } else if (sscanf(line, "group %255s %d", name, &broker) == 2) {
        done(rd_kafka_mock_coordinator_set(cluster, "group", name, broker), name);
    } else if (sscanf(line, "transaction %255s %d", name, &broker) == 2) {
        done(rd_kafka_mock_coordinator_set(cluster, "transaction", name, broker), name);
    } else {
        return 0;
    }
    return 1;
}

int main(int count, char **arguments) {
    int brokers = count > 1 ? atoi(arguments[1]) : 1;
    // The cluster lives in a client that is otherwise idle; another one asks it for offsets.
    rd_kafka_t *host = make_client(NULL);
    rd_kafka_mock_cluster_t *cluster = rd_kafka_mock_cluster_new(host, brokers);
    if (!cluster) die("cluster", "there is no port or thread to be had, or not that many brokers");
    rd_kafka_t *client = make_client(rd_kafka_mock_cluster_bootstraps(cluster));
    puts(rd_kafka_mock_cluster_bootstraps(cluster));
    fflush(stdout);

    char line[1024], topic[256];
    while (fgets(line, sizeof line, stdin)) {
        int partitions;
        if (sscanf(line, "create %255s %d", topic, &partitions) == 2 && partitions > 0 &&
            partitions <= PARTITIONS_MAX) {
            done(rd_kafka_mock_topic_create(cluster, topic, partitions, 1), topic);
        } else if (sscanf(line, "ends %255s %d", topic, &partitions) == 2 && partitions <= PARTITIONS_MAX) {
            tell_ends(client, topic, partitions);
        } else if (!make_fault(cluster, line)) {
            die("standard input", "expected one of the commands that stand at the head of this program");
        }
        fflush(stdout);
    }
    rd_kafka_destroy(client);
    rd_kafka_mock_cluster_destroy(cluster);
    rd_kafka_destroy(host);
    return EXIT_SUCCESS;
}
