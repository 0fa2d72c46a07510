/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

static const cli_group *const groups[] = {&cli_figures, &cli_respondents, &cli_design, &cli_output,
                                          NULL};

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
    .about = cli_measures_help,
    .groups = groups,
    .run = peil_run_table,
};
