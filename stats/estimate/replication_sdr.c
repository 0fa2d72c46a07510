/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Successive differences of a systematic sample (Fay and Train 1995), as the American Community
 * Survey publishes them; some of its replicate weights are negative. */
#include "estimate/replication.h"

/* 4 / R */
static peil_real scale(const peil_replication_choice *choice) {
    return 4 / (peil_real)choice->n;
}

const peil_replication peil_replication_sdr = {
    .name = "sdr",
    .help = "successive differences; in columns only (R successive-difference)",
    .may_be_negative = true,
    .scale = scale,
};

const peil_replication peil_replication_acs = {
    .name = "acs",
    .help = "the same by its other name (R ACS)",
    .may_be_negative = true,
    .scale = scale,
};
