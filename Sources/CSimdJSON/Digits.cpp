#include <charconv>

#include "include/CSimdJSON.h"

size_t csj_shortest_digits(double value, char digits[17], int *exponent) noexcept {
    // At most 17 digits, a point, `e`, a sign and three digits.
    char text[32];
    const std::to_chars_result end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
    size_t count = 0;
    const char *next = text;
    for (; next < end.ptr && *next != 'e'; next++) {
        if (*next != '.' && count < 17) digits[count++] = *next;
    }
    *exponent = 0;
    // `from_chars` takes no plus sign.
    if (next < end.ptr) next += next[1] == '+' ? 2 : 1;
    std::from_chars(next, end.ptr, *exponent);
    return count;
}
