/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a Stata file, read behind the wall: whatever becomes of the child, this process
 * goes on. */
#include "fuzz/stat_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    return stat_fuzz(NULL, bytes, length);
}
