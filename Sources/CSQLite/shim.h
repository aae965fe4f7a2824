#pragma once
#include <sqlite3.h>

/// Sets a switch of a connection: `sqlite3_db_config` takes a variable list of arguments, which Swift cannot pass.
static inline int csqlite_set_switch(sqlite3 *database, int option, int value) {
    return sqlite3_db_config(database, option, value, (int *)0);
}
