/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/standard.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/array.h"

static const peil_batch_column *column_of(const peil_study *study) {
    return &study->pass->whole.batch.columns[study->plan.by[study->plan.nby]];
}

/* ---- shares ---- */

static peil_status refuse_unlisted(const peil_study *study, peil_fault *fault) {
    const char *name = column_of(study)->name;
    return peil_refuse(fault, 0, name,
                       "it has a value that --standardise gives no share; if it is no answer, "
                       "--missing '%s: ...' says so",
                       name);
}

/* The level of a value of the data. */
static peil_status find_level(const peil_study *study, uint32_t code, size_t *level,
                              peil_fault *fault) {
    const peil_measure *standard = &study->plan.standard;
    size_t found = standard->nlevels;
    for (size_t i = 0; i < standard->nlevels; i++) {
        if (!peil_literal_is(&standard->levels[i].answer, column_of(study), code)) continue;
        if (found < standard->nlevels)
            return peil_refuse(
                fault, 0, column_of(study)->name, "%s and %s of --standardise are the same value",
                standard->levels[found].answer.text, standard->levels[i].answer.text);
        found = i;
    }
    *level = found;
    return found < standard->nlevels ? PEIL_OK : refuse_unlisted(study, fault);
}

static peil_status take_share(const peil_study *study, size_t level, bool *is_taken,
                              peil_standard *out, peil_fault *fault) {
    const struct peil_recode *share = &study->plan.standard.levels[level];
    if (*is_taken)
        return peil_refuse(fault, 0, column_of(study)->name,
                           "%s of --standardise is more than one value; name each by its code",
                           share->answer.text);
    *is_taken = true;
    out->shares[out->nclasses++] = peil_decimal_real(share->value);
    return PEIL_OK;
}

/* Of all classes, those without anybody as well. */
static void divide_by_sum(const peil_measure *standard, peil_standard *out) {
    peil_real sum = 0;
    for (size_t i = 0; i < standard->nlevels; i++)
        sum += peil_decimal_real(standard->levels[i].value);
    for (size_t k = 0; k < out->nclasses; k++) out->shares[k] /= sum;
    out->lacks_class = out->nclasses < standard->nlevels;
}

static peil_status take_shares(const peil_study *study, const peil_crossing *classes,
                               bool *is_taken, peil_standard *out, peil_fault *fault) {
    size_t level = 0;
    PEIL_TRY(peil_array_make(&out->shares, classes->ncells, sizeof *out->shares, fault));
    for (size_t k = 0; k < classes->ncells; k++) {
        PEIL_TRY(find_level(study, classes->values[0][k], &level, fault));
        PEIL_TRY(take_share(study, level, &is_taken[level], out, fault));
    }
    divide_by_sum(&study->plan.standard, out);
    return PEIL_OK;
}

peil_status peil_study_standard(peil_study *study, peil_fault *fault) {
    const size_t by = study->plan.nby;
    peil_crossing classes = {0};
    bool *is_taken = NULL;
    if (!peil_plan_is_standardised(&study->plan)) return PEIL_OK;
    peil_status status = peil_crossing_make(&study->whole->coder.catalog.cubes[0], &by, 1,
                                            study->by_ranks, &classes, fault);
    if (status == PEIL_OK)
        status = peil_array_make(&is_taken, study->plan.standard.nlevels, sizeof *is_taken, fault);
    if (status == PEIL_OK) status = take_shares(study, &classes, is_taken, &study->standard, fault);
    free(is_taken);
    peil_crossing_clear(&classes);
    return status;
}

/* ---- notes ---- */

peil_status peil_standard_note_outside(const peil_study *study, peil_report *report,
                                       peil_fault *fault) {
    if (!peil_plan_is_standardised(&study->plan)) return PEIL_OK;
    const uint64_t outside = study->whole->coder.without_by[study->plan.nby];
    if (outside == 0) return PEIL_OK;
    return peil_report_note(report, fault,
                            study->request->language == PEIL_DUTCH
                                ? "respondenten zonder waarde van %s: %" PRIu64
                                  "; zij tellen niet mee in gestandaardiseerde cijfers"
                                : "respondents without a value of %s: %" PRIu64
                                  "; they are in no standardised figure",
                            column_of(study)->name, outside);
}

peil_status peil_standard_note_lacking(peil_language language, size_t lacking, peil_report *report,
                                       peil_fault *fault) {
    if (lacking == 0) return PEIL_OK;
    return peil_report_note(
        report, fault,
        language == PEIL_DUTCH
            ? "rijen zonder gestandaardiseerd cijfer, doordat in een van de klassen niemand "
              "antwoordde: %zu van de %zu"
            : "rows without a standardised figure, as nobody in one of the classes answered: %zu "
              "of %zu",
        lacking, report->nrows);
}
