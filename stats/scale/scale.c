/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scale/scale.h"

#include <string.h>

#include "core/nearest.h"

/* The shipped scales, in the order of the list that people see. */
#define ROWS(ROW)               \
    ROW(cohesie)                \
    ROW(verloedering)           \
    ROW(voorzieningen)          \
    ROW(djg11)                  \
    ROW(djg11_emotioneel)       \
    ROW(djg11_sociaal)          \
    ROW(djg6)                   \
    ROW(djg6_emotioneel)        \
    ROW(djg6_sociaal)           \
    ROW(ucla6)                  \
    ROW(k10)                    \
    ROW(mhi5)                   \
    ROW(mhi5_gm)                \
    ROW(mhi5_2024)              \
    ROW(mastery)                \
    ROW(who5)                   \
    ROW(weerbaarheid)           \
    ROW(gamen6)                 \
    ROW(gamen7)                 \
    ROW(vng_verbondenheid)      \
    ROW(vng_verbondenheid_spss) \
    ROW(vng_samenredzaamheid)   \
    ROW(vng_veiligheid)         \
    ROW(vng_leefomgeving)       \
    ROW(vng_voorzieningen)      \
    ROW(vng_ses)                \
    ROW(vng_relaties)           \
    ROW(vng_vangnet)            \
    ROW(vng_veerkracht)         \
    ROW(vng_veerkracht_spss)    \
    ROW(vng_vertrouwen)         \
    ROW(vng_betrouwbaar)        \
    ROW(vng_hostmanship)

#define DECLARE(name) extern const peil_scale peil_scale_##name;
ROWS(DECLARE)
#define ADDRESS(name) &peil_scale_##name,
const peil_scale *const peil_scales[] = {ROWS(ADDRESS) NULL};
#define NAME(name) #name,
static const char *const names[] = {ROWS(NAME)};

const peil_scale *peil_scale_find(const char *name) {
    const peil_scale *const *scale = peil_scales;
    while (*scale && strcmp((*scale)->name, name) != 0) scale++;
    return *scale;
}

const char *peil_scale_nearest(const char *name) {
    return peil_nearest(name, names, sizeof names / sizeof *names);
}

int peil_key_points(const peil_key *key, int code) {
    const bool is_code = code >= key->first && (size_t)(code - key->first) < key->n;
    return is_code ? key->points[code - key->first] : PEIL_NO_CODE;
}

bool peil_key_reverses(const peil_key *key) {
    bool rises = false, falls = false;
    for (size_t i = 0; i < key->n; i++) {
        if (key->points[i] == PEIL_NO_CODE) return false;
        rises = rises || (i && key->points[i] > key->points[i - 1]);
        falls = falls || (i && key->points[i] < key->points[i - 1]);
    }
    return rises != falls;
}
