/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/csv_head.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/dictionary.h"
#include "read/csv_scan.h"
#include "read/dialect.h"

#define HEAD_BYTES ((size_t)1 << 18)   /* what decides on the dialect */
#define HEADER_BYTES ((size_t)1 << 20) /* a longer first line is no header */
#define FIELD_BYTES ((size_t)1 << 24)  /* a longer field is an unclosed quote */
#define FIELD_STEP ((size_t)1 << 16)   /* how a field's room grows */

/* ---- libcsv ---- */

static void *grow_field(void *old, size_t size) {
    return size > FIELD_BYTES ? NULL : realloc(old, size);
}

peil_status peil_csv_parser_make(const peil_csv_head *head, struct csv_parser *parser,
                                 peil_fault *fault) {
    if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return peil_fail_memory(fault);
    csv_set_delim(parser, (unsigned char)head->delimiter);
    csv_set_quote(parser, (unsigned char)head->quote);
    csv_set_realloc_func(parser, grow_field);
    csv_set_blk_size(parser, FIELD_STEP);
    return PEIL_OK;
}

bool peil_csv_is_too_long(const struct csv_parser *parser) {
    return parser->entry_size + FIELD_STEP > FIELD_BYTES;
}

/* ---- the bytes ---- */

static bool begins(const char *text, const char *end, const char *mark) {
    const size_t length = strlen(mark);
    return (size_t)(end - text) >= length && memcmp(text, mark, length) == 0;
}

/* The line after the one at hand, or the end. */
static const char *next_line(const char *line, const char *end) {
    const char *feed = memchr(line, '\n', (size_t)(end - line));
    return feed ? feed + 1 : end;
}

/* Whether a line is "key: value" or "key:", as none is that holds the names of variables. */
static bool is_key(const char *line, const char *end) {
    while (line < end && *line >= 'a' && *line <= 'z') line++;
    return end - line > 1 && *line == ':' && (line[1] == ' ' || line[1] == '\r' || line[1] == '\n');
}

/* Whether this is a monitor file: keys of YAML, among them its version. */
static bool is_monitor(const char *text, const char *end) {
    while (text < end && (*text == '#' || *text == '\n' || begins(text, end, "---")))
        text = next_line(text, end);
    if (!is_key(text, end)) return false;
    while (text < end && !begins(text, end, "peil: ")) text = next_line(text, end);
    return text < end;
}

/* A file of another kind that people take for data. */
static peil_status refuse_other_kinds(const peil_csv_head *head, peil_fault *fault) {
    static const struct {
        const char *begin, *what;
    } others[] = {{"PK\3\4", "is a zip or Excel file; save it as csv"},
                  {"%PDF-", "is a PDF file, and no data"},
                  {"<!DOCTYPE html", "is a web page, and no data"},
                  {"<html", "is a web page, and no data"},
                  {"peil state ", "is a state, which 'peil merge' takes, and no data"}};
    if (head->length == 0) return PEIL_OK;
    const char *text = head->bytes, *end = text + head->length;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (begins(text, end, others[i].begin))
            return peil_fail(fault, PEIL_EDATA, "%s", others[i].what);
    if (is_monitor(text, end))
        return peil_fail(fault, PEIL_EDATA,
                         "is a monitor, which 'peil run' and 'peil verify' take, and no data");
    return PEIL_OK;
}

/* Reads on until there are so many bytes, or all. Characters that are none end the head: they are
 * met again by who reads the rows, who knows their record. */
static peil_status read_to(peil_characters *characters, size_t wanted, peil_csv_head *head,
                           peil_fault *fault) {
    size_t length = 1;
    while (head->length < wanted && length) {
        const char *text;
        const peil_status status = peil_characters_next(characters, &text, &length, fault);
        head->is_cut = peil_characters_are_broken(characters);
        if (head->is_cut) break;
        PEIL_TRY(status);
        PEIL_TRY(
            peil_array_reserve(&head->bytes, &head->capacity, head->length + length + 1, 1, fault));
        if (length) memcpy(head->bytes + head->length, text, length);
        head->length += length;
    }
    return PEIL_OK;
}

/* What is looked at ends at the same byte for blocks of any size. */
static peil_status find_dialect(peil_characters *characters, char delimiter, peil_csv_head *head,
                                peil_dialect *dialect, peil_fault *fault) {
    const char *text;
    for (size_t bytes = HEAD_BYTES; bytes <= HEADER_BYTES; bytes *= 2) {
        PEIL_TRY(read_to(characters, bytes, head, fault));
        PEIL_TRY(refuse_other_kinds(head, fault));
        size_t length = head->length < bytes ? head->length : bytes;
        head->is_whole = head->length < bytes && !head->is_cut;
        *dialect = peil_dialect_find(head->bytes, length, head->is_whole, delimiter);
        if (dialect->header) return PEIL_OK;
        if (head->is_cut) return peil_characters_next(characters, &text, &length, fault);
        if (!head->is_whole) continue;
        dialect->header = head->length - dialect->begin; /* nothing, or an unclosed quote */
        return PEIL_OK;
    }
    return peil_fail(fault, PEIL_EDATA, "the first line is over 1 MiB: no csv header");
}

/* ---- the names ---- */

typedef struct names {
    peil_header *header;
    bool are_data; /* there is no header: the first record is only counted */
    peil_status status;
    peil_fault *fault;
} names;

static peil_status add_name(names *n, const char *text, size_t length) {
    char number[32];
    if (n->are_data) {
        text = number;
        length = (size_t)snprintf(number, sizeof number, "V%zu", n->header->nvariables + 1);
    }
    if (!peil_text_is_utf8(text, length))
        return peil_fail(n->fault, PEIL_EDATA, "the header is not UTF-8");
    return peil_header_add(n->header, text, length, NULL, n->fault);
}

static void take_name(void *bytes, size_t length, void *context) {
    names *n = context;
    if (n->status == PEIL_OK) n->status = add_name(n, bytes, length);
}

static void ignore_end(int terminator, void *context) {
    (void)terminator;
    (void)context;
}

static peil_status say_header_error(struct csv_parser *parser, peil_fault *fault) {
    if (csv_error(parser) == CSV_EPARSE)
        return peil_fail(fault, PEIL_EDATA, "the header has a stray quote");
    return peil_fail_memory(fault);
}

static peil_status parse_names(const peil_csv_head *head, const peil_dialect *dialect, names *n) {
    struct csv_parser parser;
    const char *line = head->bytes + dialect->begin;
    PEIL_TRY(peil_csv_parser_make(head, &parser, n->fault));
    peil_status status = PEIL_OK;
    if (csv_parse(&parser, line, dialect->header, take_name, ignore_end, n) != dialect->header)
        status = say_header_error(&parser, n->fault);
    else if (csv_fini(&parser, take_name, ignore_end, n) != 0)
        status = peil_fail(n->fault, PEIL_EDATA, "the header ends inside quotes");
    csv_free(&parser);
    return n->status != PEIL_OK ? n->status : status;
}

static peil_status read_names(peil_csv_head *head, const peil_dialect *dialect, bool are_data,
                              peil_header *header, peil_fault *fault) {
    names n = {.header = header, .are_data = are_data, .fault = fault};
    if (memchr(head->bytes + dialect->begin, '\0', dialect->header))
        return peil_fail(fault, PEIL_EDATA, "a NUL byte: this is no text file, or it is UTF-16");
    PEIL_TRY(parse_names(head, dialect, &n));
    head->nfields = header->nvariables;
    head->rows = dialect->begin + (are_data ? 0 : dialect->header);
    header->has_names = !are_data;
    return head->nfields ? PEIL_OK : peil_fail(fault, PEIL_EDATA, "the file has no header");
}

/* ---- the numbers ---- */

typedef struct scan {
    peil_csv_head *head;
    size_t field;
    peil_plain plain;
} scan;

static void scan_field(void *bytes, size_t length, void *context) {
    scan *s = context;
    const size_t field = s->field++;
    if (field >= s->head->nfields || length < 2) return;
    if (!peil_text_has_mark(bytes, length)) return;
    peil_csv_column *column = &s->head->columns[field];
    peil_marks_take(&column->marks, bytes, length, 0, &s->plain);
    column->has_lists = column->has_lists || peil_text_is_list(bytes, length);
}

static void scan_end(int terminator, void *context) {
    (void)terminator;
    ((scan *)context)->field = 0;
}

static void scan_row(scan *s, const peil_csv_scan *plain, size_t row) {
    for (size_t field = 0; field < s->head->nfields; field++) {
        size_t length;
        const char *text = peil_csv_scan_field(plain, row, field, &length);
        scan_field((void *)(uintptr_t)text, length, s);
    }
    scan_end('\n', s);
}

/* The first rows, as long as they are plain. Returns their length. */
static peil_status scan_plain(scan *s, const char *rows, size_t length, size_t *done,
                              peil_fault *fault) {
    const peil_csv_head *head = s->head;
    peil_csv_scan plain;
    size_t found = 1;
    *done = 0;
    if (head->nfields < 2) return PEIL_OK;
    PEIL_TRY(peil_csv_scan_make(head->delimiter, head->quote, head->nfields, &plain, fault));
    while (*done < length && found) {
        found = peil_csv_scan_find(&plain, rows + *done, length - *done, SIZE_MAX);
        for (size_t row = 0; row < found; row++) scan_row(s, &plain, row);
        if (found) *done += peil_csv_scan_length(&plain, found);
    }
    peil_csv_scan_clear(&plain);
    return PEIL_OK;
}

/* Looks at the rows of the head. A fault in them ends the look: it is for who reads the rows. */
static peil_status scan_rows(peil_csv_head *head, peil_fault *fault) {
    struct csv_parser parser;
    scan s = {.head = head};
    const char *rows = head->bytes + head->rows;
    size_t length = head->length - head->rows, done;
    if (head->length > HEAD_BYTES) length = head->rows < HEAD_BYTES ? HEAD_BYTES - head->rows : 0;
    PEIL_TRY(peil_array_make(&head->columns, head->nfields, sizeof *head->columns, fault));
    PEIL_TRY(scan_plain(&s, rows, length, &done, fault));
    rows += done;
    length -= done;
    PEIL_TRY(peil_csv_parser_make(head, &parser, fault));
    if (csv_parse(&parser, rows, length, scan_field, scan_end, &s) == length && head->is_whole)
        csv_fini(&parser, scan_field, scan_end, &s);
    const bool is_out_of_memory = csv_error(&parser) == CSV_ENOMEM;
    csv_free(&parser);
    if (is_out_of_memory) return peil_fail_memory(fault);
    for (size_t i = 0; i < head->nfields; i++)
        if (!head->columns[i].has_lists)
            peil_marks_testify(&head->columns[i].marks, &head->evidence);
    return PEIL_OK;
}

/* What the header tells of them. */
static void note_marks(const peil_csv_head *head, char given, peil_header *header) {
    header->decimal = given ? given : '.';
    for (size_t i = 0; i < head->nfields; i++) {
        const peil_csv_column *column = &head->columns[i];
        header->variables[i].decimal_mark = given;
        if (!given && column->marks.decimal == ',' && !column->has_lists) header->decimal = ',';
    }
}

peil_status peil_csv_head_read(peil_characters *characters, const peil_reading *reading,
                               peil_header *header, peil_csv_head *out, peil_fault *fault) {
    peil_dialect dialect = {0};
    PEIL_TRY(find_dialect(characters, reading->delimiter, out, &dialect, fault));
    header->delimiter = dialect.delimiter;
    header->quote = dialect.quote;
    out->delimiter = dialect.delimiter ? dialect.delimiter : ',';
    out->quote = dialect.quote;
    PEIL_TRY(read_names(out, &dialect, reading->no_header, header, fault));
    PEIL_TRY(scan_rows(out, fault));
    note_marks(out, reading->decimal, header);
    return PEIL_OK;
}

void peil_csv_head_clear(peil_csv_head *head) {
    free(head->bytes);
    free(head->columns);
    *head = (peil_csv_head){0};
}
