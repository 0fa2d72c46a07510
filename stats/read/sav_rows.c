/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/sav_rows.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "read/read_stat_pack.h"
#include "read/sav_cells.h"

#define WINDOW ((size_t)1 << 18)
#define RUN_MOST 32  /* cells; the last byte of so many is a filling */
#define LONG_RUN 252 /* bytes of a very long text that count for a run */
#define TEXT_LEAST 256

/* A wanted variable in a row. */
typedef struct column {
    const peil_sav_run *runs; /* of a text, the first */
    size_t nruns;
    size_t at; /* bytes */
} column;

typedef struct work {
    const peil_stat_rows *rows;
    const peil_sav_records *records;
    column *columns; /* as in the layout */
    char *text;      /* one */
    size_t text_room;
} work;

/* ---- where the variables are ---- */

static size_t count_runs(const peil_sav_run *run) {
    return run->length ? ((size_t)run->length + LONG_RUN - 1) / LONG_RUN : 1;
}

/* Whether the runs from there on, of one variable, are such as ReadStat takes for its cells. */
static bool are_usual(const peil_sav_records *records, size_t first, size_t n) {
    const peil_sav_run *run = &records->runs[first];
    if (n > records->nruns - first) return false;
    if (!run->is_text) return run->cells == 1 && run->length == 0;
    for (size_t i = 0; i < n; i++)
        if (run[i].cells > RUN_MOST) return false;
    return true;
}

static size_t cells_of(const peil_sav_run *run, size_t nruns) {
    size_t cells = 0;
    for (size_t i = 0; i < nruns; i++) cells += run[i].cells;
    return cells;
}

/* Finds the columns; false when the variables are not those that ReadStat found, or may be where it
 * would not look for them. */
static bool find_columns(work *w) {
    const peil_sav_records *records = w->records;
    const peil_stat_layout *layout = w->rows->pack->layout;
    uint64_t bytes = 0;
    size_t found = 0, cell = 0, variable = 0;
    for (size_t i = 0; i < records->nruns; variable++) {
        const peil_sav_run *run = &records->runs[i];
        const size_t n = count_runs(run);
        if (!are_usual(records, i, n)) return false;
        if (found < layout->ncolumns && layout->variable[found] == variable) {
            if (layout->is_text[found] != run->is_text) return false;
            w->columns[found++] = (column){run, n, PEIL_SAV_CELL * cell};
        }
        bytes += run->length ? run->length : PEIL_SAV_CELL * run->cells;
        if (run->length > w->text_room) w->text_room = run->length;
        cell += cells_of(run, n);
        i += n;
    }
    w->text_room += PEIL_SAV_CELL - 1; /* ReadStat has as much */
    return found == layout->ncolumns && bytes == w->rows->row_bytes;
}

/* ---- a row ---- */

static uint64_t number_in(const work *w, const unsigned char *cell) {
    const peil_sav_records *records = w->records;
    uint64_t bits;
    memcpy(&bits, cell, sizeof bits);
    const bool is_none = bits == records->no_number || bits == records->ends[0] ||
                         bits == records->ends[1] || isnan(peil_stat_double(bits));
    return is_none ? PEIL_STAT_NAN : bits;
}

/* What of a cell belongs to a text; programs that write UTF-8 leave NULs between its characters. */
static size_t add_cell(const work *w, const unsigned char *cell, size_t length, size_t used) {
    if (used + length > w->text_room) return used;
    if (!w->rows->is_utf8 || !memchr(cell, '\0', length)) {
        memcpy(w->text + used, cell, length);
        return used + length;
    }
    for (size_t i = 0; i < length; i++)
        if (cell[i]) w->text[used++] = (char)cell[i];
    return used;
}

static bool put_text(const work *w, const column *c, const unsigned char *cell) {
    size_t used = 0;
    for (size_t i = 0; i < c->nruns; i++)
        for (uint32_t k = 1; k <= c->runs[i].cells; k++, cell += PEIL_SAV_CELL)
            used = add_cell(w, cell, PEIL_SAV_CELL - (k == RUN_MOST), used);
    while (used && w->text[used - 1] == ' ') used--;
    return peil_stat_pack_text(w->rows->pack, w->text, strnlen(w->text, used));
}

static peil_stat_fault take_row(const work *w, const unsigned char *row) {
    peil_stat_pack *pack = w->rows->pack;
    for (size_t i = 0; i < pack->layout->ncolumns; i++) {
        const column *c = &w->columns[i];
        if (!c->runs->is_text)
            peil_stat_pack_number(pack, number_in(w, row + c->at));
        else if (!put_text(w, c, row + c->at))
            return PEIL_STAT_LONG_TEXT;
    }
    peil_stat_pack_row(pack, w->rows->file->at);
    return PEIL_STAT_NONE;
}

/* ---- all rows ---- */

static size_t window_bytes(const work *w, size_t unit) {
    const size_t wanted = w->rows->window_bytes ? w->rows->window_bytes : WINDOW;
    return wanted < unit ? unit : wanted / unit * unit;
}

static peil_stat_fault take_rows(const work *w, const unsigned char *bytes, size_t length,
                                 size_t row_bytes) {
    peil_stat_fault fault = PEIL_STAT_NONE;
    for (size_t at = 0; at < length && fault == PEIL_STAT_NONE; at += row_bytes)
        fault = take_row(w, bytes + at);
    return fault;
}

/* The survey has seen that the rows fill the file. */
static peil_stat_fault read_plain(const work *w) {
    peil_stat_file *file = w->rows->file;
    const size_t row_bytes = PEIL_SAV_CELL * (size_t)w->records->cells;
    const size_t most = window_bytes(w, row_bytes);
    unsigned char *window = malloc(most);
    peil_stat_fault fault = window ? PEIL_STAT_NONE : PEIL_STAT_MEMORY;
    file->at = w->records->rows_at;
    while (file->at < file->size && fault == PEIL_STAT_NONE) {
        const uint64_t left = file->size - file->at;
        const size_t length = left < most ? (size_t)left : most;
        if (!peil_stat_read_at(file, file->at, window, length)) fault = PEIL_STAT_CUT;
        file->at += length;
        if (fault == PEIL_STAT_NONE) fault = take_rows(w, window, length, row_bytes);
    }
    free(window);
    return fault;
}

static peil_stat_fault read_cells(const work *w, peil_sav_cells *cells, uint64_t *row) {
    const size_t ncells = (size_t)w->records->cells;
    bool is_row = true;
    peil_stat_fault fault = PEIL_STAT_NONE;
    while (is_row && fault == PEIL_STAT_NONE) {
        fault = peil_sav_cells_next(cells, row, ncells, &is_row);
        if (is_row && fault == PEIL_STAT_NONE) fault = take_row(w, (const unsigned char *)row);
    }
    return fault;
}

static peil_stat_fault read_compressed(const work *w) {
    peil_sav_cells cells;
    uint64_t *row = NULL;
    peil_stat_fault fault =
        peil_sav_cells_open(w->rows->file, w->records, window_bytes(w, PEIL_SAV_CELL), &cells);
    if (fault == PEIL_STAT_NONE &&
        peil_array_make(&row, (size_t)w->records->cells, sizeof *row, NULL) != PEIL_OK)
        fault = PEIL_STAT_MEMORY;
    if (fault == PEIL_STAT_NONE) fault = read_cells(w, &cells, row);
    peil_sav_cells_clear(&cells);
    free(row);
    return fault;
}

static peil_stat_fault read_all(work *w) {
    if (peil_array_make(&w->text, w->text_room, 1, NULL) != PEIL_OK) return PEIL_STAT_MEMORY;
    return w->records->compression == PEIL_SAV_PLAIN ? read_plain(w) : read_compressed(w);
}

bool peil_sav_rows_read(const peil_stat_rows *rows, peil_stat_fault *fault) {
    peil_sav_records records;
    work w = {.rows = rows, .records = &records, .text_room = TEXT_LEAST};
    *fault = peil_sav_records_read(rows->file, &records);
    if (*fault == PEIL_STAT_NONE && peil_array_make(&w.columns, rows->pack->layout->ncolumns,
                                                    sizeof *w.columns, NULL) != PEIL_OK)
        *fault = PEIL_STAT_MEMORY;
    const bool takes = *fault != PEIL_STAT_NONE || (!records.is_big_endian && find_columns(&w));
    if (takes && *fault == PEIL_STAT_NONE) *fault = read_all(&w);
    free(w.text);
    free(w.columns);
    peil_sav_records_clear(&records);
    return takes;
}
