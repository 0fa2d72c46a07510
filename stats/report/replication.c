/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/replication.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"

#define REPLICATES 500 /* of a bootstrap: its standard errors then vary by 3 percent */
#define SEED 1

/* ---- what goes together ---- */

/* An option that is given, and what it asks for. */
typedef struct demand {
    bool is_given;
    const char *option;
} demand;

static const char *first_given(const demand *demands, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (demands[i].is_given) return demands[i].option;
    return NULL;
}
#define FIRST_GIVEN(demands) first_given(demands, sizeof(demands) / sizeof *(demands))

/* Nothing is said that replicates in columns, replicates at all or a bootstrap are needed for. */
static peil_status check_needless(const peil_request *r, const peil_replication_words *words,
                                  peil_fault *fault) {
    const demand of_any[] = {{r->replicate_centre, "--replicate-centre"}};
    const demand of_columns[] = {{r->scale > 0, "--scale"}, {r->rscales, "--rscales"}};
    const demand of_bootstrap[] = {{r->replicates, "--replicates"}, {r->seed, "--seed"}};
    const bool is_random = words->method && !words->are_columns && words->method->is_random;
    const char *option = FIRST_GIVEN(of_any);
    if (option && !words->method)
        return peil_fail(fault, PEIL_EUSAGE, "%s needs --replication", option);
    option = FIRST_GIVEN(of_columns);
    if (option && !words->are_columns)
        return peil_fail(fault, PEIL_EUSAGE, "%s goes with --repweights", option);
    option = FIRST_GIVEN(of_bootstrap);
    if (option && !is_random)
        return peil_fail(fault, PEIL_EUSAGE,
                         "%s is for a bootstrap that is made: --replication bootstrap without "
                         "--repweights",
                         option);
    return PEIL_OK;
}

/* The weights of a survey's own replicates hold its design. */
static peil_status check_columns(const peil_request *r, const peil_replication_words *words,
                                 peil_fault *fault) {
    const demand of_design[] = {{r->strata.n, "--strata"},
                                {r->cluster, "--cluster"},
                                {r->fpc, "--fpc"},
                                {r->lonely_psu, "--lonely-psu"}};
    const char *option = FIRST_GIVEN(of_design);
    if (option)
        return peil_fail(
            fault, PEIL_EUSAGE,
            "%s and --repweights do not go together: replicate weights hold the design", option);
    if (!r->weight)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--repweights needs --weight, the weight in the whole sample");
    if (r->df && strcmp(r->df, "strata") == 0)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--df strata needs strata, which --repweights does not tell; it is subset "
                         "or design");
    if (!words->method->scale && !r->rscales)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--replication %s needs --rscales, the factor of each replicate, from the "
                         "survey's documentation",
                         words->method->name);
    return PEIL_OK;
}

static peil_status check_design(const peil_request *r, const peil_replication_words *words,
                                peil_fault *fault) {
    const char *name = r->replication;
    if (!words->method->make)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--replication %s needs --repweights: it cannot be made of a design",
                         name);
    if (!r->cluster)
        return peil_fail(
            fault, PEIL_EUSAGE,
            "--replication %s needs --cluster: the variable that tells the sampled units apart, "
            "such as a respondent's number, or --repweights",
            name);
    if (r->strata.n && words->method->is_unstratified)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--replication %s is for a sample without --strata; jkn takes them", name);
    if (r->fpc && !words->method->takes_fpc)
        return peil_fail(fault, PEIL_EUSAGE, "--replication %s takes no --fpc; jk1 and jkn do",
                         name);
    if (r->fpc && strchr(r->fpc, ','))
        return peil_fail(fault, PEIL_EUSAGE,
                         "--replication %s takes the --fpc of the first stage only", name);
    if (r->lonely_psu && strcmp(r->lonely_psu, "fail") != 0 &&
        strcmp(r->lonely_psu, "certainty") != 0)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--lonely-psu %s is of Taylor linearisation; with --replication it is "
                         "fail or certainty",
                         r->lonely_psu);
    return PEIL_OK;
}

/* ---- the words ---- */

/* The K of fay=K. */
static peil_status read_factor(const char *word, const peil_replication *method, peil_real *factor,
                               peil_fault *fault) {
    const char *equals = strchr(word, '=');
    peil_decimal number;
    *factor = 0;
    if (!strchr(method->name, '=')) return PEIL_OK;
    if (!peil_decimal_read(equals + 1, strlen(equals + 1), &number) || number.digits < 0 ||
        peil_decimal_compare(number, (peil_decimal){1, 0}) >= 0)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--replication %s: the factor is 0 or more and less than 1", word);
    *factor = peil_decimal_real(number);
    return PEIL_OK;
}

static peil_status read_centre(const char *word, bool *is_about_estimate, peil_fault *fault) {
    *is_about_estimate = word && strcmp(word, "estimate") == 0;
    if (!word || *is_about_estimate || strcmp(word, "mean") == 0) return PEIL_OK;
    return peil_fail(fault, PEIL_EUSAGE, "--replicate-centre is mean or estimate");
}

static peil_status find_method(const peil_request *r, peil_replication_words *out,
                               peil_fault *fault) {
    if (!r->replication && r->repweights)
        return peil_fail(fault, PEIL_EUSAGE,
                         "--repweights needs --replication, how the survey made them: brr, fay=K, "
                         "jk1, jkn, bootstrap or sdr");
    if (!r->replication) return PEIL_OK;
    out->method = peil_replication_find(r->replication);
    if (!out->method)
        return peil_fail(fault, PEIL_EUSAGE, "--replication does not know %s", r->replication);
    return read_factor(r->replication, out->method, &out->choice.fay, fault);
}

peil_status peil_replication_read(const peil_request *r, peil_replication_words *out,
                                  peil_fault *fault) {
    *out = (peil_replication_words){.are_columns = r->repweights};
    PEIL_TRY(find_method(r, out, fault));
    PEIL_TRY(check_needless(r, out, fault));
    if (!out->method) return PEIL_OK;
    PEIL_TRY(out->are_columns ? check_columns(r, out, fault) : check_design(r, out, fault));
    PEIL_TRY(read_centre(r->replicate_centre, &out->is_about_estimate, fault));
    out->choice.n = r->replicates > 0 ? (size_t)r->replicates : REPLICATES;
    out->choice.seed = r->seed > 0 ? (uint64_t)r->seed : SEED;
    out->choice.lonely_is_certain = r->lonely_psu && strcmp(r->lonely_psu, "certainty") == 0;
    if (out->choice.n < 2) return peil_fail(fault, PEIL_EUSAGE, "--replicates is 2 or more");
    return PEIL_OK;
}

/* ---- replicates ---- */

/* The next number of a list with commas or spaces between; false when there is none. */
static bool next_number(const char **list, peil_decimal *number, bool *is_number) {
    *list += strspn(*list, ", \t\r\n");
    const size_t length = strcspn(*list, ", \t\r\n");
    *is_number = peil_decimal_read(*list, length, number) && number->digits >= 0;
    *list += length;
    return length > 0;
}

/* A factor for each replicate, or one for all. */
static peil_status read_rscales(const char *list, peil_replicates *out, peil_fault *fault) {
    peil_decimal number;
    bool is_number;
    size_t n = 0;
    for (; next_number(&list, &number, &is_number); n++) {
        if (!is_number)
            return peil_fail(fault, PEIL_EUSAGE, "--rscales: number %zu is none, or below 0",
                             n + 1);
        for (size_t r = n; r < (n ? n + 1 : out->n) && r < out->n; r++)
            out->rscales[r] = peil_decimal_real(number);
    }
    if (n == 1 || n == out->n) return PEIL_OK;
    return peil_fail(fault, PEIL_EUSAGE,
                     "--rscales has %zu numbers for %zu replicate weights; one may stand for all",
                     n, out->n);
}

peil_status peil_replicates_of_columns(const peil_request *request,
                                       const peil_replication_words *words, size_t n,
                                       peil_replicates *out, peil_fault *fault) {
    peil_replication_choice choice = words->choice;
    choice.n = n;
    PEIL_TRY(peil_replicates_make(n, out, fault));
    out->is_about_estimate = words->is_about_estimate;
    if (request->rscales) PEIL_TRY(read_rscales(request->rscales, out, fault));
    if (request->scale > 0)
        out->scale = peil_decimal_real(peil_decimal_of(request->scale));
    else if (words->method->scale)
        out->scale = words->method->scale(&choice);
    return PEIL_OK;
}

peil_status peil_replicates_of_design(const peil_replication_words *words,
                                      const peil_design *design, peil_replicates *out,
                                      peil_record *record, peil_fault *fault) {
    PEIL_TRY(words->method->make(design, &words->choice, out, record, fault));
    out->is_about_estimate = words->is_about_estimate;
    out->design = design;
    return PEIL_OK;
}
