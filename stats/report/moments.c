/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/moments.h"

#include <stdlib.h>

#include "core/array.h"

/* The addends of one batch: times * number^power. */
typedef struct powers {
    peil_addends number, times, once, twice;
} powers;

static peil_status make_powers(const peil_decimal *numbers, const peil_decimal *times, size_t n,
                               int32_t scale, powers *out, peil_fault *fault) {
    PEIL_TRY(peil_addends_of(&out->number, numbers, n, scale, fault));
    PEIL_TRY(peil_addends_of(&out->times, times, n, 0, fault));
    PEIL_TRY(peil_addends_multiply(&out->once, &out->number, &out->times, n, fault));
    return peil_addends_multiply(&out->twice, &out->once, &out->number, n, fault);
}

static void clear_powers(powers *p) {
    peil_addends_clear(&p->number);
    peil_addends_clear(&p->times);
    peil_addends_clear(&p->once);
    peil_addends_clear(&p->twice);
}

/* Makes the scale no less than that of any number. */
static peil_status raise(peil_moments *moments, const peil_decimal *numbers, size_t n,
                         peil_fault *fault) {
    int32_t scale = moments->scale;
    for (size_t i = 0; i < n; i++)
        if (numbers[i].scale > scale) scale = numbers[i].scale;
    const int32_t more = scale - moments->scale;
    if (moments->sum.count && more > 0) {
        PEIL_TRY(peil_plane_scale(&moments->sum, more, fault));
        PEIL_TRY(peil_plane_scale(&moments->squares, 2 * more, fault));
    }
    moments->scale = scale;
    PEIL_TRY(peil_plane_resize(&moments->sum, 1, fault));
    return peil_plane_resize(&moments->squares, 1, fault);
}

peil_status peil_moments_add(peil_moments *moments, const peil_decimal *numbers,
                             const peil_decimal *times, size_t n, peil_fault *fault) {
    powers p = {0};
    uint32_t *place = NULL; /* all to the one sum */
    if (n == 0) return PEIL_OK;
    PEIL_TRY(raise(moments, numbers, n, fault));
    PEIL_TRY(peil_array_make(&place, n, sizeof *place, fault));
    peil_status status = make_powers(numbers, times, n, moments->scale, &p, fault);
    if (status == PEIL_OK) status = peil_plane_add(&moments->sum, place, &p.once, n, fault);
    if (status == PEIL_OK) status = peil_plane_add(&moments->squares, place, &p.twice, n, fault);
    clear_powers(&p);
    free(place);
    return status;
}

peil_real peil_moments_sum(const peil_moments *moments) {
    return moments->sum.count ? peil_plane_real(&moments->sum, 0) / peil_real_pow10(moments->scale)
                              : 0;
}

peil_real peil_moments_squares(const peil_moments *moments) {
    return moments->squares.count
               ? peil_plane_real(&moments->squares, 0) / peil_real_pow10(2 * moments->scale)
               : 0;
}

void peil_moments_clear(peil_moments *moments) {
    peil_plane_clear(&moments->sum);
    peil_plane_clear(&moments->squares);
    *moments = (peil_moments){0};
}
