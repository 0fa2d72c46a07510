/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that something happened to, and the tools to let it happen. */
#ifndef PEIL_TESTS_POLLUTED_H
#define PEIL_TESTS_POLLUTED_H

#include "polluted/sheet.h"

typedef enum verdict {
    HARMLESS, /* the figures are what they were */
    HARMFUL,  /* they cannot be known: the file must be refused */
    UNSEEN    /* nobody can see it in the file */
} verdict;

typedef struct polluted {
    const form *form;
    size_t variant;
    verdict verdict; /* as the kind says, until `make` knows better */
    sheet sheet;     /* clean at first */
    peil_text text;  /* the file */
} polluted;

/* The record that a variant is about: the first, one in the middle, the last. */
static inline size_t record_of(const polluted *p) {
    static const size_t records[] = {1, 13, ROWS};
    return records[p->variant % 3];
}

static inline void write_out(polluted *p) {
    write_sheet(p->form, &p->sheet, &p->text);
}

static inline void write_as(polluted *p, form f) {
    write_sheet(&f, &p->sheet, &p->text);
}

static inline void insert(polluted *p, size_t at, const void *bytes, size_t length) {
    splice(&p->text, at, 0, bytes, length);
}

static inline void insert_line(polluted *p, size_t record, const char *line) {
    peil_text whole = {0};
    peil_text_add(&whole, line);
    peil_text_add(&whole, p->form->end);
    insert(p, record_at(p->form, &p->text, record), whole.bytes, whole.length);
    peil_text_clear(&whole);
}

static inline char other_mark(const polluted *p) {
    return p->form->decimal == ',' ? '.' : ',';
}

static inline void replace_char(char *text, char from, char to) {
    for (; *text; text++)
        if (*text == from) *text = to;
}

#endif
