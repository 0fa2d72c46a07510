/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate/distance.h"

/* With one margin every distance gives target over start in each category: Holt and Smith (1979).
 * R: postStratify. */
const peil_distance peil_distance_poststratify = {
    .name = "poststratify",
    .help = "one margin, perhaps crossed: each category to its target at once",
    .one_margin = true,
    .g = peil_linear_g,
    .slope = peil_linear_slope,
};
