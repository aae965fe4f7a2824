#include "Parser.h"

csj_tape csj_parsed_tape(const csj_parser *parser) noexcept {
    return csj_tape{parser->parser.doc.tape.get(), parser->parser.doc.string_buf.get()};
}
