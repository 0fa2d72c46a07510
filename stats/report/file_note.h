/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people should know of a file before its figures: how it was read. */
#ifndef PEIL_REPORT_FILE_NOTE_H
#define PEIL_REPORT_FILE_NOTE_H

#include "core/language.h"
#include "read/hierarchy.h"
#include "report/report.h"

/* Takes over what the provenance and the notes say of a file, once it was read. */
peil_status peil_input_describe(peil_input *input, const peil_header *header,
                                peil_fault *fault) PEIL_CHECKED;

/* The same of the areas that it was read with, if there is a hierarchy. */
peil_status peil_input_take_hierarchy(peil_input *input, const peil_hierarchy *hierarchy,
                                      peil_fault *fault) PEIL_CHECKED;

/* Notes the encoding of a file that does not say it itself. */
peil_status peil_note_encoding(const peil_input *input, peil_language language, peil_report *report,
                               peil_fault *fault) PEIL_CHECKED;

/* Notes all that is known of a file: its format, marks, encoding, size and schema. */
peil_status peil_note_file(const peil_input *input, const peil_header *header,
                           peil_language language, peil_report *report,
                           peil_fault *fault) PEIL_CHECKED;

#endif
