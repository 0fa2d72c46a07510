/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

static const cli_group *const groups[] = {&cli_figures, &cli_together,    &cli_respondents,
                                          &cli_design,  &cli_calibration, &cli_replication,
                                          &cli_reading, &cli_output,      NULL};

static void about(peil_text *out) {
    cli_measures_help(out);
    peil_text_add(
        out,
        "\nColumns of csv and json:\n"
        "  estimate, se, ci_low, ci_high   percentages go from 0 to 100\n"
        "  n, cases        respondents with a valid answer; those in the category\n"
        "  weighted_n      the sum of their weights\n"
        "  n_eff, deff     respondents of a simple random sample with the same margin;\n"
        "                  the variance over that of such a sample\n"
        "  df              degrees of freedom of the interval\n"
        "  flag            boundary (0 or 100 percent), df (too few for an interval),\n"
        "                  standard (nobody in one of the classes of --standardise),\n"
        "                  edge (a quantile's interval reaches the end of the data, where\n"
        "                  a bound may be missing), lonely (see --lonely-psu),\n"
        "                  replicates (the figure does not exist in some of them,\n"
        "                  which its standard error leaves out)\n"
        "  With replicate weights every interval rests on the standard error of the\n"
        "  figure itself, logit too (R xlogit; R logit takes that of the log-odds).\n");
}

const cli_command cli_command_table = {
    .name = "table",
    .help = "figures with confidence intervals, by group",
    .examples =
        "  # raised cholesterol by group, from a sample of clusters within strata\n"
        "  peil table nhanes.csv -m 'percent(HI_CHOL = 1)' --by race \\\n"
        "      --weight WTMEC2YR --strata SDMVSTRA --cluster SDMVPSU\n"
        "\n"
        "  # a mark and every answer to a question, by area and year, 9 is no answer\n"
        "  peil table enquete.csv -m 'mean(cijfer)' -m 'percent(vraag5)' \\\n"
        "      --by wijk,jaar --margins --weight weging --missing 'vraag5: 9'\n"
        "\n"
        "  # a scale score, as csv at full precision\n"
        "  peil table enquete.csv --by jaar -f csv -o cohesie.csv \\\n"
        "      -m 'cohesie: scale(kent, -prettig; 1..5 -> 0..10; min 2)'\n",
    .about = about,
    .groups = groups,
    .takes_team = true,
    .run = peil_run_table,
};
