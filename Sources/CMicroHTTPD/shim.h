#pragma once
#include <microhttpd.h>

/// Starts a daemon: `MHD_start_daemon` takes a variable list of arguments, which Swift cannot pass.
static inline struct MHD_Daemon *cmicrohttpd_start(
    unsigned int flags, MHD_AcceptPolicyCallback accept, MHD_AccessHandlerCallback handler, void *context,
    struct MHD_OptionItem *options) {
    return MHD_start_daemon(flags, 0, accept, context, handler, context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

/// The value of an option that is a function with its context, as an item of the list carries it.
#define CMICROHTTPD_FUNCTION(type, name) \
    static inline intptr_t name(type function) { return (intptr_t)function; }
CMICROHTTPD_FUNCTION(MHD_RequestCompletedCallback, cmicrohttpd_completed)
CMICROHTTPD_FUNCTION(MHD_NotifyConnectionCallback, cmicrohttpd_connection)

typedef void *(*cmicrohttpd_uri_callback)(void *context, const char *uri, struct MHD_Connection *connection);
CMICROHTTPD_FUNCTION(cmicrohttpd_uri_callback, cmicrohttpd_uri)

typedef size_t (*cmicrohttpd_unescape_callback)(void *context, struct MHD_Connection *connection, char *text);
CMICROHTTPD_FUNCTION(cmicrohttpd_unescape_callback, cmicrohttpd_unescape)
#undef CMICROHTTPD_FUNCTION

/// What libmicrohttpd knows of a connection: `MHD_get_connection_info` takes a variable list too.
static inline const union MHD_ConnectionInfo *cmicrohttpd_information(
    struct MHD_Connection *connection, enum MHD_ConnectionInfoType kind) {
    return MHD_get_connection_info(connection, kind);
}

/// Has a response sent without chunks, as for HTTP/1.0: its end is that of the connection.
static inline enum MHD_Result cmicrohttpd_send_unchunked(struct MHD_Response *response) {
    return MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
}
