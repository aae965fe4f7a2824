#pragma once
#include <librdkafka/rdkafka.h>
// The mock cluster's header needs the one above first.
#include <librdkafka/rdkafka_mock.h>
