#pragma once
#include <libpq-fe.h>

/// The fields of an error that are read: their numbers are character constants, which Swift does not import.
enum {
    CPOSTGRES_SQLSTATE = PG_DIAG_SQLSTATE,
    CPOSTGRES_MESSAGE = PG_DIAG_MESSAGE_PRIMARY,
    CPOSTGRES_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME,
};
