/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PEIL_REPORT_RANK_H
#define PEIL_REPORT_RANK_H

#include "read/batch.h"

/* The order in which people see the values of a column: numbers by value; text in the order of its
 * labels, else by bytes; the missing value first. `aside`: as for peil_dictionary_rank. Writes
 * ranks[code] for every code of the dictionary. */
peil_status peil_rank_values(const peil_batch_column *column, const uint8_t *aside, uint32_t *ranks,
                             peil_fault *fault) PEIL_CHECKED;

#endif
