/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of .sav and .zsav files, read without ReadStat, which takes several times as long over
 * them: only the cells of wanted variables are looked at. Says what ReadStat says; that takes what
 * is declined here. */
#ifndef PEIL_READ_SAV_ROWS_H
#define PEIL_READ_SAV_ROWS_H

#include "read/read_stat.h"

/* The same as peil_stat_kind's read_rows. */
bool peil_sav_rows_read(const peil_stat_rows *rows, peil_stat_fault *fault);

#endif
