/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV: plain rows are found by a scan of our own, all others through libcsv in strict mode, which
 * could read every row and is held to be right. libcsv does not count fields, knows no byte order
 * mark, takes NUL bytes as text and says nothing of a file that ends inside quotes unless asked:
 * all that is checked here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "read/csv_head.h"
#include "read/csv_range.h"
#include "read/csv_runs.h"
#include "read/csv_scan.h"
#include "read/csv_target.h"

typedef struct csv_state {
    peil_characters *characters; /* NULL: this reader shares in another's */
    struct csv_parser parser;
    bool parser_made, source_done, finished;
    peil_csv_head head;
    const peil_header *header;
    peil_csv_blocks blocks;
    peil_csv_runs *runs; /* the rows are shared with other threads; or NULL */
    peil_csv_run run;
    peil_lesson dealt; /* the share of this process; or zero */
    const char *block; /* what is left of a block */
    size_t block_length;

    peil_csv_scan scan;
    bool scans;      /* whether rows may be scanned for at all */
    bool is_between; /* rows: where a scan may begin */
    size_t declined; /* bytes that are for libcsv */

    size_t nfields; /* of every row */
    size_t ntargets;
    peil_csv_target *targets; /* in the order of the row */

    peil_batch *batch;       /* being filled */
    peil_csv_target *target; /* the next one */
    size_t wanted;           /* the next field to look at; PEIL_NO_FIELD once something failed */
    size_t field;            /* of the row being read */
    size_t alike_until; /* the number of the first field that is not known to be as in the header */
    char first_letter;  /* of the header */
    struct {
        bool is_quoted, has_text;
        char last;
    } line;             /* the line being read, in a file of one variable */
    uint64_t records;   /* whole rows read so far */
    peil_status status; /* the first failure; the rest of the block is then passed over */
    peil_fault fault;
} csv_state;

/* ---- what libcsv calls ---- */

/* Remembers the first failure, whose fault is filled; nothing more of the block is stored. */
static void stop(csv_state *csv, peil_status status) {
    csv->wanted = PEIL_NO_FIELD;
    csv->status = status;
}

/* Whether a field is the name that the header has there; a file that was put behind another one may
 * begin with a byte order mark. */
static bool is_name(const csv_state *csv, size_t field, const char *text, size_t length) {
    if (field >= csv->nfields) return false;
    const char *name = csv->header->variables[field].name;
    if (field == 0 && peil_has_order_mark(text, length)) text += 3, length -= 3;
    while (length && (*text == ' ' || *text == '\t')) text++, length--;
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t')) length--;
    return strlen(name) == length && memcmp(name, text, length) == 0;
}

static void store_next(csv_state *csv, const char *text, size_t length) {
    peil_csv_target *target = csv->target++;
    csv->wanted = csv->target->field;
    const peil_status status =
        peil_csv_take(target, text, length, csv->batch->rows, csv->records + 1, &csv->fault);
    if (status != PEIL_OK) stop(csv, status);
}

/* A field of a row that is the header's so far: the first one, or behind others that were alike. */
__attribute__((noinline)) static void compare_with_header(csv_state *csv, const char *text,
                                                          size_t length) {
    const size_t field = csv->field - 1;
    const bool is_alike = csv->header->has_names && is_name(csv, field, text, length);
    csv->wanted = csv->target->field;
    if (csv->wanted == field) store_next(csv, text, length);
    if (!is_alike) return;
    csv->alike_until = csv->field + 1;
    if (csv->status == PEIL_OK) csv->wanted = csv->field;
}

/* Most rows begin with another letter than the header. */
static bool may_be_first_name(const csv_state *csv, const char *text, size_t length) {
    const unsigned char first = length ? (unsigned char)*text : 0;
    return first <= ' ' || first >= 0x80 || *text == csv->first_letter;
}

/* Kept out of take_field, which mostly has nothing to store and is called for every field. */
__attribute__((noinline)) static void store(csv_state *csv, const char *text, size_t length) {
    if (csv->field == csv->alike_until) {
        if (csv->field > 1 || may_be_first_name(csv, text, length)) {
            compare_with_header(csv, text, length);
            return;
        }
        csv->wanted = csv->target->field;
        if (csv->wanted) return; /* the first field is not wanted */
    }
    store_next(csv, text, length);
}

static void take_field(void *bytes, size_t length, void *context) {
    csv_state *csv = context;
    if (csv->field++ == csv->wanted) store(csv, bytes, length);
}

static void begin_row(csv_state *csv) {
    csv->field = csv->wanted = 0;
    csv->alike_until = 1;
    csv->target = csv->targets;
}

static void take_row(int terminator, void *context) {
    (void)terminator;
    csv_state *csv = context;
    const size_t fields = csv->field;
    if (csv->status != PEIL_OK) return;
    if (fields != csv->nfields) {
        stop(csv,
             peil_refuse(&csv->fault, csv->records + 1, "", "has %zu field%s where the %s has %zu",
                         fields, fields == 1 ? "" : "s",
                         csv->header->has_names ? "header" : "first line", csv->nfields));
        return;
    }
    if (csv->alike_until > csv->nfields) {
        stop(csv, peil_refuse(&csv->fault, csv->records + 1, "", "repeats the header"));
        return;
    }
    csv->records++;
    csv->batch->rows++;
    begin_row(csv);
}

/* ---- plain rows ---- */

/* The header once more is left to libcsv, whose row is refused. */
static bool repeats_header(const csv_state *csv, size_t row) {
    bool is_alike = csv->header->has_names;
    for (size_t field = 0; field < csv->nfields && is_alike; field++) {
        size_t length;
        const char *text = peil_csv_scan_field(&csv->scan, row, field, &length);
        is_alike =
            (field || may_be_first_name(csv, text, length)) && is_name(csv, field, text, length);
    }
    return is_alike;
}

/* The first rows whose field is a letter that was met before, as most answers are. What stands
 * around a field never is one. */
static size_t recall_letters(const csv_state *csv, const peil_csv_target *target, size_t rows,
                             size_t row) {
    const peil_csv_scan scan = csv->scan;
    const uint32_t *letters = target->column->dictionary.letters;
    const uint32_t *bounds = scan.bounds + row * scan.nfields + target->field;
    uint32_t *codes = target->codes + csv->batch->rows;
    for (; row < rows; row++, bounds += scan.nfields) {
        const uint32_t begin = bounds[0] + 1;
        const uint32_t known = letters[(unsigned char)scan.bytes[begin]];
        if (bounds[1] - begin != 1 || !known) break;
        codes[row] = known - 1;
    }
    return row;
}

static peil_status store_field(csv_state *csv, peil_csv_target *target, size_t row) {
    size_t length;
    const char *text = peil_csv_scan_field(&csv->scan, row, target->field, &length);
    return peil_csv_take(target, text, length, csv->batch->rows + row, csv->records + row + 1,
                         &csv->fault);
}

/* Returns the rows before the first that has a faulty value, or all. */
static size_t store_column(csv_state *csv, peil_csv_target *target, size_t rows) {
    for (size_t row = 0; row < rows; row++) {
        if (target->codes) row = recall_letters(csv, target, rows, row);
        const peil_status status = row < rows ? store_field(csv, target, row) : PEIL_OK;
        if (status == PEIL_OK) continue;
        stop(csv, status);
        return row;
    }
    return rows;
}

/* Takes rows that were found, column by column. A later column goes no further than the rows before
 * the first fault, so that what is left is the fault that stands first in the file. */
static peil_status take_rows(csv_state *csv, size_t rows, peil_fault *fault) {
    for (size_t i = 0; i < csv->ntargets; i++) rows = store_column(csv, &csv->targets[i], rows);
    csv->records += rows;
    csv->batch->rows += rows;
    if (csv->status != PEIL_OK && fault) *fault = csv->fault;
    return csv->status;
}

/* Scans the block where a row begins. What it holds no plain rows of is declined. */
static peil_status scan_rows(csv_state *csv, size_t most, peil_fault *fault) {
    const size_t found = peil_csv_scan_find(&csv->scan, csv->block, csv->block_length, most);
    size_t rows = 0;
    while (rows < found && !repeats_header(csv, rows)) rows++;
    if (rows == 0) {
        csv->is_between = false;
        csv->declined = csv->block_length < PEIL_CSV_PIECE ? csv->block_length : PEIL_CSV_PIECE;
        return PEIL_OK;
    }
    const size_t length = peil_csv_scan_length(&csv->scan, rows);
    csv->block += length;
    csv->block_length -= length;
    return take_rows(csv, rows, fault);
}

/* ---- feeding libcsv ---- */

static peil_status say_parse_error(csv_state *csv, peil_fault *fault) {
    if (csv_error(&csv->parser) == CSV_EPARSE)
        return peil_refuse(fault, csv->records + 1, "",
                           "a quote inside a field, or text behind a closing quote");
    if (peil_csv_is_too_long(&csv->parser))
        return peil_refuse(fault, csv->records + 1, "",
                           "a field of more than 16 MiB: an unclosed quote?");
    return peil_fail_memory(fault);
}

static peil_status feed(csv_state *csv, const char *bytes, size_t length, peil_fault *fault) {
    const size_t parsed = csv_parse(&csv->parser, bytes, length, take_field, take_row, csv);
    if (csv->status != PEIL_OK) {
        if (fault) *fault = csv->fault;
        return csv->status;
    }
    return parsed == length ? PEIL_OK : say_parse_error(csv, fault);
}

/* The only variable of a file may be empty in a row, which is then an empty line. libcsv passes
 * over such lines, so they are made rows here: a line end outside quotes with nothing before it. */
static peil_status feed_single(csv_state *csv, const char *bytes, size_t length,
                               peil_fault *fault) {
    size_t from = 0;
    for (size_t i = 0; i < length; i++) {
        const char c = bytes[i], before = csv->line.last;
        csv->line.last = c;
        if (c == csv->head.quote) csv->line.is_quoted = !csv->line.is_quoted;
        if ((c != '\n' && c != '\r') || csv->line.is_quoted) {
            csv->line.has_text = csv->line.has_text || (c != ' ' && c != '\t');
            continue;
        }
        PEIL_TRY(feed(csv, bytes + from, i + 1 - from, fault));
        from = i + 1;
        if (!csv->line.has_text && !(c == '\n' && before == '\r')) {
            take_field((void *)(uintptr_t) "", 0, csv);
            take_row('\n', csv);
        }
        csv->line.has_text = false;
    }
    return feed(csv, bytes + from, length - from, fault);
}

/* A NUL is no text. What stands before it is parsed first, so that the record number is right. */
static peil_status feed_checked(csv_state *csv, const char *bytes, size_t length,
                                peil_fault *fault) {
    const char *nul = memchr(bytes, '\0', length);
    const size_t clean = nul ? (size_t)(nul - bytes) : length;
    PEIL_TRY(csv->nfields == 1 ? feed_single(csv, bytes, clean, fault)
                               : feed(csv, bytes, clean, fault));
    if (nul) return peil_refuse(fault, csv->records + 1, "", "a NUL byte: this is no text file");
    return PEIL_OK;
}

/* A column of numbers that could all be thousands takes the mark of the file, if there is one. */
static peil_status check_marks(const csv_state *csv, peil_fault *fault) {
    peil_marks_evidence evidence = csv->head.evidence;
    for (size_t i = 0; i < csv->ntargets; i++)
        peil_marks_testify(&csv->targets[i].marks, &evidence);
    const char of_file = peil_marks_of_file(evidence, csv->header->delimiter);
    for (size_t i = 0; i < csv->ntargets; i++) {
        const peil_marks *marks = &csv->targets[i].marks;
        if (marks->record && !marks->is_certain && marks->decimal != of_file)
            return peil_refuse(fault, marks->record, csv->targets[i].column->name,
                               "a mark that may stand before decimals or between thousands; "
                               "--decimal comma or point says which, or a schema's groupChar");
    }
    return PEIL_OK;
}

/* One thread of many sees no more of the whole file than that. */
static peil_status finish(csv_state *csv, peil_fault *fault) {
    csv->finished = true;
    if (csv->runs && !peil_csv_runs_are_complete(csv->runs)) return PEIL_OK;
    const int result = csv_fini(&csv->parser, take_field, take_row, csv);
    if (csv->status != PEIL_OK) {
        if (fault) *fault = csv->fault;
        return csv->status;
    }
    if (result != 0) return peil_refuse(fault, csv->records + 1, "", "the file ends inside quotes");
    return csv->runs ? PEIL_OK : check_marks(csv, fault);
}

/* Rows of others may stand between those of two runs. */
static peil_status next_run(csv_state *csv, peil_fault *fault) {
    const peil_status status = peil_csv_runs_take(csv->runs, &csv->run, fault);
    csv->block = csv->run.bytes;
    csv->block_length = csv->run.length;
    const bool is_end = status == PEIL_OK && csv->block_length == 0;
    if (is_end || csv->run.goes_on) return status;
    csv->records = csv->run.record - 1;
    return status == PEIL_OK ? peil_batch_skip_to(csv->batch, csv->run.record, fault) : status;
}

/* Characters that are none get their record, and the variable that they stand in. */
static peil_status refill(csv_state *csv, peil_fault *fault) {
    const peil_status status =
        csv->runs ? next_run(csv, fault)
                  : peil_csv_blocks_next(&csv->blocks, &csv->block, &csv->block_length, fault);
    csv->source_done = csv->block_length == 0;
    if (!fault || status != PEIL_EDATA || !peil_characters_are_broken(csv->blocks.characters))
        return status;
    fault->record = csv->records + 1;
    if (csv->field < csv->nfields)
        snprintf(fault->variable, sizeof fault->variable, "%s",
                 csv->header->variables[csv->field].name);
    return status;
}

/* Up to and with the next line end of the block. */
static size_t bytes_of_line(const csv_state *csv) {
    size_t i = 0;
    while (i < csv->block_length && csv->block[i] != '\n' && csv->block[i] != '\r') i++;
    return i < csv->block_length ? i + 1 : i;
}

/* As many bytes as leave a place free: a row is no shorter than its delimiters and its end, but for
 * the one that was begun before. 0 when the batch is full. Behind what was declined, libcsv is to
 * stop at the end of the row. */
static size_t bytes_for_libcsv(const csv_state *csv) {
    const size_t rows = csv->batch->capacity - csv->batch->rows - 1;
    const size_t fit = rows < 2 ? 0 : (rows - 1) * csv->nfields;
    const size_t bytes = !csv->scans     ? csv->block_length
                         : csv->declined ? csv->declined
                                         : bytes_of_line(csv);
    return bytes < fit ? bytes : fit;
}

/* Only a line end makes a record, so that one more record of a single line ends with it. */
static peil_status feed_block(csv_state *csv, size_t length, peil_fault *fault) {
    const uint64_t records = csv->records;
    PEIL_TRY(feed_checked(csv, csv->block, length, fault));
    csv->block += length;
    csv->block_length -= length;
    if (csv->declined)
        csv->declined -= length;
    else
        csv->is_between = csv->scans && csv->records > records;
    return PEIL_OK;
}

/* A batch ends where a row ends: a row that was begun goes on, byte by byte, to its last field. */
static peil_status fill_batch(csv_state *csv, peil_batch *batch, peil_fault *fault) {
    while (!csv->finished) {
        if (csv->block_length == 0 && !csv->source_done) PEIL_TRY(refill(csv, fault));
        if (csv->source_done) return finish(csv, fault);
        const size_t places = batch->capacity - batch->rows - 1;
        if (csv->is_between && places) {
            PEIL_TRY(scan_rows(csv, places, fault));
            continue;
        }
        const size_t length = bytes_for_libcsv(csv);
        if (length == 0 && csv->field == 0) break;
        PEIL_TRY(feed_block(csv, length ? length : 1, fault));
    }
    return PEIL_OK;
}

static int by_field(const void *a, const void *b) {
    const size_t x = ((const peil_csv_target *)a)->field, y = ((const peil_csv_target *)b)->field;
    return (x > y) - (x < y);
}

/* What is known of a column's numbers: what the user or a schema says, else what the head shows. */
static void aim_marks(const csv_state *csv, peil_csv_target *target) {
    peil_variable *about = &target->column->about;
    const peil_csv_column *seen = &csv->head.columns[target->field];
    const bool is_text = about->type == PEIL_TYPE_TEXT || about->type == PEIL_TYPE_DATE;
    const bool has_lists = target->codes && seen->has_lists;
    if (!about->decimal_mark && (is_text || has_lists)) about->decimal_mark = '.';
    if (!about->decimal_mark && about->group_mark) about->decimal_mark = '.';
    target->marks = (peil_marks){.decimal = about->decimal_mark,
                                 .group = about->group_mark,
                                 .is_given = about->decimal_mark != 0};
    target->has_points = about->decimal_mark == '.' && !about->group_mark;
    if (!about->decimal_mark && seen->marks.decimal == ',') about->decimal_mark = ',';
}

/* Where the wanted fields of a row go, in the order in which libcsv hands them over. */
static peil_status aim(csv_state *csv, const size_t *column, peil_batch *batch, peil_fault *fault) {
    const size_t n = batch->ncolumns;
    PEIL_TRY(peil_array_make(&csv->targets, n + 1, sizeof *csv->targets, fault));
    for (size_t i = 0; i < n; i++) {
        peil_batch_column *c = &batch->columns[i];
        if (column[i] >= csv->nfields) continue; /* not of this file */
        peil_csv_target *target = &csv->targets[csv->ntargets++];
        *target = (peil_csv_target){
            .field = column[i], .column = c, .codes = c->codes, .decimals = c->decimals};
        aim_marks(csv, target);
        peil_dictionary_forget(&c->dictionary);
    }
    qsort(csv->targets, csv->ntargets, sizeof *csv->targets, by_field);
    csv->targets[csv->ntargets].field = PEIL_NO_FIELD;
    begin_row(csv);
    return PEIL_OK;
}

static peil_status next(void *state, const size_t *column, peil_batch *batch, peil_fault *fault) {
    csv_state *csv = state;
    peil_batch_begin(batch, csv->records + 1);
    if (!csv->targets) PEIL_TRY(aim(csv, column, batch, fault));
    csv->batch = batch;
    return fill_batch(csv, batch, fault);
}

/* ---- the file ---- */

/* Gets ready for the rows behind a head. */
static peil_status begin(csv_state *csv, bool by_reference, peil_fault *fault) {
    PEIL_TRY(peil_csv_parser_make(&csv->head, &csv->parser, fault));
    csv->parser_made = true;
    csv->nfields = csv->head.nfields;
    csv->first_letter = csv->header->variables[0].name[0];
    csv->scans = csv->is_between = csv->nfields > 1 && !by_reference;
    if (!csv->scans) return PEIL_OK;
    return peil_csv_scan_make(csv->head.delimiter, csv->head.quote, csv->nfields, &csv->scan,
                              fault);
}

static peil_status open(peil_source *source, const char *block, size_t length,
                        const peil_reading *reading, void **state, peil_header *header,
                        peil_fault *fault) {
    csv_state *csv = NULL;
    PEIL_TRY(peil_array_make(&csv, 1, sizeof *csv, fault));
    *state = csv;
    csv->header = header;
    PEIL_TRY(
        peil_characters_open(source, block, length, reading->encoding, &csv->characters, fault));
    header->encoding = peil_characters_encoding(csv->characters, &header->encoding_is_guess);
    PEIL_TRY(peil_csv_head_read(csv->characters, reading, header, &csv->head, fault));
    csv->blocks = (peil_csv_blocks){.head = &csv->head,
                                    .head_at = csv->head.rows,
                                    .block_bytes = reading->block_bytes,
                                    .characters = csv->characters,
                                    .source = source};
    if (csv->head.rows) csv->line.last = csv->head.bytes[csv->head.rows - 1];
    return begin(csv, reading->by_reference, fault);
}

static void release(void *state) {
    csv_state *csv = state;
    if (!csv) return;
    if (csv->parser_made) csv_free(&csv->parser);
    peil_csv_scan_clear(&csv->scan);
    if (csv->characters) {
        peil_csv_runs_free(csv->runs);
        peil_csv_head_clear(&csv->head);
    }
    peil_characters_free(csv->characters);
    free(csv->run.bytes);
    free(csv->targets);
    free(csv);
}

/* ---- sharing ---- */

/* The blank lines of a file of one variable are rows, which the cut does not know. */
static peil_status share(void *state, void **other, peil_fault *fault) {
    csv_state *csv = state, *guest = NULL;
    *other = NULL;
    if (csv->nfields < 2) return PEIL_OK;
    if (!csv->runs) PEIL_TRY(peil_csv_runs_make(&csv->blocks, &csv->runs, fault));
    PEIL_TRY(peil_array_make(&guest, 1, sizeof *guest, fault));
    *other = guest;
    guest->head = csv->head;
    guest->header = csv->header;
    guest->blocks = csv->blocks;
    guest->runs = csv->runs;
    return begin(guest, !csv->scans, fault);
}

static void stop_sharing(void *state) {
    csv_state *csv = state;
    if (csv->runs) peil_csv_runs_stop(csv->runs, &csv->run);
}

static bool learn_marks(csv_state *csv, const csv_state *other) {
    bool agree = true;
    for (size_t i = 0; i < csv->ntargets && i < other->ntargets; i++)
        agree = peil_marks_join(&csv->targets[i].marks, &other->targets[i].marks) && agree;
    return agree;
}

static peil_status join(void *state, void *const *others, size_t n, bool *agree,
                        peil_fault *fault) {
    csv_state *csv = state;
    *agree = true;
    for (size_t i = 0; i < n; i++) *agree = learn_marks(csv, others[i]) && *agree;
    return *agree ? check_marks(csv, fault) : PEIL_OK;
}

/* ---- dealing ---- */

/* What was read with the head is read again by the rank whose it is. */
static peil_status deal(void *state, size_t rank, size_t size, bool *is_dealt, peil_fault *fault) {
    csv_state *csv = state;
    peil_source *source = csv->blocks.source;
    size_t mark;
    peil_csv_range range;
    const bool are_bytes = peil_characters_are_bytes(csv->characters, &mark);
    const peil_csv_places places = {.source = source,
                                    .head = &csv->head,
                                    .rows = mark + csv->head.rows,
                                    .block_bytes = csv->blocks.block_bytes};
    *is_dealt = are_bytes && csv->nfields > 1 && places.rows < peil_source_size(source);
    if (!*is_dealt) return PEIL_OK;
    PEIL_TRY(peil_csv_range_find(&places, rank, size, &range, fault));
    csv->dealt =
        (peil_lesson){.size = peil_source_size(source), .begin = range.begin, .end = range.end};
    csv->blocks.head_at = csv->head.length;
    return peil_source_range(source, range.begin, range.end, fault);
}

static peil_lesson lesson(const void *state) {
    const csv_state *csv = state;
    peil_lesson learned = csv->dealt;
    for (size_t i = 0; i < csv->ntargets; i++) {
        const peil_marks *marks = &csv->targets[i].marks;
        learned.commas = learned.commas || (marks->record && marks->decimal == ',');
        learned.points = learned.points || (marks->record && marks->decimal == '.');
    }
    return learned;
}

static uint64_t position(const void *state) {
    const csv_state *csv = state;
    return csv->runs ? csv->run.position : peil_source_position(csv->blocks.source);
}

static uint64_t size(const void *state) {
    return peil_source_size(((const csv_state *)state)->blocks.source);
}

static bool detect(const char *head, size_t length) {
    (void)head;
    (void)length;
    return true;
}

const peil_format peil_format_csv = {
    .name = "csv",
    .help = "text with a header, separated by commas, semicolons, tabs or bars, plain or gzip",
    .detect = detect,
    .open = open,
    .next = next,
    .position = position,
    .size = size,
    .share = share,
    .stop = stop_sharing,
    .join = join,
    .deal = deal,
    .lesson = lesson,
    .free = release,
};
