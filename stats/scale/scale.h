/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shipped scales: how published questionnaires turn answers into a score, as data. Each row holds
 * what its source says and tells what the source does not say; what was not found is not here. To
 * add one: a row in the file of its family and its name in scale.c. */
#ifndef PEIL_SCALE_SCALE_H
#define PEIL_SCALE_SCALE_H

#include <stdbool.h>
#include <stddef.h>

/* What the answers to an item count for: those to the codes first, first + 1, ... */
typedef struct peil_key {
    int first;                 /* Mandatory. The lowest code. */
    size_t n;                  /* Mandatory. Codes. */
    const signed char *points; /* Mandatory. By code, at least 0; PEIL_NO_CODE: no such code. */
} peil_key;

#define PEIL_NO_CODE (-1)

typedef struct peil_scale_item {
    const char *label;   /* Mandatory. A few words, in Dutch, or its variable's name. */
    const char *text;    /* Optional. As it is put to respondents, in Dutch. */
    const peil_key *key; /* Mandatory. */
} peil_scale_item;

typedef enum peil_counting {
    PEIL_SCORE_MEAN, /* the mean of the points, mapped from their range to that of the score */
    PEIL_SCORE_COUNT /* the sum of points of 0 and 1; an item without an answer adds 0 */
} peil_counting;

/* The scores from low to high. A score that lies in no class counts as missing. */
typedef struct peil_class {
    const char *name; /* Mandatory. In Dutch. */
    int low, high;    /* Mandatory. */
    bool above;       /* low itself is outside */
    bool below;       /* high itself is outside */
} peil_class;

typedef struct peil_scale {
    const char *name;             /* Mandatory. A name in the language. */
    const char *title;            /* Mandatory. In Dutch. */
    const char *answers;          /* Optional. What the codes stand for, in Dutch. */
    size_t nitems;                /* Mandatory. */
    const peil_scale_item *items; /* Mandatory. In the order in which variables are given. */
    peil_counting counting;       /* Mandatory. */
    int points_low, points_high;  /* Mandatory. The range of the items' points. */
    int score_low, score_high;    /* Mandatory. The range of the score. */
    size_t min_valid;             /* Mandatory. Items that must have an answer. */
    bool imputes;                 /* A missing item gets its mean in the sample; else MEAN is that
                                     of the items with an answer. */
    size_t nclasses;
    const peil_class *classes; /* Optional. In order. */
    const char *source;        /* Mandatory. Where the rule stands. */
    const char *remark[2];     /* Optional. By language: what the source does not say. */
} peil_scale;

extern const peil_scale *const peil_scales[]; /* ends in NULL */

/* The scale of that name, or NULL; and the nearest name, or NULL, for whoever wrote another. */
const peil_scale *peil_scale_find(const char *name);
const char *peil_scale_nearest(const char *name);

/* The points of a code; PEIL_NO_CODE when the item has no such code. */
int peil_key_points(const peil_key *key, int code);

/* Whether the codes have an order, so that they can run the other way: no code is missing among
 * them and the points only rise or only fall. */
bool peil_key_reverses(const peil_key *key);

/* For the families: a key, items and classes with their number. */
#define PEIL_KEY(name, lowest, ...)                           \
    static const signed char name##_points[] = {__VA_ARGS__}; \
    static const peil_key name = {                            \
        .first = (lowest), .n = sizeof name##_points, .points = name##_points}
#define PEIL_ITEMS(list) .items = (list), .nitems = sizeof(list) / sizeof *(list)
#define PEIL_CLASSES(list) .classes = (list), .nclasses = sizeof(list) / sizeof *(list)

#endif
