/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The request's words on how files are to be read. */
#ifndef PEIL_REPORT_READING_H
#define PEIL_REPORT_READING_H

#include "plan/plan.h"
#include "read/reader.h"

/* How one of the request's files is read, with room for what `reading` borrows. */
typedef struct peil_file_reading {
    peil_reading reading;
    char period[256], value[256];
} peil_file_reading;

/* Fills *out for file number `file` of the request. PEIL_EUSAGE where the words are wrong. */
peil_status peil_file_reading_make(const peil_request *request, size_t file, peil_file_reading *out,
                                   peil_fault *fault) PEIL_CHECKED;

/* Refuses a year that the file lacks where the names of the files have it: --period is meant.
 * PEIL_EDATA.
 */
peil_status peil_reading_check_year(const peil_request *request, const peil_batch *batch,
                                    const peil_header *header, peil_fault *fault) PEIL_CHECKED;

/* Tells whoever wants to know how far a file is read; before its first row too, with rows 0. */
void peil_reading_tell(const peil_request *request, const peil_reader *reader, uint64_t rows);

/* Refuses missing codes of a variable that the file does not have: a slip of the pen. PEIL_EDATA.
 */
peil_status peil_reading_check_missing(const peil_plan *plan, const peil_header *header,
                                       peil_fault *fault) PEIL_CHECKED;

#endif
