/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small survey from a seed, and its file in any form that means the same. */
#ifndef PEIL_TESTS_PEOPLE_H
#define PEIL_TESTS_PEOPLE_H

#include "support/figures.h"

typedef struct person {
    int stratum, cluster; /* clusters are numbered within strata */
    int q, group, year;   /* q: 1 to 5, 0 missing, 9 refused */
    int weight;           /* hundredths; sometimes 0 */
    int64_t y;            /* tenths; -1 missing */
    int z;                /* 1 to 20 */
    size_t id;
} person;

static inline void people_make(uint64_t seed, person *people, size_t n) {
    for (size_t i = 0; i < n; i++) {
        person *p = &people[i];
        p->stratum = 1 + (int)random_below(&seed, 4);
        p->cluster = 1 + (int)random_below(&seed, 5);
        p->q = (int)random_below(&seed, 12);
        if (p->q > 5) p->q = p->q == 6 ? 9 : p->q == 7 ? 0 : 1 + p->q % 3;
        p->group = (int)random_below(&seed, 3);
        p->year = 2014 + (int)random_below(&seed, 3);
        p->weight = random_below(&seed, 20) ? 1 + (int)random_below(&seed, 400) : 0;
        p->y = random_below(&seed, 15) ? (int64_t)random_below(&seed, 100) : -1;
        p->z = 1 + (int)random_below(&seed, 20);
        p->id = i;
    }
}

/* Replicate weights, the fields P to V: how often a cluster counts. */
#define PEOPLE_REPLICATES "P,Q,R,S,T,U,V"
static inline int people_times(const person *p, int replicate) {
    static const int times[] = {1, 0, 2, 1, 3, 0, 1};
    return times[(3 * p->stratum + p->cluster * (replicate + 1) + replicate) % 7];
}

/* How people become a file. Zero is the plain form of every field. */
typedef struct layout {
    const char *columns; /* letters of fields in order; "hcwqyzgjifFPQRSTUV" */
    const char *end;     /* of lines; "\n" */
    char separator;      /* ',' */
    bool quoted;         /* every field between quotes */
    bool marked;         /* begins with a byte order mark */
    bool unended;        /* the last line has no end */
    bool turned;         /* q counts from the other end: 6 - q */
    int weight_times;    /* weights times this; 1 */
    int weight_power;    /* and times ten to this */
    int64_t y_more;      /* added to y, in tenths */
} layout;

static inline void people_add_field(const person *p, char field, const layout *l, peil_text *out) {
    const int64_t y = p->y + l->y_more;
    const int64_t weight = (int64_t)p->weight * (l->weight_times ? l->weight_times : 1);
    switch (field) {
        case 'h':
            peil_text_add_format(out, "%d", p->stratum);
            break;
        case 'c':
            peil_text_add_format(out, "%d", p->cluster);
            break;
        case 'w':
            peil_text_add_format(out, "%" PRId64 "e%d", weight, l->weight_power - 2);
            break;
        case 'q':
            if (p->q) peil_text_add_format(out, "%d", l->turned && p->q < 9 ? 6 - p->q : p->q);
            break;
        case 'y':
            if (p->y >= 0) peil_text_add_format(out, "%" PRId64 ".%d", y / 10, (int)(y % 10));
            break;
        case 'z':
            peil_text_add_format(out, "%d", p->z);
            break;
        case 'g':
            peil_text_add(out, (const char *[]){"noord", "oost, \"b\"", "zuid"}[p->group]);
            break;
        case 'j':
            peil_text_add_format(out, "%d", p->year);
            break;
        case 'i':
            peil_text_add_format(out, "%zu", p->id);
            break;
        case 'f':
            peil_text_add_format(out, "%d", 10 * p->stratum);
            break;
        case 'F':
            peil_text_add(out, "400");
            break;
        default:
            cr_assert(field >= 'P' && field <= 'V', "no field %c", field);
            peil_text_add_format(out, "%" PRId64 "e%d", weight * people_times(p, field - 'P'),
                                 l->weight_power - 2);
    }
}

static inline void people_add_quoted(const person *p, char field, const layout *l, peil_text *out) {
    peil_text plain = {0};
    peil_text_add(&plain, "");
    people_add_field(p, field, l, &plain);
    const bool quoted = l->quoted || strpbrk(plain.bytes, ",;\t\"");
    if (quoted) peil_text_add(out, "\"");
    for (const char *c = plain.bytes; *c; c++) {
        if (*c == '"') peil_text_add(out, "\"");
        peil_text_add_bytes(out, c, 1);
    }
    if (quoted) peil_text_add(out, "\"");
    peil_text_clear(&plain);
}

static inline const char *people_name(char field) {
    static const char names[] = "h\0c\0w\0q\0y\0z\0g\0j\0i\0f\0F\0P\0Q\0R\0S\0T\0U\0V";
    for (size_t i = 0; i < sizeof names; i += 2)
        if (names[i] == field) return &names[i];
    return NULL;
}

/* The text of a file of n people. */
static inline peil_text people_text(const person *people, size_t n, layout l) {
    peil_text out = {0};
    if (!l.columns) l.columns = "hcwqyzgjifFPQRSTUV";
    if (!l.end) l.end = "\n";
    if (!l.separator) l.separator = ',';
    if (l.marked) peil_text_add(&out, "\xEF\xBB\xBF");
    for (const char *c = l.columns; *c; c++) {
        if (c > l.columns) peil_text_add_bytes(&out, &l.separator, 1);
        peil_text_add(&out, people_name(*c));
    }
    for (size_t i = 0; i < n; i++) {
        peil_text_add(&out, l.end);
        for (const char *c = l.columns; *c; c++) {
            if (c > l.columns) peil_text_add_bytes(&out, &l.separator, 1);
            people_add_quoted(&people[i], *c, &l, &out);
        }
    }
    if (!l.unended) peil_text_add(&out, l.end);
    cr_assert_not(out.failed);
    return out;
}

static inline scratch people_file(const person *people, size_t n, layout l) {
    peil_text text = people_text(people, n, l);
    const scratch file = scratch_make("data.csv", text.bytes, text.length);
    peil_text_clear(&text);
    return file;
}

/* Targets that their weights can be made to meet. */
#define PEOPLE_TARGETS PEIL_TESTS_DIR "/property/targets.csv"

/* Another order (Fisher and Yates). */
static inline void people_shuffle(uint64_t seed, person *people, size_t n) {
    for (size_t i = n; i > 1; i--) {
        const size_t k = random_below(&seed, i);
        const person swap = people[i - 1];
        people[i - 1] = people[k];
        people[k] = swap;
    }
}

#endif
