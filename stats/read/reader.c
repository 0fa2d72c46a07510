/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/nearest.h"
#include "read/schema.h"

/* The formats, in the order in which they are tried. */
#define ROWS(ROW) \
    ROW(sav)      \
    ROW(por)      \
    ROW(dta)      \
    ROW(sas7bdat) \
    ROW(xpt)      \
    ROW(csv)

#define HEAD_BYTES 512                   /* enough to tell the formats apart */
#define SHARED_BYTES ((uint64_t)1 << 20) /* a smaller file is not worth a thread */

#define DECLARE(name) extern const peil_format peil_format_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_format_##name,
static const peil_format *const formats[] = {ROWS(ADDRESS) NULL};

struct peil_reader {
    char *name;
    peil_source *source;
    const peil_format *format;
    void *state;
    peil_header header;
    const peil_reading *reading;
    peil_schema *schema; /* or NULL */
    size_t *column;      /* by the batch's column: the file's */
    uint64_t records;    /* handed out so far */
    size_t constant;     /* the place of the variable that is the same in all rows, or nvariables */
    bool is_shared;      /* others read some of the rows */
    bool is_guest;       /* it shares in another's rows, source and header */
};

static peil_status name_file(const peil_reader *reader, peil_status status, peil_fault *fault) {
    if (status == PEIL_OK || !fault || fault->file[0]) return status;
    snprintf(fault->file, sizeof fault->file, "%s", reader->name);
    if (fault->record && reader->header.has_names) fault->row = fault->record + 1;
    return status;
}

static peil_status open_format(peil_reader *reader, peil_fault *fault) {
    const char *head;
    size_t length;
    size_t i = 0;
    PEIL_TRY(peil_source_peek(reader->source, HEAD_BYTES, &head, &length, fault));
    if (length == 0) return peil_fail(fault, PEIL_EDATA, "the file is empty");
    while (formats[i + 1] && !formats[i]->detect(head, length)) i++;
    reader->format = formats[i];
    reader->header.format = formats[i]->name;
    PEIL_TRY(peil_source_next(reader->source, &head, &length, fault));
    return formats[i]->open(reader->source, head, length, reader->reading, &reader->state,
                            &reader->header, fault);
}

/* ---- the header ---- */

peil_status peil_header_add(peil_header *header, const char *name, size_t length,
                            peil_variable **out, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&header->variables, &header->variables_capacity,
                                header->nvariables + 1, sizeof *header->variables, fault));
    peil_variable *variable = &header->variables[header->nvariables];
    *variable = (peil_variable){0};
    PEIL_TRY(peil_variable_name(variable, name, length, fault));
    header->nvariables++;
    if (out) *out = variable;
    return PEIL_OK;
}

static int by_name(const void *a, const void *b) {
    return strcmp((*(const peil_variable *const *)a)->name,
                  (*(const peil_variable *const *)b)->name);
}

/* Two columns of one name: which is meant cannot be known. Nameless ones cannot be asked for. The
 * message has no names: where there is no header they are somebody's answers. */
static peil_status check_names(const peil_header *header, peil_fault *fault) {
    const peil_variable **sorted = NULL;
    peil_status status = PEIL_OK;
    PEIL_TRY(peil_array_make(&sorted, header->nvariables, sizeof *sorted, fault));
    for (size_t i = 0; i < header->nvariables; i++) sorted[i] = &header->variables[i];
    qsort(sorted, header->nvariables, sizeof *sorted, by_name);
    for (size_t i = 1; i < header->nvariables && status == PEIL_OK; i++) {
        const size_t one = (size_t)(sorted[i - 1] - header->variables) + 1;
        const size_t other = (size_t)(sorted[i] - header->variables) + 1;
        if (sorted[i]->name[0] && strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            status = peil_fail(fault, PEIL_EDATA, "columns %zu and %zu have the same name",
                               one < other ? one : other, one < other ? other : one);
    }
    free(sorted);
    return status;
}

static bool find_name(const peil_header *header, const char *name, size_t *place) {
    for (*place = 0; *place < header->nvariables; ++*place)
        if (strcmp(header->variables[*place].name, name) == 0) return true;
    return false;
}

/* A variable of the user's that the file does not have. */
static peil_status add_constant(peil_reader *reader, peil_fault *fault) {
    const char *name = reader->reading->constant_name;
    reader->constant = SIZE_MAX;
    if (!name || find_name(&reader->header, name, &reader->constant)) {
        reader->constant = SIZE_MAX;
        return PEIL_OK;
    }
    if (!reader->reading->constant_value)
        return peil_fail(fault, PEIL_EDATA,
                         "has no variable %s, and no year, or several, in its name; --period "
                         "%s=2015,2017 gives a year for each file",
                         name, name);
    reader->constant = reader->header.nvariables;
    return peil_header_add(&reader->header, name, strlen(name), NULL, fault);
}

/* What a text file cannot say itself. */
static peil_status take_schema(peil_reader *reader, const char *name, peil_fault *fault) {
    peil_header *header = &reader->header;
    if (!header->quote || strcmp(name, "-") == 0) return PEIL_OK;
    PEIL_TRY(peil_schema_find(name, reader->reading->hash, &reader->schema, fault));
    if (!reader->schema) return PEIL_OK;
    header->schema = reader->schema->name;
    header->schema_sha256 = reader->schema->sha256;
    return peil_schema_apply(reader->schema, header, fault);
}

peil_status peil_reader_open(const char *name, const peil_reading *reading, peil_reader **out,
                             peil_fault *fault) {
    peil_reader *reader = NULL;
    PEIL_TRY(peil_array_make(&reader, 1, sizeof *reader, fault));
    const char *shown = strcmp(name, "-") == 0 ? "stdin" : name;
    peil_status status = peil_string_copy(shown, strlen(shown), &reader->name, fault);
    if (status == PEIL_OK) {
        reader->reading = reading;
        status =
            peil_source_open(name, reading->block_bytes, reading->hash, &reader->source, fault);
        if (status == PEIL_OK) status = open_format(reader, fault);
        if (status == PEIL_OK) status = check_names(&reader->header, fault);
        if (status == PEIL_OK) status = take_schema(reader, name, fault);
        if (status == PEIL_OK) status = add_constant(reader, fault);
        status = name_file(reader, status, fault);
    }
    if (status == PEIL_OK)
        *out = reader;
    else
        peil_reader_free(reader);
    return status;
}

const peil_header *peil_reader_header(const peil_reader *reader) {
    return &reader->header;
}

/* The only name that goes on where this one ends: "leeftijd" of leeftijdsklasse. */
static const char *longer_name(const peil_header *header, const char *name) {
    const size_t length = strlen(name);
    const char *found = NULL;
    for (size_t i = 0; length > 2 && i < header->nvariables; i++) {
        if (strncmp(header->variables[i].name, name, length) != 0) continue;
        if (found) return NULL;
        found = header->variables[i].name;
    }
    return found;
}

static const char *nearest_name(const peil_header *header, const char *name) {
    const char **names = NULL, *nearest = NULL;
    if (peil_array_make(&names, header->nvariables, sizeof *names, NULL) != PEIL_OK) return NULL;
    for (size_t i = 0; i < header->nvariables; i++) names[i] = header->variables[i].name;
    nearest = peil_nearest(name, names, header->nvariables);
    free(names);
    return nearest ? nearest : longer_name(header, name);
}

/* Whether a name begins with a variable and a space: "wijk jaar". */
static bool are_several(const peil_header *header, const char *name) {
    const size_t length = strcspn(name, " ");
    for (size_t i = 0; name[length] && i < header->nvariables; i++) {
        const char *known = header->variables[i].name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) return true;
    }
    return false;
}

/* The separator that makes of the only variable of a text several: mostly --delimiter says another
 * one. NULL: there is none. */
static const char *separator_in_name(const peil_header *header) {
    static const struct {
        char separator;
        const char *word;
    } separators[] = {{'\t', "tab"}, {';', "';'"}, {'|', "'|'"}, {',', "','"}};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        const bool is_text = header->quote && header->nvariables == 1;
        if (is_text && strchr(header->variables[0].name, separators[i].separator))
            return separators[i].word;
    }
    return NULL;
}

peil_status peil_header_find(const peil_header *header, const char *name, const char *option,
                             size_t *place, peil_fault *fault) {
    if (find_name(header, name, place)) return PEIL_OK;
    if (!fault) return PEIL_EDATA; /* nobody hears what is near */
    const char *nearest = nearest_name(header, name), *separator = separator_in_name(header);
    if (separator)
        return peil_fail(fault, PEIL_EDATA,
                         "%shas no variable %s: its first line is one name; is it --delimiter %s?",
                         option, name, separator);
    if (!nearest && are_several(header, name))
        return peil_fail(fault, PEIL_EDATA,
                         "%shas no variable '%s'; commas stand between several, as in a,b", option,
                         name);
    return nearest ? peil_fail(fault, PEIL_EDATA, "%shas no variable %s; is it %s?", option, name,
                               nearest)
                   : peil_fail(fault, PEIL_EDATA, "%shas no variable %s", option, name);
}

/* ---- rows ---- */

#define OF_NO_FILE (SIZE_MAX - 1) /* beyond all variables, and not the constant */

/* next: where it is when columns are wanted in the order of the file. */
static peil_status bind_column(peil_reader *reader, peil_batch_column *column, size_t next,
                               size_t *place, peil_fault *fault) {
    const peil_header *header = &reader->header;
    *place = OF_NO_FILE;
    if (column->origin == PEIL_AREAS) return PEIL_OK;
    if (next < header->nvariables && strcmp(header->variables[next].name, column->name) == 0)
        *place = next;
    else
        PEIL_TRY(peil_header_find(header, column->name, "", place, fault));
    peil_variable_clear(&column->about);
    return peil_variable_copy(&reader->header.variables[*place], &column->about, fault);
}

peil_status peil_reader_bind(peil_reader *reader, peil_batch *batch, peil_fault *fault) {
    free(reader->column);
    reader->column = NULL;
    PEIL_TRY(peil_array_make(&reader->column, batch->ncolumns, sizeof *reader->column, fault));
    for (size_t i = 0; i < batch->ncolumns; i++) {
        const size_t next = i ? reader->column[i - 1] + 1 : 0;
        const peil_status status =
            bind_column(reader, &batch->columns[i], next, &reader->column[i], fault);
        PEIL_TRY(name_file(reader, status, fault));
    }
    return PEIL_OK;
}

/* The variable that no format knows of. */
static peil_status fill_constant(const peil_reader *reader, peil_batch_column *column, size_t rows,
                                 peil_fault *fault) {
    const char *value = reader->reading->constant_value;
    uint32_t code;
    peil_decimal number;
    PEIL_TRY(peil_dictionary_code(&column->dictionary, value, strlen(value), &code, fault));
    if (column->use == PEIL_AS_CODES) {
        for (size_t i = 0; i < rows; i++) column->codes[i] = code;
        return PEIL_OK;
    }
    if (!peil_decimal_read(value, strlen(value), &number))
        number = (peil_decimal){code, PEIL_NO_NUMBER};
    for (size_t i = 0; i < rows; i++) column->decimals[i] = number;
    return PEIL_OK;
}

static peil_status check_rows(const peil_reader *reader, uint64_t rows, peil_fault *fault) {
    if (rows || reader->reading->may_be_empty) return PEIL_OK;
    return peil_fail(fault, PEIL_EDATA,
                     reader->header.has_names ? "has a header and no rows" : "has no rows");
}

peil_status peil_reader_next(peil_reader *reader, peil_batch *batch, peil_fault *fault) {
    peil_status status = reader->format->next(reader->state, reader->column, batch, fault);
    for (size_t i = 0; i < batch->ncolumns; i++)
        if (reader->column[i] == reader->constant)
            PEIL_TRY(fill_constant(reader, &batch->columns[i], batch->rows, fault));
    reader->records += batch->rows;
    if (status == PEIL_OK && !reader->is_shared)
        status = check_rows(reader, reader->records, fault);
    if (reader->schema && status != PEIL_ESYSTEM) {
        peil_fault earlier; /* in a row before the one that the format refuses, if it does */
        const peil_status checked =
            peil_schema_check(reader->schema, reader->column, batch, &earlier);
        if (checked != PEIL_OK && fault) *fault = earlier;
        if (checked != PEIL_OK) status = checked;
    }
    return name_file(reader, status, fault);
}

/* ---- sharing ---- */

/* What readers disagree on is settled by reading once more, in one piece. Values of a variable with
 * a rule must all be spelled alike, which no reader of some rows can see. */
static bool can_share(const peil_reader *reader) {
    if (!reader->format->share || reader->schema) return false;
    if (!peil_source_can_reopen(reader->source)) return false;
    return reader->reading->block_bytes || peil_source_size(reader->source) >= SHARED_BYTES;
}

peil_status peil_reader_share(peil_reader *reader, peil_reader **out, peil_fault *fault) {
    peil_reader *guest = NULL;
    *out = NULL;
    if (!can_share(reader)) return PEIL_OK;
    PEIL_TRY(peil_array_make(&guest, 1, sizeof *guest, fault));
    *guest = *reader;
    guest->is_guest = guest->is_shared = true;
    guest->column = NULL;
    guest->state = NULL;
    const peil_status status = reader->format->share(reader->state, &guest->state, fault);
    if (status == PEIL_OK && guest->state) {
        reader->is_shared = true;
        *out = guest;
    } else {
        peil_reader_free(guest);
    }
    return status;
}

void peil_reader_stop(peil_reader *reader) {
    if (reader->format->stop) reader->format->stop(reader->state);
}

peil_status peil_reader_join(peil_reader *reader, peil_reader *const *others, size_t n, bool *agree,
                             peil_fault *fault) {
    void **states = NULL;
    PEIL_TRY(peil_array_make(&states, n, sizeof *states, fault));
    uint64_t records = reader->records;
    for (size_t i = 0; i < n; i++) {
        states[i] = others[i]->state;
        records += others[i]->records;
    }
    peil_status status = reader->format->join(reader->state, states, n, agree, fault);
    if (status == PEIL_OK) status = check_rows(reader, records, fault);
    free(states);
    return name_file(reader, status, fault);
}

/* ---- dealing ---- */

peil_status peil_reader_deal(peil_reader *reader, size_t rank, size_t size, bool *is_dealt,
                             peil_fault *fault) {
    *is_dealt = false;
    if (!reader->format->deal || !can_share(reader) || peil_source_is_packed(reader->source))
        return PEIL_OK;
    const peil_status status = reader->format->deal(reader->state, rank, size, is_dealt, fault);
    reader->is_shared = *is_dealt;
    return name_file(reader, status, fault);
}

peil_lesson peil_reader_lesson(const peil_reader *reader) {
    return reader->format->lesson(reader->state);
}

/* Each rank held its columns against its own marks. With one mark in all of them, every column's is
 * the file's for all ranks as for each. */
bool peil_lessons_agree(peil_lesson *into, peil_lesson other) {
    into->commas = into->commas || other.commas;
    into->points = into->points || other.points;
    const bool follows = other.size == into->size && other.begin == into->end;
    into->end = other.end;
    return follows && !(into->size && into->commas && into->points);
}

/* ---- the whole ---- */

uint64_t peil_reader_position(const peil_reader *reader) {
    return reader->format->position ? reader->format->position(reader->state)
                                    : peil_source_position(reader->source);
}

uint64_t peil_reader_size(const peil_reader *reader) {
    return reader->format->size ? reader->format->size(reader->state)
                                : peil_source_size(reader->source);
}

peil_source *peil_reader_source(peil_reader *reader) {
    return reader->source;
}

void peil_reader_free(peil_reader *reader) {
    if (!reader) return;
    if (reader->format) reader->format->free(reader->state);
    for (size_t i = 0; !reader->is_guest && i < reader->header.nvariables; i++)
        peil_variable_clear(&reader->header.variables[i]);
    if (!reader->is_guest) {
        free(reader->header.variables);
        peil_source_free(reader->source);
        peil_schema_free(reader->schema);
        free(reader->name);
    }
    free(reader->column);
    free(reader);
}
