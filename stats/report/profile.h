/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is counted of one variable, batch after batch, for a description of the file. Nothing
 * depends on the order of the rows. */
#ifndef PEIL_REPORT_PROFILE_H
#define PEIL_REPORT_PROFILE_H

#include "core/plane.h"
#include "read/batch.h"
#include "report/moments.h"

#define PEIL_DISTINCT_MOST 10000 /* more distinct answers are not counted */
#define PEIL_MOMENT_TEXT 40      /* room for a day and a time */

typedef enum peil_looks {
    PEIL_LOOKS_EMPTY,
    PEIL_LOOKS_WHOLE, /* numbers without decimals */
    PEIL_LOOKS_NUMBER,
    PEIL_LOOKS_DATE,
    PEIL_LOOKS_TEXT
} peil_looks;

/* How often a value was seen: as an answer, and as none because somebody declares it so. */
typedef struct peil_seen {
    uint64_t given, lacked;
} peil_seen;

/* Zero is empty. */
typedef struct peil_profile {
    const peil_batch_column *column; /* its dictionary numbers the values */
    peil_variable about;             /* what all files together say */
    uint64_t rows, given;            /* given: rows with an answer */
    bool forgot_lacked;              /* not all values that are declared missing are in `seen` */
    size_t distinct;                 /* answers; more than PEIL_DISTINCT_MOST: at least so many */
    size_t nseen, seen_capacity;
    peil_seen *seen; /* by code; of a value that was forgotten nothing is left here */
    uint64_t *times; /* scratch: by code, of the batch at hand */
    size_t times_capacity;

    /* of the answers */
    uint64_t numbers, whole, zeros, negative, dates;
    peil_decimal low, high;                               /* of the numbers */
    char first[PEIL_MOMENT_TEXT], last[PEIL_MOMENT_TEXT]; /* of the dates */
    peil_moments moments;                                 /* of the numbers; once finished */

    peil_plane weights; /* by code: the weights of those who gave the answer */
} peil_profile;

/* Takes over what a file says, when its first batch is about to be counted. */
peil_status peil_profile_begin(peil_profile *profile, const peil_batch_column *column,
                               peil_fault *fault) PEIL_CHECKED;

/* Counts the first `rows` rows of the column. lacks: by code, whether the value is no answer. */
peil_status peil_profile_count(peil_profile *profile, const uint8_t *lacks, size_t rows,
                               peil_fault *fault) PEIL_CHECKED;

/* Adds the weights of these rows to their answers'. weighs: by row, whether it has a weight. */
peil_status peil_profile_weigh(peil_profile *profile, const uint8_t *lacks,
                               const peil_addends *weights, const bool *weighs, size_t rows,
                               peil_fault *fault) PEIL_CHECKED;

/* Whether so many values were met that some must be forgotten, and forgets them: with more than
 * PEIL_DISTINCT_MOST answers the dictionary is begun again with those that have a label or are
 * declared missing. `column` is the profile's, and codes change. */
bool peil_profile_is_full(const peil_profile *profile);
peil_status peil_profile_forget(peil_profile *profile, peil_batch_column *column,
                                peil_fault *fault) PEIL_CHECKED;

/* After the last batch. */
peil_status peil_profile_finish(peil_profile *profile, peil_fault *fault) PEIL_CHECKED;

peil_looks peil_profile_looks(const peil_profile *profile);

/* Whether some answers were forgotten, so that not all are in `seen`. */
static inline bool peil_profile_is_long(const peil_profile *profile) {
    return profile->distinct > PEIL_DISTINCT_MOST;
}

static inline const char *peil_profile_text(const peil_profile *profile, uint32_t code) {
    return peil_dictionary_text(&profile->column->dictionary, code);
}

void peil_profile_clear(peil_profile *profile);

#endif
