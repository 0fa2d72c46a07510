/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/numbers.h"

#include <stdbool.h>
#include <stdlib.h>

#include "core/array.h"

static bool is_same(peil_number x, peil_decimal a, peil_decimal b) {
    return peil_decimal_equal(x.a, a) && peil_decimal_equal(x.b, b);
}

static size_t place_of(const peil_numbers *numbers, peil_decimal a, peil_decimal b) {
    uint64_t hash = (uint64_t)a.digits * 0x9E3779B97F4A7C15u + (uint32_t)a.scale;
    hash = (hash ^ hash >> 29) * 0xD6E8FEB86659FD93u + (uint64_t)b.digits;
    hash = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u + (uint32_t)b.scale;
    size_t place = (size_t)(hash ^ hash >> 32) & (numbers->nplaces - 1);
    while (numbers->places[place] && !is_same(numbers->values[numbers->places[place] - 1], a, b))
        place = (place + 1) & (numbers->nplaces - 1);
    return place;
}

static peil_status grow(peil_numbers *numbers, peil_fault *fault) {
    peil_numbers wider = *numbers;
    wider.nplaces = numbers->nplaces ? 2 * numbers->nplaces : 32;
    PEIL_TRY(peil_array_make(&wider.places, wider.nplaces, sizeof *wider.places, fault));
    for (size_t i = 0; i < numbers->count; i++)
        wider.places[place_of(&wider, numbers->values[i].a, numbers->values[i].b)] =
            (uint32_t)i + 1;
    free(numbers->places);
    *numbers = wider;
    return PEIL_OK;
}

peil_status peil_numbers_code(peil_numbers *numbers, peil_decimal a, peil_decimal b, uint32_t *code,
                              peil_fault *fault) {
    if (2 * (numbers->count + 1) > numbers->nplaces) PEIL_TRY(grow(numbers, fault));
    const size_t place = place_of(numbers, a, b);
    if (!numbers->places[place]) {
        PEIL_TRY(peil_array_reserve(&numbers->values, &numbers->capacity, numbers->count + 1,
                                    sizeof *numbers->values, fault));
        numbers->values[numbers->count++] = (peil_number){a, b};
        numbers->places[place] = (uint32_t)numbers->count;
    }
    *code = numbers->places[place] - 1;
    return PEIL_OK;
}

void peil_numbers_save(const peil_numbers *numbers, peil_text *out) {
    peil_pack_u64(out, numbers->count);
    for (size_t i = 0; i < numbers->count; i++) {
        peil_pack_decimal(out, numbers->values[i].a);
        peil_pack_decimal(out, numbers->values[i].b);
    }
}

peil_status peil_numbers_load(peil_numbers *numbers, peil_unpacking *in, peil_fault *fault) {
    const size_t n = peil_unpack_count(in, 2 * PEIL_PACKED_DECIMAL);
    for (size_t i = 0; i < n && !in->failed; i++) {
        const peil_decimal a = peil_unpack_decimal(in), b = peil_unpack_decimal(in);
        uint32_t code;
        PEIL_TRY(peil_numbers_code(numbers, a, b, &code, fault));
        peil_unpack_claim(in, code == i);
    }
    return peil_unpack_verdict(in, fault);
}

void peil_numbers_clear(peil_numbers *numbers) {
    free(numbers->values);
    free(numbers->places);
    *numbers = (peil_numbers){0};
}
