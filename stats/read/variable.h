/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file says of a variable beside its values: its label, its type, the labels of its values,
 * and which of them are no answers. SPSS, Stata and SAS files say it themselves, a schema says it
 * for text files. */
#ifndef PEIL_READ_VARIABLE_H
#define PEIL_READ_VARIABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/fault.h"
#include "core/pack.h"

typedef enum peil_type {
    PEIL_TYPE_UNSAID, /* a text file without a schema */
    PEIL_TYPE_NUMBER,
    PEIL_TYPE_TEXT,
    PEIL_TYPE_DATE /* values are ISO 8601 text: 2015-03-01, 2015-03-01T12:34:56 */
} peil_type;

/* A value that has a label. */
typedef struct peil_label {
    char *value;         /* canonical text, as a dictionary has it */
    bool is_number;      /* `number` is the value */
    peil_decimal number; /* when is_number */
    char *text;          /* the label, spaces around it off */
} peil_label;

/* Values that are no answer: one text, or the numbers from low to high. One number is a range from
 * it to itself. */
typedef struct peil_absence {
    char *text; /* NULL: a range */
    bool has_low, has_high;
    peil_decimal low, high;
} peil_absence;

typedef struct peil_variable {
    char *name;
    char *label; /* NULL: none */
    peil_type type;
    char decimal_mark, group_mark; /* in the numbers of this text file; 0: nobody says */
    size_t nlabels, labels_capacity;
    peil_label *labels; /* in the order of the file */
    uint32_t *places;   /* of labels by their value's hash: label + 1, or 0 */
    size_t nplaces;     /* a power of two, or 0 */
    size_t nabsences, absences_capacity;
    peil_absence *absences;
} peil_variable;

/* Fills an empty variable. All texts are copied; a fault leaves what can be cleared. */
peil_status peil_variable_name(peil_variable *variable, const char *name, size_t length,
                               peil_fault *fault) PEIL_CHECKED;
peil_status peil_variable_describe(peil_variable *variable, const char *label, size_t length,
                                   peil_fault *fault) PEIL_CHECKED;

/* Adds a label for a value, given as its text ("1", "01", "ja", ".a"). An empty label adds nothing.
 * A second label for a value is refused: PEIL_EDATA. */
peil_status peil_variable_add_label(peil_variable *variable, const char *value, size_t value_length,
                                    const char *text, size_t length,
                                    peil_fault *fault) PEIL_CHECKED;

/* Adds values that are no answer: a text (a number's text is that number), or a range. */
peil_status peil_variable_add_absence(peil_variable *variable, const char *text, size_t length,
                                      peil_fault *fault) PEIL_CHECKED;
peil_status peil_variable_add_range(peil_variable *variable, const peil_decimal *low,
                                    const peil_decimal *high, peil_fault *fault) PEIL_CHECKED;

/* The label of a value in canonical text, or NULL; the same as its text. */
const peil_label *peil_variable_find_label(const peil_variable *variable, const char *value);
const char *peil_variable_label_of(const peil_variable *variable, const char *value);

/* The value with that label, or NULL. */
const peil_label *peil_variable_labelled(const peil_variable *variable, const char *label);

/* The label that a mistyped one was probably meant to be; NULL: none is near. */
const char *peil_variable_nearest_label(const peil_variable *variable, const char *text);

/* Whether the file declares a value to be no answer. */
bool peil_variable_lacks_number(const peil_variable *variable, peil_decimal number);
bool peil_variable_lacks_text(const peil_variable *variable, const char *text);

/* Takes over what another file says of the same variable. Refuses (PEIL_EDATA, naming the variable)
 * a number here and text there, two labels for a value that differ in more than case, spaces and
 * punctuation, and a value that is no answer in one file and a labelled answer in the other. */
peil_status peil_variable_agree(peil_variable *into, const peil_variable *from,
                                peil_fault *fault) PEIL_CHECKED;

/* A copy of all; the caller clears it, also after a failure. */
peil_status peil_variable_copy(const peil_variable *from, peil_variable *out,
                               peil_fault *fault) PEIL_CHECKED;
void peil_variable_clear(peil_variable *variable);

/* Into a state file, and out of one: of an empty variable, but for its name. */
void peil_variable_save(const peil_variable *variable, peil_text *out);
peil_status peil_variable_load(peil_variable *variable, peil_unpacking *in,
                               peil_fault *fault) PEIL_CHECKED;

#endif
