/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name that a mistyped one was probably meant to be. */
#ifndef PEIL_CORE_NEAREST_H
#define PEIL_CORE_NEAREST_H

#include <stddef.h>

/* The name with the fewest changed, missing, added or swapped letters (case does not count), the
 * first of equals; NULL when none is near: more than a third of the letters differ. */
const char *peil_nearest(const char *word, const char *const *names, size_t n);

#endif
