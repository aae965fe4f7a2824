#pragma once
// SHA256_Init and its like are marked as deprecated in favour of EVP, which allocates for every message; they stay.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
