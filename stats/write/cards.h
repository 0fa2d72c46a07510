/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A description of variables with long labels, as a codebook: some lines for each variable, where
 * a table would be wider than any page. */
#ifndef PEIL_WRITE_CARDS_H
#define PEIL_WRITE_CARDS_H

#include <stdbool.h>

#include "write/write.h"

/* Whether a report is to be shown so: what describe found in files with labels. */
bool peil_cards_suit(const peil_report *report);

void peil_cards_add(const peil_report *report, const peil_style *style, peil_text *out);

#endif
