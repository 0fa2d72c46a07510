/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A monitor file: what a publication is made of, declared once. Data with their designs, indicators
 * with the figures that were published and the targets that were set, breakdowns and comparisons.
 *
 * The file is read and checked as a whole: all its faults are told in one go. */
#ifndef PEIL_MONITOR_MONITOR_H
#define PEIL_MONITOR_MONITOR_H

#include <stdint.h>

#include "core/faults.h"
#include "monitor/document.h"
#include "monitor/stated.h"
#include "plan/request.h"

/* Something that was stated for a period: a published value, a target. */
typedef struct peil_stated {
    const char *period; /* NULL: for all there is */
    const char *text;   /* as written: "5,7", ">34%" */
    size_t line;
    peil_statement statement;
} peil_stated;

typedef struct peil_stated_list {
    size_t n;
    peil_stated *list;
} peil_stated_list;

/* Data files with one design. */
typedef struct peil_monitor_data {
    const char *name;
    peil_yaml at;         /* its mapping, for the lines of its keys */
    peil_request request; /* files and design; no measures */
    bool is_register;     /* counts of everybody: no sample, so no interval */
    peil_words breaks;    /* periods that are not comparable with those before */
} peil_monitor_data;

#define PEIL_NO_DATA SIZE_MAX

/* Which values are good, when a target is a bare figure. */
typedef enum peil_better { PEIL_BETTER_UNSAID, PEIL_BETTER_HIGHER, PEIL_BETTER_LOWER } peil_better;

typedef struct peil_indicator {
    const char *code; /* unique */
    const char *title, *source, *note;
    peil_yaml at;
    const char *data_name; /* NULL: there is one source */
    size_t data;           /* index of the monitor's data, or PEIL_NO_DATA after a refusal */
    const char *measure, *where, *weight;
    peil_words by; /* its own breakdowns */
    bool has_by;   /* else those of the monitor */
    int decimals;  /* -1: not said */
    peil_stated_list published, target;
    peil_better better;
    const char *baseline; /* a period */
} peil_indicator;

typedef struct peil_monitor {
    const char *title;
    peil_language language; /* of its figures; Dutch unless given */
    bool has_language;      /* it is given: also of what is made of them */
    const char *period;     /* the variable that holds it; NULL: none */
    peil_words breakdowns;
    bool margins;
    peil_words published; /* files with published values */
    size_t ndata;
    peil_monitor_data *data;
    size_t nindicators;
    peil_indicator *indicators;
    peil_request compare; /* against, rule, adjust, level */
    bool has_compare;
    const char *preset; /* a row of plan/preset.h; NULL: none */
    int min_n;          /* fewer respondents: no figure; 0: any number; -1: not said */

    /* what all that is borrowed from */
    peil_yaml at;
    peil_document *document;
    size_t nowned, owned_capacity;
    void **owned;
} peil_monitor;

/* Reads a monitor from a text; `folder` is where the names of its files begin, "" for here. Returns
 * PEIL_EDATA with one fault or more in *faults, each with its line; what could be read is then in
 * *out all the same, so that the rest can be checked. The caller clears both, also after a failure.
 */
peil_status peil_monitor_read(const char *text, size_t length, const char *folder,
                              peil_monitor *out, peil_faults *faults,
                              peil_fault *fault) PEIL_CHECKED;

/* Zeroed room that lives as long as the monitor. */
peil_status peil_monitor_own(peil_monitor *monitor, void *array, size_t count, size_t size,
                             peil_fault *fault) PEIL_CHECKED;

void peil_monitor_clear(peil_monitor *monitor);

/* The names of all keys of a mapping of the format, one after another until NULL: of "monitor",
 * "data", "indicator", "compare" or "disclosure". For who documents them. */
const char *peil_monitor_key_name(const char *mapping, size_t i);

#endif
