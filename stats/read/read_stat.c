/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/read_stat.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "core/array.h"
#include "core/dictionary.h"
#include "read/read_stat_state.h"

#define MEMORY_LEAST ((uint64_t)512 << 20)
#define BYTES_A_SECOND ((uint64_t)1 << 16) /* of computing; a tenth of the slowest seen */
#define SECONDS_LEAST 10
#define SECONDS_MOST 100000
#define SECONDS_MORE 60 /* of silence, beyond computing */

static bool is_scarce(int resource) {
    struct rlimit limit;
    return getrlimit(resource, &limit) == 0 && limit.rlim_cur < MEMORY_LEAST;
}

/* Whether somebody limits our memory to less than the child's own limit, which a file that is whole
 * does not meet. */
static bool memory_is_scarce(void) {
    return is_scarce(RLIMIT_AS) || is_scarce(RLIMIT_DATA);
}

peil_status peil_stat_refuse(uint32_t fault_number, peil_fault *fault) {
#define WORDS(name, words) words,
    static const char *const words[] = {PEIL_STAT_FAULTS(WORDS)};
    if (fault_number >= PEIL_STAT_NFAULTS) fault_number = PEIL_STAT_DAMAGED;
    if (fault_number == PEIL_STAT_MEMORY && memory_is_scarce()) return peil_fail_memory(fault);
    return peil_fail(fault, PEIL_EDATA, "%s", words[fault_number]);
}

peil_status peil_stat_start(const peil_stat_state *state, const peil_stat_layout *layout,
                            peil_wall **out, peil_fault *fault) {
    const uint64_t seconds = SECONDS_LEAST + state->size / BYTES_A_SECOND;
    const unsigned cpu = seconds < SECONDS_MOST ? (unsigned)seconds : SECONDS_MOST;
    const peil_stat_task task = {state->kind, state->size, layout, state->reading};
    const peil_wall_job job = {
        .file = state->file,
        .block_bytes = layout ? peil_stat_block_bytes(layout) : PEIL_STAT_HEADER_BLOCK,
        .memory_bytes = MEMORY_LEAST + 16 * (state->size < UINT64_MAX / 32 ? state->size : 0),
        .cpu_seconds = cpu,
        .silent_seconds = cpu + SECONDS_MORE,
        .work = peil_stat_work,
        .context = &task,
    };
    return peil_wall_open(&job, out, fault);
}

/* ---- text ---- */

peil_status peil_stat_set_encoding(peil_stat_state *state, const char *encoding,
                                   peil_fault *fault) {
    peil_converter_free(state->converter);
    state->converter = NULL;
    state->header->encoding = encoding;
    state->is_utf8 = strcmp(encoding, "UTF-8") == 0;
    return peil_converter_open(encoding, &state->converter, fault);
}

bool peil_stat_is_ascii(const char *text, size_t length) {
    unsigned char all = 0;
    for (size_t i = 0; i < length; i++) all |= (unsigned char)text[i];
    return all < 0x80;
}

/* Where the file does not say, the first text beyond ASCII decides for all. */
static peil_status decide_encoding(peil_stat_state *state, const char *text, size_t length,
                                   peil_fault *fault) {
    state->may_be_other = false;
    if (peil_text_is_utf8(text, length)) return PEIL_OK;
    state->header->encoding_is_guess = true;
    return peil_stat_set_encoding(state, PEIL_STAT_GUESS, fault);
}

peil_status peil_stat_convert(peil_stat_state *state, const char *text, size_t length,
                              bool is_whole, const char **out, size_t *out_length,
                              peil_fault *fault) {
    size_t used;
    if (state->may_be_other && !peil_stat_is_ascii(text, length))
        PEIL_TRY(decide_encoding(state, text, length, fault));
    state->converted.length = 0;
    PEIL_TRY(peil_converter_convert(state->converter, text, length, is_whole ? NULL : &used,
                                    &state->converted, fault));
    *out = state->converted.bytes ? state->converted.bytes : "";
    *out_length = state->converted.length;
    return PEIL_OK;
}

/* ---- the format ---- */

peil_status peil_stat_open(const peil_stat_kind *kind, peil_source *source,
                           const peil_reading *reading, void **out, peil_header *header,
                           peil_fault *fault) {
    peil_stat_state *state = NULL;
    PEIL_TRY(peil_array_make(&state, 1, sizeof *state, fault));
    *out = state;
    state->kind = kind;
    state->reading = reading;
    state->header = header;
    PEIL_TRY(peil_source_file(source, &state->file, &state->size, fault));
    PEIL_TRY(peil_stat_blocks_make(&state->blocks, fault));
    return peil_stat_read_header(state, fault);
}

peil_status peil_stat_next(void *state, const size_t *column, peil_batch *batch,
                           peil_fault *fault) {
    return peil_stat_read_rows(state, column, batch, fault);
}

uint64_t peil_stat_position(const void *state) {
    return ((const peil_stat_state *)state)->position;
}

uint64_t peil_stat_size(const void *state) {
    return ((const peil_stat_state *)state)->size;
}

/* ---- sharing ---- */

peil_status peil_stat_share(void *opaque, void **other, peil_fault *fault) {
    const peil_stat_state *state = opaque;
    peil_stat_state *guest = NULL;
    PEIL_TRY(peil_array_make(&guest, 1, sizeof *guest, fault));
    *other = guest;
    *guest = (peil_stat_state){.kind = state->kind,
                               .reading = state->reading,
                               .copy = *state->header,
                               .file = state->file,
                               .size = state->size,
                               .knows_records = state->knows_records,
                               .may_be_other = state->may_be_other,
                               .known = state->known,
                               .nvariables = state->nvariables,
                               .is_guest = true,
                               .blocks = state->blocks};
    guest->header = &guest->copy;
    return peil_stat_set_encoding(guest, guest->header->encoding, fault);
}

void peil_stat_stop(void *state) {
    peil_stat_blocks_stop(((peil_stat_state *)state)->blocks);
}

/* What the first text beyond ASCII decided in each of them must be the same. */
static bool learn_encoding(peil_stat_state *state, const peil_stat_state *other) {
    if (other->may_be_other) return true;
    const char *found = other->header->encoding;
    if (!state->may_be_other) return strcmp(state->header->encoding, found) == 0;
    state->may_be_other = false;
    state->header->encoding = found;
    state->header->encoding_is_guess = other->header->encoding_is_guess;
    return true;
}

/* Tags that a reader met tell of the whole file. */
static peil_status learn_tags(const peil_variable *from, peil_variable *into, peil_fault *fault) {
    for (size_t i = 0; i < from->nabsences; i++) {
        const char *text = from->absences[i].text;
        if (text && !peil_variable_lacks_text(into, text))
            PEIL_TRY(peil_variable_add_absence(into, text, strlen(text), fault));
    }
    return PEIL_OK;
}

peil_status peil_stat_join(void *opaque, void *const *others, size_t n, bool *agree,
                           peil_fault *fault) {
    peil_stat_state *state = opaque;
    *agree = true;
    for (size_t i = 0; i < n; i++) {
        const peil_stat_state *other = others[i];
        *agree = learn_encoding(state, other) && *agree;
        for (size_t k = 0; state->batch && other->batch && k < other->batch->ncolumns; k++)
            PEIL_TRY(learn_tags(&other->batch->columns[k].about, &state->batch->columns[k].about,
                                fault));
    }
    return PEIL_OK;
}

void peil_stat_free(void *opaque) {
    peil_stat_state *state = opaque;
    if (!state) return;
    if (!state->is_guest) peil_stat_blocks_free(state->blocks);
    peil_converter_free(state->converter);
    peil_text_clear(&state->converted);
    for (size_t i = 0; state->targets && i < state->layout.ncolumns; i++)
        free(state->targets[i].recent);
    free(state->targets);
    free(state->layout.variable);
    free(state->layout.is_text);
    free(state->block.bytes);
    if (!state->is_guest) free(state->known);
    free(state);
}
