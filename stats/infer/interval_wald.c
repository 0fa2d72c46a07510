/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wald: p -+ t_{df,1-alpha/2} se. Not clamped: a bound below 0 or above 1 says that this method
 * does not suit the figure. R survey svyciprop(method = "mean"), the default of SAS. */
#include "infer/interval.h"

static peil_bounds bounds(peil_figure figure, double level) {
    return peil_interval_mean(figure, level);
}

const peil_interval peil_interval_wald = {
    .name = "wald",
    .help = "estimate plus or minus t times its standard error, not clamped (R mean, SAS)",
    .bounds = bounds,
};
