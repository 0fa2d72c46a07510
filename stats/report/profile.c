/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/profile.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/date.h"

/* Codes that are declared missing and kept when others are forgotten; more are a range of numbers
 * and no list of reasons. */
#define LACKED_MOST 1000
/* A dictionary is begun again at so many values, whatever they are. */
#define VALUES_MOST ((size_t)4 * PEIL_DISTINCT_MOST)

peil_status peil_profile_begin(peil_profile *profile, const peil_batch_column *column,
                               peil_fault *fault) {
    profile->column = column;
    return profile->about.name ? peil_variable_agree(&profile->about, &column->about, fault)
                               : peil_variable_copy(&column->about, &profile->about, fault);
}

/* ---- answers ---- */

static void note_number(peil_profile *p, peil_decimal number, uint64_t times) {
    if (p->numbers == 0 || peil_decimal_compare(number, p->low) < 0) p->low = number;
    if (p->numbers == 0 || peil_decimal_compare(number, p->high) > 0) p->high = number;
    p->numbers += times;
    if (number.scale <= 0) p->whole += times;
    if (number.digits == 0) p->zeros += times;
    if (number.digits < 0) p->negative += times;
}

static void note_text(peil_profile *p, const char *text, uint64_t times) {
    if (strlen(text) >= PEIL_MOMENT_TEXT || !peil_text_is_date(text)) return;
    if (p->dates == 0 || strcmp(text, p->first) < 0) strcpy(p->first, text);
    if (p->dates == 0 || strcmp(text, p->last) > 0) strcpy(p->last, text);
    p->dates += times;
}

static void note_answer(peil_profile *p, uint32_t code, uint64_t times) {
    const peil_value *value = &p->column->dictionary.values[code];
    p->distinct += p->seen[code].given == 0;
    p->seen[code].given += times;
    p->given += times;
    if (value->is_number)
        note_number(p, value->number, times);
    else
        note_text(p, peil_profile_text(p, code), times);
}

static peil_status make_room(peil_profile *p, peil_fault *fault) {
    const size_t count = p->column->dictionary.count;
    PEIL_TRY(peil_array_extend(&p->seen, &p->seen_capacity, count, sizeof *p->seen, fault));
    PEIL_TRY(peil_array_extend(&p->times, &p->times_capacity, count, sizeof *p->times, fault));
    p->nseen = count;
    return PEIL_OK;
}

peil_status peil_profile_count(peil_profile *profile, const uint8_t *lacks, size_t rows,
                               peil_fault *fault) {
    const uint32_t *codes = profile->column->codes;
    PEIL_TRY(make_room(profile, fault));
    for (size_t i = 0; i < rows; i++) profile->times[codes[i]]++;
    for (uint32_t code = 0; code < profile->nseen; code++) {
        const uint64_t times = profile->times[code];
        if (times == 0) continue;
        profile->times[code] = 0;
        if (lacks[code])
            profile->seen[code].lacked += times;
        else
            note_answer(profile, code, times);
    }
    profile->rows += rows;
    return PEIL_OK;
}

peil_status peil_profile_weigh(peil_profile *profile, const uint8_t *lacks,
                               const peil_addends *weights, const bool *weighs, size_t rows,
                               peil_fault *fault) {
    uint32_t *place = NULL;
    if (peil_profile_is_long(profile)) return PEIL_OK; /* nobody asks for the percentages */
    PEIL_TRY(peil_plane_resize(&profile->weights, profile->nseen, fault));
    PEIL_TRY(peil_array_make(&place, rows, sizeof *place, fault));
    for (size_t i = 0; i < rows; i++) {
        const uint32_t code = profile->column->codes[i];
        place[i] = lacks[code] || !weighs[i] ? PEIL_NONE : code;
    }
    const peil_status status = peil_plane_add(&profile->weights, place, weights, rows, fault);
    free(place);
    return status;
}

/* ---- more values than are kept ---- */

/* Takes numbers into the moments: those that are about to be forgotten (no place in `kept`), or
 * all of them (kept is NULL). */
static peil_status add_moments(peil_profile *p, const uint32_t *kept, peil_fault *fault) {
    peil_decimal *numbers = NULL, *times = NULL;
    size_t n = 0;
    PEIL_TRY(peil_array_make(&numbers, p->nseen, sizeof *numbers, fault));
    peil_status status = peil_array_make(&times, p->nseen, sizeof *times, fault);
    for (uint32_t code = 0; code < p->nseen && status == PEIL_OK; code++) {
        const peil_value *value = &p->column->dictionary.values[code];
        if (!value->is_number || p->seen[code].given == 0) continue;
        if (kept && kept[code] != PEIL_NONE) continue;
        numbers[n] = value->number;
        times[n++] = (peil_decimal){(int64_t)p->seen[code].given, 0};
    }
    if (status == PEIL_OK) status = peil_moments_add(&p->moments, numbers, times, n, fault);
    free(numbers);
    free(times);
    return status;
}

bool peil_profile_is_full(const peil_profile *profile) {
    return peil_profile_is_long(profile) || profile->nseen > VALUES_MOST;
}

static size_t count_lacked(const peil_profile *p) {
    size_t n = 0;
    for (uint32_t code = 0; code < p->nseen; code++) n += p->seen[code].lacked > 0;
    return n;
}

static bool is_kept(const peil_profile *p, uint32_t code) {
    const peil_seen *seen = &p->seen[code];
    if (seen->given && !peil_profile_is_long(p)) return true;
    if (seen->lacked && !p->forgot_lacked) return true;
    return (seen->given || seen->lacked) &&
           peil_variable_label_of(&p->about, peil_profile_text(p, code));
}

/* Fills a dictionary with the values that are kept: kept[code] is their place there. */
static peil_status keep_values(const peil_profile *p, peil_dictionary *fresh, uint32_t *kept,
                               peil_fault *fault) {
    PEIL_TRY(peil_dictionary_code(fresh, "", 0, &kept[PEIL_MISSING_CODE], fault));
    for (uint32_t code = 1; code < p->nseen; code++) {
        kept[code] = PEIL_NONE;
        if (is_kept(p, code))
            PEIL_TRY(
                peil_dictionary_adopt(fresh, &p->column->dictionary, code, &kept[code], fault));
    }
    return PEIL_OK;
}

static peil_status move_weights(peil_profile *p, const uint32_t *kept, size_t count,
                                peil_fault *fault) {
    peil_plane moved = {0};
    peil_status status = PEIL_OK;
    if (!peil_profile_is_long(p) && p->weights.count) {
        status = peil_plane_resize(&moved, count, fault);
        if (status == PEIL_OK) status = peil_plane_merge(&moved, &p->weights, kept, fault);
    }
    peil_plane_clear(&p->weights);
    p->weights = moved;
    return status;
}

/* Counts move down to their new places, which are never higher than the old ones. */
static void move_counts(peil_profile *p, const uint32_t *kept, size_t count) {
    for (uint32_t code = 0; code < p->nseen; code++) {
        const peil_seen seen = p->seen[code];
        p->seen[code] = (peil_seen){0};
        if (kept[code] != PEIL_NONE) p->seen[kept[code]] = seen;
    }
    p->nseen = count;
}

peil_status peil_profile_forget(peil_profile *profile, peil_batch_column *column,
                                peil_fault *fault) {
    peil_dictionary fresh = {0};
    uint32_t *kept = NULL;
    PEIL_TRY(peil_array_make(&kept, profile->nseen, sizeof *kept, fault));
    profile->forgot_lacked = profile->forgot_lacked || count_lacked(profile) > LACKED_MOST;
    peil_status status = keep_values(profile, &fresh, kept, fault);
    if (status == PEIL_OK) status = add_moments(profile, kept, fault);
    if (status == PEIL_OK) status = move_weights(profile, kept, fresh.count, fault);
    if (status == PEIL_OK) {
        move_counts(profile, kept, fresh.count);
        peil_dictionary_clear(&column->dictionary);
        column->dictionary = fresh;
    } else {
        peil_dictionary_clear(&fresh);
    }
    free(kept);
    return status;
}

peil_status peil_profile_finish(peil_profile *profile, peil_fault *fault) {
    PEIL_TRY(make_room(profile, fault));
    return profile->numbers == profile->given ? add_moments(profile, NULL, fault) : PEIL_OK;
}

/* ---- what it looks like ---- */

peil_looks peil_profile_looks(const peil_profile *p) {
    if (p->given == 0) return PEIL_LOOKS_EMPTY;
    if (p->dates == p->given) return PEIL_LOOKS_DATE;
    if (p->numbers < p->given || p->about.type == PEIL_TYPE_TEXT) return PEIL_LOOKS_TEXT;
    return p->whole == p->numbers ? PEIL_LOOKS_WHOLE : PEIL_LOOKS_NUMBER;
}

void peil_profile_clear(peil_profile *profile) {
    peil_variable_clear(&profile->about);
    peil_moments_clear(&profile->moments);
    peil_plane_clear(&profile->weights);
    free(profile->seen);
    free(profile->times);
    *profile = (peil_profile){0};
}
