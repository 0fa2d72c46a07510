/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a pass, read and added to its whole. */
#ifndef PEIL_REPORT_FILES_H
#define PEIL_REPORT_FILES_H

#include "report/study.h"

/* Reads the files of the pass's request, several at once where there are threads for it, and adds
 * them to the whole in their order. Adds them to the report's inputs. Of the files that are refused
 * the first one is told. */
peil_status peil_files_read(peil_pass *pass, peil_report *report, peil_fault *fault) PEIL_CHECKED;

#endif
