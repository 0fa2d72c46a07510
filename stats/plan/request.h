/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user asks, as plain words: the command line's options under their own names. All strings
 * are borrowed; NULL and 0 mean "not given" and have the documented default. */
#ifndef PEIL_PLAN_REQUEST_H
#define PEIL_PLAN_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/language.h"

/* A list of words, in the order given. */
typedef struct peil_words {
    size_t n;
    const char *const *word;
} peil_words;

typedef struct peil_request {
    peil_words files;        /* "-" is stdin */
    peil_words names;        /* scales: which ones */
    peil_words measures;     /* measure language, "NAME: MEASURE" or "MEASURE" */
    peil_words by;           /* "a,b": one crossed breakdown a word */
    const char *standardise; /* "VAR: VALUE = SHARE, ...": as if every group had these shares */
    peil_words missing;      /* "q1,q2: 8 9" or "9 NA" */
    peil_words strata;       /* "a,b": one stage a word */
    const char *cluster;     /* "a,b": stages left to right */
    const char *fpc;         /* "a,b": stages left to right */
    const char *weight;
    const char *missing_weight;   /* fail | zero */
    const char *where, *sample;   /* conditions */
    const char *hierarchy;        /* a file of areas in areas */
    const char *lonely_psu;       /* fail | certainty | adjust | average */
    const char *df;               /* subset | strata | design */
    const char *repweights;       /* "rep*", "a1,a2": variables with replicate weights */
    const char *replication;      /* a row of estimate/replication.h; "fay=0.5" */
    const char *replicate_centre; /* mean | estimate */
    const char *rscales;          /* "0.5" or "0.5,0.67,...": a factor for each replicate */
    double scale;         /* the factor of the sum of squares; the method's unless given (0) */
    int replicates, seed; /* of a bootstrap; 500 and 1 unless given (0) */
    const char *interval; /* a row of infer/interval.h; logit unless given */
    double level;         /* percent, between 0 and 100; 95 unless given (0) */
    bool simultaneous;    /* table: intervals hold for all groups of a breakdown together */
    bool margins, include_missing;
    bool total;  /* a row for everybody beside the breakdowns, as margins have */
    bool check;  /* of a monitor: see whether all is there, and compute nothing */
    bool replay; /* the file is a result, which is made again */

    const char *preset;      /* a row of plan/preset.h: options that are not given otherwise */
    const char *reliability; /* a row of infer/reliability.h: flags figures; none unless given */
    int min_n;               /* figures of fewer respondents are not shown; any unless given (0) */

    /* calibration */
    peil_words targets;     /* files of targets */
    const char *calibrate;  /* a row of calibrate/distance.h; rake unless given */
    const char *bounds;     /* "LOW,HIGH": of g */
    const char *population; /* the number of people, or sum: that of the weights */
    const char *trim;       /* "LOW,HIGH": of the weights; weight */
    const char *id;         /* "a,b": variables in the file of weights; weight */
    const char *new_weight; /* its name, weight unless given; weight */
    bool keep_weights;      /* the report holds the weights of all rows; weight */

    /* compare */
    const char *over;    /* the variable whose values are compared */
    const char *against; /* previous | first | rest | a value | a row of infer/trend.h */
    const char *rule;    /* a row of infer/rule.h; t unless given */
    const char *adjust;  /* none | bonferroni | holm | bh */

    /* verify */
    peil_words published; /* files with published values */
    bool explain;         /* find out why figures differ */

    /* describe */
    bool schema; /* a Table Schema of the files, in place of rows */

    /* how files are read */
    const char *delimiter; /* one character, or tab */
    const char *decimal;   /* comma | point */
    const char *encoding;
    bool no_header;
    const char *period; /* VAR: the year in the file's name; VAR=2015,2017: by file */

    /* parts */
    const char *part;           /* tally: "k/n", which part this is */
    bool partial;               /* merge: a state again, in place of figures */
    bool may_be_empty;          /* a file without a row is no fault: another part may have some */
    struct peil_states *states; /* add these up in place of reading files; or NULL */

    const struct peil_team *team; /* processes that read the files together; NULL: this one */

    peil_language language;  /* of notes */
    bool language_is_chosen; /* by the user, so that a monitor's own does not hold */
    bool hash_inputs;        /* the report wants the inputs' sha256 */

    /* How the input is cut into blocks, and how many threads read them at most; results never
     * depend on it. 0: the default, which is as many as there are processors, or one for a rank. */
    size_t block_bytes, batch_rows;
    int threads;

    /* Told how far the file at hand is read, or NULL: rows (0: it is begun) and bytes so far, and
     * all its bytes when known, else 0. Always from the thread that runs the command. */
    void (*progress)(void *context, uint64_t rows, uint64_t bytes, uint64_t all);
    void *progress_context;
} peil_request;

#endif
