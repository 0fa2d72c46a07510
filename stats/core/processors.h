/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many processors there are to work with. */
#ifndef PEIL_CORE_PROCESSORS_H
#define PEIL_CORE_PROCESSORS_H

#include <stddef.h>

/* Those that this process may run on, and no more than what a control group (Linux, version 2)
 * allows it of their time; at least 1. */
size_t peil_processors(void);

#endif
