/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of variables as a Frictionless Table Schema, which read/schema.h reads again: the
 * companion of a file that is turned into csv. */
#ifndef PEIL_REPORT_TABLE_SCHEMA_H
#define PEIL_REPORT_TABLE_SCHEMA_H

#include "core/language.h"
#include "report/profile.h"
#include "report/report.h"

/* Makes the schema the report's document. A field has its title, its type, the labelled values and
 * all others that occur as categories, and the values that are declared missing. Ranges of these,
 * which a Table Schema has not, become the values that occur, and a note says so; refused
 * (PEIL_EDATA) when these are too many. */
peil_status peil_table_schema_make(const peil_profile *profiles, size_t n, peil_language language,
                                   peil_report *report, peil_fault *fault) PEIL_CHECKED;

#endif
