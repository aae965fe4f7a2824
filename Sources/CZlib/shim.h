#pragma once
#include <zlib.h>

/// Begins to compress into the gzip format: `deflateInit2` is a macro, which Swift does not see.
static inline int czlib_begin_gzip(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

/// Begins to read the gzip format, likewise.
static inline int czlib_begin_gunzip(z_stream *stream) {
    return inflateInit2(stream, 15 + 16);
}
