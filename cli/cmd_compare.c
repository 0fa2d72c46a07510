/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

static const cli_group *const groups[] = {&cli_comparison, &cli_figures,     &cli_respondents,
                                          &cli_design,     &cli_calibration, &cli_replication,
                                          &cli_reading,    &cli_output,      NULL};

static void about(peil_text *out) {
    cli_measures_help(out);
    peil_text_add(
        out,
        "\nColumns of csv and json:\n"
        "  period, reference   what is compared\n"
        "  statistic, df, p    those of the rule; nu is the number of sampled units less\n"
        "                      that of strata, of the respondents of both together (of\n"
        "                      replicate weights in the data: their rank less 1):\n"
        "      t             t on df = nu (R's svyttest takes one less)\n"
        "      rao-scott     F on d and df = d * nu; d is the effective number of answers\n"
        "                    less 1, which is 1 for two answers\n"
        "      rao-scott-1   chi-square on df = answers less 1: X2 over its mean design\n"
        "                    effect (R prints X2 without it, with the same p)\n"
        "      wald          F on k = answers less 1 and df = nu\n"
        "      adjwald       F on k and df = nu - k + 1\n"
        "  p_adjusted, significant   after --adjust; 1 or 0\n"
        "\nRules on answers take percent(...) only. percent(VAR) is tested as a whole: the\n"
        "same p in the row of each answer, one test for --adjust. percent(VAR = x) is\n"
        "that answer against all others. Answers that nobody in either group gave are\n"
        "left out; one that a single group gave makes the test rough (as R does, it is\n"
        "no part of the design effect). Where there is no test, p is empty.\n"
        "\nA trend has a row for each degree up to the one asked, tested by t. Its period\n"
        "is the last value that has a figure, its reference the first, with the degree;\n"
        "the difference of linear is the change from the first to the last along the\n"
        "straight line through all, that of quadratic and cubic the coefficient of the\n"
        "square and the cube of time from 0 to 1. They are orthogonal polynomial\n"
        "contrasts at the values themselves (R: svycontrast with contr.poly on svyby\n"
        "with covmat = TRUE), with the covariances of years that share respondents.\n"
        "\nQuantiles: the covariance is that of the shares at or below them, over the\n"
        "density that each interval implies.\n");
}

const cli_command cli_command_compare = {
    .name = "compare",
    .help = "differences between years or groups, with significance",
    .examples =
        "  # each year against the year before, by area\n"
        "  peil compare enquete.csv -m 'percent(veilig = 1)' --over jaar --by wijk \\\n"
        "      --weight weging --strata jaar,wijk\n"
        "\n"
        "  # each area against the rest, corrected for the number of tests\n"
        "  peil compare enquete.csv -m 'mean(cijfer)' --over wijk --against rest \\\n"
        "      --adjust holm --weight weging\n"
        "\n"
        "  # all answers to a question at once, as svychisq of R does\n"
        "  peil compare enquete.csv -m 'percent(vraag5)' --over jaar --rule rao-scott \\\n"
        "      --weight weging --strata jaar\n"
        "\n"
        "  # is there a trend over all years?\n"
        "  peil compare enquete.csv -m 'percent(veilig = 1)' --over jaar \\\n"
        "      --against linear --weight weging --strata jaar\n"
        "\n"
        "  # each buurt against the rest of its wijk, and each wijk of its gemeente\n"
        "  peil compare enquete.csv -m 'mean(cijfer)' --over buurt,wijk --against rest \\\n"
        "      --hierarchy gebieden.csv --weight weging\n",
    .about = about,
    .groups = groups,
    .takes_team = true,
    .run = peil_run_compare,
};
