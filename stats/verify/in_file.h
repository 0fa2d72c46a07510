/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a source have beside the variables that were asked for: `describe` knows. */
#ifndef PEIL_VERIFY_IN_FILE_H
#define PEIL_VERIFY_IN_FILE_H

#include "plan/request.h"
#include "verify/convention.h"

/* Describes the files of a request in a pass of its own. A weight is what describe takes for one,
 * or a number with decimals that is always positive. What describe refuses has nothing. The caller
 * clears. */
peil_status peil_in_file_find(const peil_request *request, peil_in_file *out,
                              peil_fault *fault) PEIL_CHECKED;
void peil_in_file_clear(peil_in_file *in_file);

#endif
