/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the files of this folder: values of a monitor file, each taken from its node or refused with
 * its line. A refusal is listed and reading goes on, so that all faults are found. */
#ifndef PEIL_MONITOR_READING_H
#define PEIL_MONITOR_READING_H

#include "monitor/monitor.h"

typedef struct peil_monitor_reading {
    peil_monitor *out;
    peil_faults *faults;
    const char *folder;
    const char *key;    /* whose value is at hand, for messages; "" for none */
    peil_status status; /* PEIL_ESYSTEM: memory ran out, and all comes to nothing */
    peil_fault *fault;
} peil_monitor_reading;

/* What a key of a mapping is for. To add one: a row. */
typedef struct peil_monitor_key {
    const char *name; /* NULL ends a list */
    /* NULL: an option of the request, under its own name. */
    void (*take)(peil_monitor_reading *r, peil_yaml value, void *into);
    bool is_required;
} peil_monitor_key;

void peil_monitor_refuse(peil_monitor_reading *r, size_t line, const char *format, ...)
    PEIL_PRINTF(3, 4);

/* "; is it NAME?" when one of the names is near, else "". */
const char *peil_monitor_nearest(const char *word, const char *const *names, size_t n, char *room,
                                 size_t size);

/* Room that lives as long as the monitor; NULL when there is none. */
void *peil_monitor_room(peil_monitor_reading *r, size_t count, size_t size);

/* Takes every key of a mapping into `into`, and options into `request`; refuses unknown and absent
 * ones. `what` is the subject of messages. */
void peil_take_map(peil_monitor_reading *r, peil_yaml map, const peil_monitor_key *keys,
                   const char *what, void *into, peil_request *request);

void peil_take_text(peil_monitor_reading *r, peil_yaml value, const char **out);
void peil_take_flag(peil_monitor_reading *r, peil_yaml value, bool *out);
void peil_take_whole(peil_monitor_reading *r, peil_yaml value, int high, int *out);

/* One of some words, which end in NULL. */
void peil_take_choice(peil_monitor_reading *r, peil_yaml value, const char *const *words, int *out);

/* The text of a scalar, "" after a refusal. */
const char *peil_take_word(peil_monitor_reading *r, peil_yaml value);

/* A list of names as the command line has it: "a,b". A text is that already. */
const char *peil_take_names(peil_monitor_reading *r, peil_yaml value);

/* Words, one for each value of a list; a single value is one word. */
peil_words peil_take_words(peil_monitor_reading *r, peil_yaml value,
                           const char *(*word)(peil_monitor_reading *r, peil_yaml value));

/* A file's name, from the monitor's folder. */
const char *peil_take_file(peil_monitor_reading *r, peil_yaml value);

/* {2015: "5,7", 2016: "5,9"}, or one text; with `may_repeat` also ["5,7", "5,8"] for one of them.
 */
peil_stated_list peil_take_stated(peil_monitor_reading *r, peil_yaml value, bool may_repeat);

/* What no single key can tell: names that refer to nothing, statements, contradictions. */
void peil_monitor_resolve(peil_monitor_reading *r);

#endif
