/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV through libcsv in strict mode. libcsv does not count fields, knows no byte order mark, takes
 * NUL bytes as text and says nothing of a file that ends inside quotes unless asked: all that is
 * checked here. */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "read/reader.h"

#define HEADER_BYTES ((size_t)1 << 20) /* a longer first line is no header */
#define FIELD_BYTES ((size_t)1 << 24)  /* a longer field is an unclosed quote */
#define FIELD_STEP ((size_t)1 << 16)   /* how a field's room grows */

#define NO_FIELD SIZE_MAX

typedef struct csv_state {
    peil_source *source;
    struct csv_parser parser;
    bool parser_made, source_done, finished;
    char delimiter;
    const char *block; /* what is left of the source's block */
    size_t block_length;
    char *head; /* the bytes read to find the header */
    size_t head_length, head_capacity;

    peil_header *header; /* while the header is read, else NULL */
    size_t nfields;      /* of every row */

    peil_batch *batch;  /* being filled */
    struct csv_target { /* the fields that are wanted, in the order of the row */
        size_t field;   /* NO_FIELD behind the last */
        peil_batch_column *column;
        uint32_t *codes; /* NULL: to decimals */
        peil_decimal *decimals;
    } * targets;
    const struct csv_target *target; /* the next one */
    size_t wanted;                   /* its field; NO_FIELD once something failed */
    size_t field;                    /* of the row being read */
    struct {
        bool is_quoted, has_text;
        char last;
    } line;             /* the line being read, in a file of one variable */
    uint64_t records;   /* whole rows read so far */
    peil_status status; /* the first failure; the rest of the block is then passed over */
    peil_fault fault;
} csv_state;

/* ---- what libcsv calls ---- */

static void *grow_field(void *old, size_t size) {
    return size > FIELD_BYTES ? NULL : realloc(old, size);
}

/* Remembers the first failure, whose fault is filled; nothing more of the block is stored. */
static void stop(csv_state *csv, peil_status status) {
    csv->wanted = NO_FIELD;
    csv->status = status;
}

/* A value that has no code yet, or whose code takes a search. A fault gets the record and variable.
 */
__attribute__((noinline)) static void search_code(csv_state *csv, peil_batch_column *column,
                                                  const char *text, size_t length, uint32_t *code) {
    peil_fault fault;
    const peil_status status =
        peil_dictionary_search(&column->dictionary, text, length, code, &fault);
    if (status == PEIL_EDATA)
        stop(csv, peil_refuse(&csv->fault, csv->records + 1, column->name, "%s", fault.message));
    if (status == PEIL_ESYSTEM) stop(csv, peil_fail_memory(&csv->fault));
}

static void store_code(csv_state *csv, peil_batch_column *column, const char *text, size_t length,
                       uint32_t *code) {
    if (!peil_dictionary_recall(&column->dictionary, text, length, code))
        search_code(csv, column, text, length, code);
}

static void store_number(csv_state *csv, const struct csv_target *target, const char *text,
                         size_t length, peil_decimal *number) {
    uint32_t code = PEIL_MISSING_CODE;
    if (peil_decimal_read(text, length, number)) return;
    if (length) store_code(csv, target->column, text, length, &code);
    *number = (peil_decimal){code, PEIL_NO_NUMBER};
}

/* Kept out of take_field, which mostly has nothing to store and is called for every field. */
__attribute__((noinline)) static void store(csv_state *csv, const char *text, size_t length) {
    const struct csv_target *target = csv->target++;
    const size_t row = csv->batch->rows;
    csv->wanted = csv->target->field;
    if (target->codes)
        store_code(csv, target->column, text, length, &target->codes[row]);
    else
        store_number(csv, target, text, length, &target->decimals[row]);
}

static void take_field(void *bytes, size_t length, void *context) {
    csv_state *csv = context;
    if (csv->field++ == csv->wanted) store(csv, bytes, length);
}

static void begin_row(csv_state *csv) {
    csv->field = 0;
    csv->target = csv->targets;
    csv->wanted = csv->target->field;
}

static void take_row(int terminator, void *context) {
    (void)terminator;
    csv_state *csv = context;
    const size_t fields = csv->field;
    if (csv->status != PEIL_OK) return;
    if (fields != csv->nfields) {
        stop(csv, peil_refuse(&csv->fault, csv->records + 1, "",
                              "has %zu fields where the header has %zu", fields, csv->nfields));
        return;
    }
    csv->records++;
    csv->batch->rows++;
    begin_row(csv);
}

static void take_name(void *bytes, size_t length, void *context) {
    csv_state *csv = context;
    const char *text = bytes;
    if (csv->status != PEIL_OK || csv->finished) return;
    peil_header *header = csv->header;
    if (!peil_text_is_utf8(text, length)) {
        csv->status = peil_fail(&csv->fault, PEIL_EDATA, "the header is not UTF-8");
        return;
    }
    csv->status = peil_header_add(header, text, length, NULL, &csv->fault);
}

static void take_header_end(int terminator, void *context) {
    (void)terminator;
    ((csv_state *)context)->finished = true;
}

/* ---- feeding libcsv ---- */

static peil_status say_parse_error(csv_state *csv, peil_fault *fault) {
    if (csv_error(&csv->parser) == CSV_EPARSE)
        return peil_refuse(fault, csv->records + 1, "",
                           "a quote inside a field, or text behind a closing quote");
    if (csv->parser.entry_size + FIELD_STEP > FIELD_BYTES)
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
        if (c == '"') csv->line.is_quoted = !csv->line.is_quoted;
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

static peil_status finish(csv_state *csv, peil_fault *fault) {
    csv->finished = true;
    const int result = csv_fini(&csv->parser, take_field, take_row, csv);
    if (csv->status != PEIL_OK) {
        if (fault) *fault = csv->fault;
        return csv->status;
    }
    if (result != 0) return peil_refuse(fault, csv->records + 1, "", "the file ends inside quotes");
    if (csv->records == 0) return peil_fail(fault, PEIL_EDATA, "has a header and no rows");
    return PEIL_OK;
}

static peil_status refill(csv_state *csv, peil_fault *fault) {
    PEIL_TRY(peil_source_next(csv->source, &csv->block, &csv->block_length, fault));
    csv->source_done = csv->block_length == 0;
    return PEIL_OK;
}

/* As many bytes as leave a place free: a row is no shorter than its delimiters and its end, but for
 * the one that was begun before. 0 when the batch is full. */
static size_t bytes_that_fit(const csv_state *csv, const peil_batch *batch) {
    const size_t rows = batch->capacity - batch->rows - 1;
    const size_t bytes = rows < 2 ? 0 : (rows - 1) * csv->nfields;
    return bytes < csv->block_length ? bytes : csv->block_length;
}

/* A batch ends where a row ends: a row that was begun goes on, byte by byte, to its last field. */
static peil_status fill_batch(csv_state *csv, peil_batch *batch, peil_fault *fault) {
    while (!csv->finished) {
        if (csv->block_length == 0 && !csv->source_done) PEIL_TRY(refill(csv, fault));
        if (csv->source_done) return finish(csv, fault);
        size_t length = bytes_that_fit(csv, batch);
        if (length == 0 && csv->field == 0) break;
        if (length == 0) length = 1;
        PEIL_TRY(feed_checked(csv, csv->block, length, fault));
        csv->block += length;
        csv->block_length -= length;
    }
    return PEIL_OK;
}

static int by_field(const void *a, const void *b) {
    const size_t x = ((const struct csv_target *)a)->field,
                 y = ((const struct csv_target *)b)->field;
    return (x > y) - (x < y);
}

/* Where the wanted fields of a row go, in the order in which libcsv hands them over. */
static peil_status aim(csv_state *csv, const size_t *column, peil_batch *batch, peil_fault *fault) {
    const size_t n = batch->ncolumns;
    PEIL_TRY(peil_array_make(&csv->targets, n + 1, sizeof *csv->targets, fault));
    for (size_t i = 0; i < n; i++) {
        peil_batch_column *c = &batch->columns[i];
        csv->targets[i] = (struct csv_target){column[i], c, c->codes, c->decimals};
    }
    qsort(csv->targets, n, sizeof *csv->targets, by_field);
    csv->targets[n].field = NO_FIELD;
    begin_row(csv);
    return PEIL_OK;
}

static peil_status next(void *state, const size_t *column, peil_batch *batch, peil_fault *fault) {
    csv_state *csv = state;
    batch->rows = 0;
    batch->first_record = csv->records + 1;
    if (!csv->targets) PEIL_TRY(aim(csv, column, batch, fault));
    csv->batch = batch;
    return fill_batch(csv, batch, fault);
}

/* ---- the header ---- */

/* Where the first line with something on it begins, and its length, its end included; 0 when it is
 * not whole. libcsv passes over the lines before it. */
typedef struct line {
    size_t begin, length;
} line;

static line first_line(const char *bytes, size_t length, char quote) {
    line found = {0, 0};
    bool quoted = false, something = false;
    for (size_t i = 0; i < length; i++) {
        const char c = bytes[i];
        const bool ends = !quoted && (c == '\n' || c == '\r');
        if (c == quote) quoted = !quoted;
        if (ends && something) {
            found.length = i + 1 - found.begin;
            break;
        }
        if (ends) found.begin = i + 1;
        something = something || (!ends && c != ' ' && c != '\t');
    }
    return found;
}

/* The one of , ; and tab that stands most often in the header outside quotes. */
static char find_delimiter(const char *header, size_t length) {
    static const char candidates[] = {',', ';', '\t'};
    size_t counts[sizeof candidates] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (header[i] == '"') quoted = !quoted;
        for (size_t k = 0; k < sizeof candidates && !quoted; k++)
            counts[k] += header[i] == candidates[k];
    }
    for (size_t k = 1; k < sizeof candidates; k++)
        if (counts[k] > counts[best]) best = k;
    return candidates[best];
}

static peil_status keep_head(csv_state *csv, const char *bytes, size_t length, peil_fault *fault) {
    PEIL_TRY(
        peil_array_reserve(&csv->head, &csv->head_capacity, csv->head_length + length, 1, fault));
    memcpy(csv->head + csv->head_length, bytes, length);
    csv->head_length += length;
    return PEIL_OK;
}

/* Files of other kinds that people take for csv. */
static peil_status refuse_other_kinds(const char *head, size_t length, peil_fault *fault) {
    static const struct {
        const char *magic;
        size_t length;
        const char *message;
    } kinds[] = {{"\xFF\xFE", 2, "is UTF-16; save it as UTF-8"},
                 {"\xFE\xFF", 2, "is UTF-16; save it as UTF-8"},
                 {"PK\3\4", 4, "is a zip or Excel file; save it as csv"},
                 {"$FL2", 4, "is an SPSS file; save it as csv"},
                 {"$FL3", 4, "is an SPSS file; save it as csv"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (length >= kinds[i].length && memcmp(head, kinds[i].magic, kinds[i].length) == 0)
            return peil_fail(fault, PEIL_EDATA, "%s", kinds[i].message);
    return PEIL_OK;
}

/* Reads on until the first line is whole; *first is where it is. */
static peil_status read_head(csv_state *csv, line *first, peil_fault *fault) {
    while ((*first = first_line(csv->head, csv->head_length, '"')).length == 0) {
        PEIL_TRY(refill(csv, fault));
        if (csv->source_done) break;
        if (csv->head_length > HEADER_BYTES)
            return peil_fail(fault, PEIL_EDATA, "the first line is over 1 MiB: no csv header");
        PEIL_TRY(keep_head(csv, csv->block, csv->block_length, fault));
    }
    if (first->length == 0) first->length = csv->head_length - first->begin; /* without an end */
    return PEIL_OK;
}

static peil_status make_parser(csv_state *csv, peil_fault *fault) {
    if (csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return peil_fail_memory(fault);
    csv->parser_made = true;
    csv_set_delim(&csv->parser, (unsigned char)csv->delimiter);
    csv_set_realloc_func(&csv->parser, grow_field);
    csv_set_blk_size(&csv->parser, FIELD_STEP);
    return PEIL_OK;
}

/* Feeds the header a byte at a time, as a quoted name may hold the end of a line. */
static peil_status parse_header(csv_state *csv, const char *head, size_t length,
                                peil_fault *fault) {
    size_t used = 0;
    while (used < length && !csv->finished) {
        if (csv_parse(&csv->parser, head + used, 1, take_name, take_header_end, csv) != 1)
            return csv_error(&csv->parser) == CSV_EPARSE
                       ? peil_fail(fault, PEIL_EDATA, "the header has a stray quote")
                       : say_parse_error(csv, fault);
        used++;
    }
    if (!csv->finished && csv_fini(&csv->parser, take_name, take_header_end, csv) != 0)
        return peil_fail(fault, PEIL_EDATA, "the header ends inside quotes");
    if (csv->status != PEIL_OK && fault) *fault = csv->fault;
    csv->finished = false;
    csv->header = NULL;
    if (used) csv->line.last = head[used - 1];
    csv->block = head + used;
    csv->block_length = length - used;
    return csv->status;
}

static peil_status open_state(csv_state *csv, peil_header *header, peil_fault *fault) {
    size_t mark = 0;
    line first;
    PEIL_TRY(refuse_other_kinds(csv->head, csv->head_length, fault));
    PEIL_TRY(read_head(csv, &first, fault));
    PEIL_TRY(refuse_other_kinds(csv->head, csv->head_length, fault)); /* blocks may be small */
    if (memchr(csv->head, '\0', first.begin + first.length))
        return peil_fail(fault, PEIL_EDATA, "a NUL byte: this is no text file, or it is UTF-16");
    if (csv->head_length >= 3 && memcmp(csv->head, "\xEF\xBB\xBF", 3) == 0) mark = 3;
    csv->delimiter = header->delimiter = find_delimiter(csv->head + first.begin, first.length);
    csv->header = header;
    PEIL_TRY(make_parser(csv, fault));
    PEIL_TRY(parse_header(csv, csv->head + mark, csv->head_length - mark, fault));
    csv->nfields = header->nvariables;
    header->has_names = true;
    return csv->nfields ? PEIL_OK : peil_fail(fault, PEIL_EDATA, "the file has no header");
}

static peil_status open(peil_source *source, const char *head, size_t length,
                        const peil_reading *reading, void **state, peil_header *header,
                        peil_fault *fault) {
    csv_state *csv = NULL;
    (void)reading;
    PEIL_TRY(peil_array_make(&csv, 1, sizeof *csv, fault));
    *state = csv;
    csv->source = source;
    PEIL_TRY(keep_head(csv, head, length, fault));
    return open_state(csv, header, fault);
}

static void release(void *state) {
    csv_state *csv = state;
    if (!csv) return;
    if (csv->parser_made) csv_free(&csv->parser);
    free(csv->targets);
    free(csv->head);
    free(csv);
}

static bool detect(const char *head, size_t length) {
    (void)head;
    (void)length;
    return true;
}

const peil_format peil_format_csv = {
    .name = "csv",
    .help = "text with a header, separated by commas, semicolons or tabs, plain or gzip",
    .detect = detect,
    .open = open,
    .next = next,
    .free = release,
};
