/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fixed words of the contract in the words of people. A table's heading may have several
 * lines, separated by a line feed. */
#ifndef PEIL_WRITE_WORDS_H
#define PEIL_WRITE_WORDS_H

#include <stddef.h>

#include "core/language.h"

/* The heading of a column of the contract, or NULL for any other column. */
const char *peil_word_heading(const char *column, peil_language language);

/* A flag, of `length` bytes, in plain words, or NULL when it is not known. */
const char *peil_word_flag(const char *flag, size_t length, peil_language language);

/* A word or phrase given in English. */
const char *peil_word(const char *english, peil_language language);

/* What describe says of a variable's type or role, NULL for another word. */
const char *peil_word_kind(const char *word, peil_language language);

/* The degree of a trend, of `length` bytes, or NULL for another word. */
const char *peil_word_degree(const char *word, size_t length, peil_language language);

/* What a judgement of a target is called, or NULL. */
const char *peil_word_judgement(const char *word, peil_language language);

#endif
