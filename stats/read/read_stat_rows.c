/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows, from a child's blocks. Whatever stands there is copied out of the child's reach before
 * it is looked at, and every place and length is checked. */
#include <stdio.h>
#include <stdlib.h>

#include "core/array.h"
#include "core/dictionary.h"
#include "read/read_stat_state.h"

#define ROWS_MOST ((size_t)4096)
#define CELLS_MOST ((size_t)1 << 17) /* of a block, if it has more than one row */
#define TEXT_USUAL ((size_t)1 << 20) /* room for the texts of a block */
#define TEXT_MOST ((size_t)1 << 28)  /* and for those of one row at the most */
#define WIDTH_MOST ((size_t)1 << 24) /* of one text */
#define RECENT ((size_t)1 << PEIL_STAT_RECENT_BITS)

/* ---- which columns ---- */

static int by_variable(const void *a, const void *b) {
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The variables that are wanted, in the order of the file; the first one when none is, so that
 * there are rows to count. */
static peil_status list_variables(peil_stat_state *state, const size_t *column, size_t ncolumns,
                                  peil_fault *fault) {
    peil_stat_layout *layout = &state->layout;
    PEIL_TRY(peil_array_make(&layout->variable, ncolumns + 1, sizeof *layout->variable, fault));
    for (size_t i = 0; i < ncolumns; i++)
        if (column[i] < state->nvariables)
            layout->variable[layout->ncolumns++] = (uint32_t)column[i];
    if (layout->ncolumns == 0) layout->ncolumns = 1;
    qsort(layout->variable, layout->ncolumns, sizeof *layout->variable, by_variable);
    return PEIL_OK;
}

static size_t find_column(const peil_stat_layout *layout, size_t variable) {
    const uint32_t wanted = (uint32_t)variable;
    const uint32_t *found =
        bsearch(&wanted, layout->variable, layout->ncolumns, sizeof *layout->variable, by_variable);
    return (size_t)(found - layout->variable);
}

/* What is missing stands for what is not known. */
static void forget(peil_stat_recent *recent) {
    for (size_t i = 0; i < RECENT; i++)
        recent[i] = (peil_stat_recent){PEIL_STAT_NAN, {PEIL_MISSING_CODE, PEIL_NO_NUMBER}};
}

static peil_status make_targets(peil_stat_state *state, const size_t *column, size_t ncolumns,
                                peil_fault *fault) {
    const size_t n = state->layout.ncolumns;
    PEIL_TRY(peil_array_make(&state->targets, n, sizeof *state->targets, fault));
    for (size_t i = 0; i < n; i++) state->targets[i].column = SIZE_MAX;
    for (size_t i = 0; i < ncolumns; i++)
        if (column[i] < state->nvariables)
            state->targets[find_column(&state->layout, column[i])].column = i;
    for (size_t i = 0; i < n; i++) {
        peil_stat_recent **recent = &state->targets[i].recent;
        PEIL_TRY(peil_array_make(recent, RECENT, sizeof **recent, fault));
        forget(*recent);
    }
    return PEIL_OK;
}

/* A dictionary that has become smaller was made anew: its codes mean something else. */
static void check_dictionaries(peil_stat_state *state, const peil_batch *batch) {
    for (size_t i = 0; i < state->layout.ncolumns; i++) {
        const struct peil_stat_target *target = &state->targets[i];
        if (target->column != SIZE_MAX &&
            batch->columns[target->column].dictionary.count < target->nvalues)
            forget(target->recent);
    }
}

static void note_dictionaries(peil_stat_state *state, const peil_batch *batch) {
    for (size_t i = 0; i < state->layout.ncolumns; i++)
        if (state->targets[i].column != SIZE_MAX)
            state->targets[i].nvalues = batch->columns[state->targets[i].column].dictionary.count;
}

/* Blocks that suit the caches, with room for any one row. */
static peil_status measure(peil_stat_state *state, peil_fault *fault) {
    peil_stat_layout *layout = &state->layout;
    size_t row_text = 0;
    PEIL_TRY(peil_array_make(&layout->is_text, layout->ncolumns, sizeof *layout->is_text, fault));
    for (size_t i = 0; i < layout->ncolumns; i++) {
        const struct peil_stat_known *known = &state->known[layout->variable[i]];
        layout->is_text[i] = known->is_text;
        if (known->is_text) row_text += known->width < WIDTH_MOST ? known->width : WIDTH_MOST;
    }
    layout->rows = CELLS_MOST / layout->ncolumns;
    if (layout->rows > ROWS_MOST) layout->rows = ROWS_MOST;
    const size_t asked = state->reading->block_bytes / (8 * layout->ncolumns);
    if (state->reading->block_bytes && asked < layout->rows) layout->rows = asked;
    if (layout->rows == 0) layout->rows = 1;
    layout->text_bytes = row_text == 0 ? 0 : row_text < TEXT_USUAL ? TEXT_USUAL : row_text;
    if (layout->text_bytes > TEXT_MOST) layout->text_bytes = TEXT_MOST;
    return PEIL_OK;
}

static peil_status begin(peil_stat_state *state, const size_t *column, const peil_batch *batch,
                         peil_fault *fault) {
    PEIL_TRY(list_variables(state, column, batch->ncolumns, fault));
    PEIL_TRY(make_targets(state, column, batch->ncolumns, fault));
    return measure(state, fault);
}

/* ---- blocks ---- */

/* What goes wrong with the file goes wrong behind the rows that were read. */
static peil_status name_record(const peil_stat_state *state, peil_status status,
                               peil_fault *fault) {
    if (status == PEIL_EDATA && fault) fault->record = state->records + 1;
    return status;
}

static peil_status next_block(peil_stat_state *state, peil_fault *fault) {
    const uint64_t *position = &state->block.head.position;
    PEIL_TRY(name_record(
        state, peil_stat_blocks_take(state->blocks, state, &state->block, &state->is_done, fault),
        fault));
    if (state->is_done) return PEIL_OK;
    state->at = 0;
    state->records = state->block.before;
    state->position = *position < state->size ? *position : state->size;
    return peil_batch_skip_to(state->batch, state->records + 1, fault);
}

/* Behind the last row. */
static peil_status end_rows(peil_stat_state *state, peil_fault *fault) {
    state->is_done = true;
    if (state->block.head.fault != PEIL_STAT_NONE)
        return name_record(state, peil_stat_refuse(state->block.head.fault, fault), fault);
    if (state->knows_records && state->records != state->header->records)
        return peil_stat_refuse(PEIL_STAT_ROWS, fault);
    return PEIL_OK;
}

/* ---- numbers ---- */

/* The column being filled, and where. */
typedef struct filling {
    peil_stat_state *state;
    peil_batch_column *column;
    const peil_variable *about; /* what the file says of it */
    const peil_clock *clock;
    const unsigned char *cells; /* of the block */
    size_t row, rows;           /* of the batch: the first, and how many */
    size_t failed;              /* the row that is refused, when one is; counted from the first */
} filling;

static peil_status code_text(const filling *f, const char *text, size_t length,
                             peil_decimal *number, peil_fault *fault) {
    uint32_t code;
    PEIL_TRY(peil_dictionary_code(&f->column->dictionary, text, length, &code, fault));
    *number = (peil_decimal){code, PEIL_NO_NUMBER};
    return PEIL_OK;
}

/* ".a": no answer, whether the file says more of it or not. */
static peil_status learn_tag(const filling *f, uint64_t bits, peil_decimal *number,
                             peil_fault *fault) {
    const char text[3] = {'.', (char)(bits & 0xFF), '\0'};
    if (!peil_variable_lacks_text(&f->column->about, text))
        PEIL_TRY(peil_variable_add_absence(&f->column->about, text, 2, fault));
    return code_text(f, text, 2, number, fault);
}

static peil_status learn_date(const filling *f, double x, peil_decimal *number, peil_fault *fault) {
    char text[PEIL_CLOCK_TEXT];
    const size_t length = peil_clock_write(x, f->clock, text);
    if (length == 0)
        return peil_fail(fault, PEIL_EDATA, "a date that is not in the years 1 to 9999");
    return code_text(f, text, length, number, fault);
}

/* A number not met lately. As a code it is the text that a text file would have. */
static peil_status learn_number(const filling *f, uint64_t bits, peil_decimal *number,
                                peil_fault *fault) {
    char text[PEIL_DECIMAL_TEXT];
    const double x = peil_stat_double(bits);
    *number = (peil_decimal){PEIL_MISSING_CODE, PEIL_NO_NUMBER};
    if (bits == PEIL_STAT_NAN) return PEIL_OK;
    if (peil_stat_is_tag(bits)) return learn_tag(f, bits, number, fault);
    if (!isfinite(x)) return peil_fail(fault, PEIL_EDATA, "a number that is not finite");
    const peil_decimal decimal = peil_decimal_of(x);
    if (f->clock && !peil_variable_lacks_number(f->about, decimal))
        return learn_date(f, x, number, fault);
    if (f->column->use == PEIL_AS_CODES)
        return code_text(f, text, peil_decimal_write(decimal, text), number, fault);
    *number = decimal;
    return PEIL_OK;
}

static peil_stat_recent *recent_of(peil_stat_recent *recent, uint64_t bits) {
    return &recent[bits * 0x9E3779B97F4A7C15u >> (64 - PEIL_STAT_RECENT_BITS)];
}

/* Survey answers are a few numbers, again and again. */
static inline peil_status find_number(const filling *f, peil_stat_recent *recent, size_t row,
                                      peil_decimal *number, peil_fault *fault) {
    uint64_t bits;
    memcpy(&bits, f->cells + 8 * row, sizeof bits);
    peil_stat_recent *known = recent_of(recent, bits);
    if (known->bits != bits) {
        PEIL_TRY(learn_number(f, bits, number, fault));
        *known = (peil_stat_recent){bits, *number};
    }
    *number = known->number;
    return PEIL_OK;
}

static peil_status fill_numbers(filling *f, peil_stat_recent *recent, peil_fault *fault) {
    peil_decimal number;
    peil_status status = PEIL_OK;
    size_t i = 0;
    if (f->column->use == PEIL_AS_CODES) {
        uint32_t *codes = f->column->codes + f->row;
        for (; i < f->rows; i++) {
            if ((status = find_number(f, recent, i, &number, fault)) != PEIL_OK) break;
            codes[i] = (uint32_t)number.digits;
        }
    } else {
        peil_decimal *decimals = f->column->decimals + f->row;
        for (; i < f->rows; i++)
            if ((status = find_number(f, recent, i, &decimals[i], fault)) != PEIL_OK) break;
    }
    f->failed = i;
    return status;
}

/* ---- text ---- */

/* What was met lately is in UTF-8: bytes of another encoding may look like something else there. */
static peil_status find_text(const filling *f, peil_stat_place place, uint32_t *code,
                             peil_fault *fault) {
    peil_stat_state *state = f->state;
    peil_dictionary *dictionary = &f->column->dictionary;
    const size_t room = state->block.head.text_bytes;
    const char *text = state->block.text + place.offset;
    size_t length = place.length;
    if (place.offset > room || place.length > room - place.offset)
        return peil_stat_refuse(PEIL_STAT_DAMAGED, fault);
    if ((state->is_utf8 || peil_stat_is_ascii(text, length)) &&
        peil_dictionary_recall(dictionary, text, length, code))
        return PEIL_OK;
    PEIL_TRY(peil_stat_convert(state, text, length, true, &text, &length, fault));
    return peil_dictionary_search(dictionary, text, length, code, fault);
}

/* A text that reads as a number is that number, as in a text file. */
static void store_text(const filling *f, size_t row, uint32_t code) {
    const peil_value *value = &f->column->dictionary.values[code];
    if (f->column->use == PEIL_AS_CODES)
        f->column->codes[row] = code;
    else
        f->column->decimals[row] =
            value->reads_number ? value->number : (peil_decimal){code, PEIL_NO_NUMBER};
}

static peil_status fill_texts(filling *f, peil_fault *fault) {
    for (size_t i = 0; i < f->rows; i++) {
        peil_stat_place place;
        uint32_t code;
        memcpy(&place, f->cells + 8 * i, sizeof place);
        const peil_status status = find_text(f, place, &code, fault);
        f->failed = i;
        if (status != PEIL_OK) return status;
        store_text(f, f->row + i, code);
    }
    return PEIL_OK;
}

/* ---- batches ---- */

static peil_status fill_column(filling *f, size_t i, peil_fault *fault) {
    peil_stat_state *state = f->state;
    const peil_stat_layout *layout = &state->layout;
    f->cells = state->block.bytes + sizeof state->block.head + 8 * (i * layout->rows + state->at);
    const peil_status status = layout->is_text[i]
                                   ? fill_texts(f, fault)
                                   : fill_numbers(f, state->targets[i].recent, fault);
    if (status == PEIL_EDATA && fault && !fault->record) {
        fault->record = state->records + f->failed + 1;
        snprintf(fault->variable, sizeof fault->variable, "%s", f->column->name);
    }
    return status;
}

/* Rows of the block that the header promised. */
static size_t rows_left(const peil_stat_state *state) {
    const size_t left = state->block.head.rows - state->at;
    const uint64_t all = state->header->records, before = state->records;
    const uint64_t promised = all > before ? all - before : 0;
    return state->knows_records && promised < left ? (size_t)promised : left;
}

/* Takes rows of the block as far as the batch has room. The first row that is refused counts, of
 * two in one row the earlier variable. */
static peil_status take_rows(peil_stat_state *state, peil_batch *batch, peil_fault *fault) {
    peil_status result = PEIL_OK;
    const size_t room = batch->capacity - batch->rows, left = rows_left(state);
    filling f = {.state = state, .row = batch->rows, .rows = left < room ? left : room};
    for (size_t i = 0; i < state->layout.ncolumns && f.rows; i++) {
        const size_t variable = state->layout.variable[i];
        if (state->targets[i].column == SIZE_MAX) continue;
        f.column = &batch->columns[state->targets[i].column];
        f.about = &state->header->variables[variable];
        f.clock = state->known[variable].clock;
        const peil_status status = fill_column(&f, i, fault);
        if (status == PEIL_ESYSTEM) return status;
        if (status == PEIL_OK) continue;
        result = status;
        f.rows = f.failed;
    }
    batch->rows += f.rows;
    state->at += f.rows;
    state->records += f.rows;
    return result;
}

static peil_status fill_batch(peil_stat_state *state, peil_batch *batch, peil_fault *fault) {
    const peil_stat_block *head = &state->block.head;
    while (!state->is_done && batch->rows < batch->capacity) {
        if (state->at == head->rows) PEIL_TRY(next_block(state, fault));
        if (state->is_done) break;
        PEIL_TRY(take_rows(state, batch, fault));
        if (state->at < head->rows && rows_left(state) == 0)
            return peil_stat_refuse(PEIL_STAT_ROWS, fault);
        if (state->at == head->rows && head->is_last) return end_rows(state, fault);
    }
    return PEIL_OK;
}

peil_status peil_stat_read_rows(peil_stat_state *state, const size_t *column, peil_batch *batch,
                                peil_fault *fault) {
    peil_batch_begin(batch, state->records + 1);
    state->batch = batch;
    if (!state->targets) PEIL_TRY(begin(state, column, batch, fault));
    check_dictionaries(state, batch);
    const peil_status status = fill_batch(state, batch, fault);
    note_dictionaries(state, batch);
    return status;
}
