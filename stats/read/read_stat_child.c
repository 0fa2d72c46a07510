/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The child's side: ReadStat's callbacks become messages. Nothing here is converted or judged; what
 * goes wrong is a number in the last message. */
#include <stdlib.h>

#include "read/encoding.h"
#include "read/read_stat_pack.h"

#define SET_MOST 256

typedef struct session {
    const peil_stat_task *task;
    peil_wall_child *child;
    peil_stat_file *file;
    peil_stat_fault fault; /* the first */
    unsigned char *room;   /* of the header's block being filled; NULL: none */
    size_t used;           /* of it */
    peil_stat_facts facts;
    size_t nchosen;      /* of the columns that are wanted */
    uint64_t row_bytes;  /* of all variables */
    peil_stat_pack pack; /* of rows */
} session;

static int give_up(session *s, peil_stat_fault fault) {
    if (s->fault == PEIL_STAT_NONE) s->fault = fault;
    return READSTAT_HANDLER_ABORT;
}

/* ---- values ---- */

/* A tag as a lower-case letter or '_'; SAS files have capitals. */
static uint64_t tag_of(readstat_value_t value) {
    const unsigned char tag = (unsigned char)value.tag;
    return tag >= 'A' && tag <= 'Z' ? tag | 0x20u : tag;
}

static double double_of(readstat_value_t value) {
    switch (value.type) {
        case READSTAT_TYPE_DOUBLE:
            return value.v.double_value;
        case READSTAT_TYPE_FLOAT:
            return (double)value.v.float_value;
        case READSTAT_TYPE_INT32:
            return (double)value.v.i32_value;
        case READSTAT_TYPE_INT16:
            return (double)value.v.i16_value;
        default:
            return (double)value.v.i8_value;
    }
}

static uint64_t number_bits(readstat_value_t value) {
    const double x = double_of(value);
    if (value.is_tagged_missing) return PEIL_STAT_NAN | tag_of(value);
    return value.is_system_missing || isnan(x) ? PEIL_STAT_NAN : peil_stat_bits(x);
}

static bool is_text(readstat_type_t type) {
    return type == READSTAT_TYPE_STRING || type == READSTAT_TYPE_STRING_REF;
}

/* ---- the header ---- */

static void put(session *s, const void *bytes, size_t length) {
    while (length) {
        if (!s->room) s->room = peil_wall_room(s->child);
        const size_t left = PEIL_STAT_HEADER_BLOCK - s->used, n = length < left ? length : left;
        memcpy(s->room + s->used, bytes, n);
        s->used += n;
        bytes = (const char *)bytes + n;
        length -= n;
        if (s->used < PEIL_STAT_HEADER_BLOCK) continue;
        peil_wall_send(s->child, s->used);
        s->room = NULL;
        s->used = 0;
    }
}

static void put_byte(session *s, unsigned byte) {
    put(s, &(unsigned char){(unsigned char)byte}, 1);
}

static void put_count(session *s, uint32_t count) {
    put(s, &count, sizeof count);
}

static void put_bytes(session *s, const char *bytes, size_t length) {
    put_count(s, (uint32_t)length);
    put(s, bytes, length);
}

static void put_text(session *s, const char *text) {
    put_bytes(s, text, text ? strlen(text) : 0);
}

/* ReadStat hands out names of label sets that fill their place in a Stata file, without an end. */
static void put_set(session *s, const char *set) {
    put_bytes(s, set, set ? strnlen(set, SET_MOST) : 0);
}

static void put_value(session *s, readstat_value_t value) {
    if (is_text(value.type)) {
        put_byte(s, PEIL_STAT_TEXT);
        put_text(s, value.v.string_value);
        return;
    }
    const uint64_t bits = number_bits(value);
    put_byte(s, bits == PEIL_STAT_NAN ? PEIL_STAT_NOTHING : PEIL_STAT_NUMBER);
    if (bits != PEIL_STAT_NAN) put(s, &bits, sizeof bits);
}

static int take_label(const char *set, readstat_value_t value, const char *label, void *context) {
    session *s = context;
    put_byte(s, PEIL_STAT_LABEL);
    put_set(s, set);
    put_value(s, value);
    put_text(s, label);
    return READSTAT_HANDLER_OK;
}

/* ReadStat calls it unasked in places. */
static int pass_label(const char *set, readstat_value_t value, const char *label, void *context) {
    (void)set;
    (void)value;
    (void)label;
    (void)context;
    return READSTAT_HANDLER_OK;
}

static int take_variable(int index, readstat_variable_t *variable, const char *set, void *context) {
    session *s = context;
    const int ranges = readstat_variable_get_missing_ranges_count(variable);
    const size_t width = readstat_variable_get_storage_width(variable);
    (void)index;
    put_byte(s, PEIL_STAT_VARIABLE);
    put_byte(s, is_text(variable->type));
    /* Stata's long texts have none. */
    put_count(s, width == 0 || width > UINT32_MAX ? UINT32_MAX : (uint32_t)width);
    put_text(s, readstat_variable_get_name(variable));
    put_text(s, readstat_variable_get_label(variable));
    put_text(s, readstat_variable_get_format(variable));
    put_set(s, set);
    put_count(s, (uint32_t)ranges);
    for (int i = 0; i < ranges; i++) {
        put_value(s, readstat_variable_get_missing_range_lo(variable, i));
        put_value(s, readstat_variable_get_missing_range_hi(variable, i));
    }
    return READSTAT_HANDLER_OK;
}

static void end_header(session *s) {
    put_byte(s, PEIL_STAT_FACTS);
    put_byte(s, s->facts.knows_records);
    put(s, &s->facts.records, sizeof s->facts.records);
    put_text(s, s->facts.encoding);
    put_byte(s, s->fault == PEIL_STAT_NONE ? PEIL_STAT_END : PEIL_STAT_FAILURE);
    if (s->fault != PEIL_STAT_NONE) put_count(s, s->fault);
    if (s->used) peil_wall_send(s->child, s->used);
}

/* ---- the rows ---- */

static bool put_cell_text(session *s, const char *text) {
    return peil_stat_pack_text(&s->pack, text, text ? strlen(text) : 0);
}

static int take_value(int row, readstat_variable_t *variable, readstat_value_t value,
                      void *context) {
    session *s = context;
    const peil_stat_layout *layout = s->task->layout;
    const size_t column = s->pack.column;
    (void)row;
    if (variable->index != (int)layout->variable[column] ||
        is_text(value.type) != layout->is_text[column])
        return give_up(s, PEIL_STAT_DAMAGED);
    if (!layout->is_text[column])
        peil_stat_pack_number(&s->pack, number_bits(value));
    else if (!put_cell_text(s, value.v.string_value))
        return give_up(s, PEIL_STAT_LONG_TEXT);
    if (s->pack.column < layout->ncolumns) return READSTAT_HANDLER_OK;
    if (s->file->at > s->file->size) return give_up(s, PEIL_STAT_CUT);
    peil_stat_pack_row(&s->pack, s->file->at);
    return READSTAT_HANDLER_OK;
}

static bool has_good_width(const peil_stat_kind *kind, const readstat_variable_t *variable) {
    const size_t width = readstat_variable_get_storage_width(variable);
    return !kind->has_short_numbers || is_text(variable->type) || (width >= 3 && width <= 8);
}

static int choose_variable(int index, readstat_variable_t *variable, const char *set,
                           void *context) {
    session *s = context;
    const peil_stat_layout *layout = s->task->layout;
    (void)set;
    s->row_bytes += readstat_variable_get_storage_width(variable);
    if (s->nchosen == layout->ncolumns || index != (int)layout->variable[s->nchosen])
        return READSTAT_HANDLER_SKIP_VARIABLE;
    if (!has_good_width(s->task->kind, variable)) return give_up(s, PEIL_STAT_WIDTH);
    s->nchosen++;
    return READSTAT_HANDLER_OK;
}

/* ---- the work ---- */

static int take_metadata(readstat_metadata_t *metadata, void *context) {
    session *s = context;
    if (s->task->kind->tells_records && metadata->row_count >= 0) {
        s->facts.knows_records = true;
        s->facts.records = (uint64_t)metadata->row_count;
    }
    return READSTAT_HANDLER_OK;
}

/* Without a handler ReadStat prints. */
static void hear_error(const char *message, void *context) {
    (void)message;
    (void)context;
}

static peil_stat_fault fault_of(readstat_error_t error) {
    switch (error) {
        case READSTAT_OK:
            return PEIL_STAT_NONE;
        case READSTAT_ERROR_READ:
        case READSTAT_ERROR_SEEK:
            return PEIL_STAT_CUT;
        case READSTAT_ERROR_MALLOC:
            return PEIL_STAT_MEMORY;
        case READSTAT_ERROR_UNSUPPORTED_COMPRESSION:
            return PEIL_STAT_COMPRESSION;
        case READSTAT_ERROR_UNSUPPORTED_CHARSET:
            return PEIL_STAT_ENCODING;
        case READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION:
            return PEIL_STAT_VERSION;
        case READSTAT_ERROR_ROW_COUNT_MISMATCH:
            return PEIL_STAT_ROWS;
        default:
            return PEIL_STAT_DAMAGED;
    }
}

static bool is_in_utf8(const session *s) {
    const char *encoding = peil_encoding_find(s->facts.encoding);
    return encoding && strcmp(encoding, "UTF-8") == 0;
}

/* No conversion: iconv would look for its tables, which cannot be opened any more. ReadStat treats
 * files in UTF-8 apart. */
static void set_up(session *s, readstat_parser_t *parser, readstat_value_handler take) {
    readstat_set_handler_character_encoding(parser, NULL);
    readstat_set_file_character_encoding(parser, is_in_utf8(s) ? "UTF-8" : "WINDOWS-1252");
    readstat_set_error_handler(parser, hear_error);
    readstat_set_metadata_handler(parser, take_metadata);
    readstat_set_variable_handler(parser, s->task->layout ? choose_variable : take_variable);
    readstat_set_value_label_handler(parser, s->task->layout ? pass_label : take_label);
    readstat_set_value_handler(parser, take);
    peil_stat_attach(s->file, parser);
}

/* Reads the header, and with a handler of values the rows. */
static peil_stat_fault parse(session *s, readstat_value_handler take) {
    readstat_parser_t *parser = readstat_parser_init();
    if (!parser) return PEIL_STAT_MEMORY;
    s->nchosen = 0;
    s->row_bytes = 0;
    set_up(s, parser, take);
    const peil_stat_fault fault = fault_of(s->task->kind->parse(parser, "", s));
    readstat_parser_free(parser);
    return s->fault == PEIL_STAT_NONE ? fault : s->fault;
}

/* By ReadStat, header and rows. */
static peil_stat_fault read_by_library(session *s) {
    const peil_stat_kind *kind = s->task->kind;
    const peil_stat_fault fault = parse(s, take_value);
    if (fault != PEIL_STAT_NONE || !kind->finish) return fault;
    return kind->finish(s->file, s->row_bytes);
}

/* The header by ReadStat all the same. */
static peil_stat_fault read_rows(session *s) {
    const peil_stat_kind *kind = s->task->kind;
    if (!kind->read_rows || s->task->reading->by_reference) return read_by_library(s);
    peil_stat_fault fault = parse(s, NULL);
    const peil_stat_rows rows = {s->file, &s->pack, s->row_bytes, is_in_utf8(s),
                                 s->task->reading->block_bytes};
    if (fault != PEIL_STAT_NONE || kind->read_rows(&rows, &fault)) return fault;
    return read_by_library(s);
}

static peil_stat_fault run(session *s) {
    const peil_stat_fault damage = s->task->kind->survey(s->file, &s->facts);
    if (damage != PEIL_STAT_NONE) return damage;
    return s->task->layout ? read_rows(s) : parse(s, NULL);
}

/* A row that was begun is none. */
static void end_rows(session *s) {
    if (s->nchosen != s->task->layout->ncolumns || s->pack.column) give_up(s, PEIL_STAT_DAMAGED);
    peil_stat_pack_end(&s->pack, s->fault, s->file ? s->file->at : 0);
}

void peil_stat_work(peil_wall_child *child, int file, const void *context) {
    session s = {.task = context, .child = child};
    if (s.task->layout) peil_stat_pack_begin(s.task->layout, child, &s.pack);
    s.file = calloc(1, sizeof *s.file);
    if (s.file) {
        s.file->descriptor = file;
        s.file->size = s.task->size;
        s.file->slow_from = UINT64_MAX;
    }
    const peil_stat_fault fault = s.file ? run(&s) : PEIL_STAT_MEMORY;
    if (fault != PEIL_STAT_NONE) give_up(&s, fault);
    if (s.task->layout)
        end_rows(&s);
    else
        end_header(&s);
    free(s.file);
}
