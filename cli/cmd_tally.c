/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

static const cli_option options[] = {
    {.name = "part",
     .kind = CLI_WORD,
     .offset = offsetof(cli_settings, request.part),
     .argument = "K/N",
     .help = "these files are part K of N, so that peil merge knows when one is missing"},
    {0}};

static const cli_group parts = {"Parts", options};
static const cli_group *const groups[] = {
    &parts,      &cli_figures,     &cli_together,    &cli_comparison_if_any, &cli_respondents,
    &cli_design, &cli_calibration, &cli_replication, &cli_reading,           &cli_state_output,
    NULL};

static void about(peil_text *out) {
    peil_text_add(
        out,
        "The state is for 'peil merge', with the states of the other parts. It holds the\n"
        "request, so that nothing is said twice; --format, --lang and --decimals are said\n"
        "at the merge. What can only be judged of the whole is judged there: a stratum\n"
        "with a single unit, population sizes, nobody who answers. With --over the merge\n"
        "compares, as 'peil compare' does. A part may cut through strata and units.\n"
        "\n"
        "A state has no rows, but counts and sums of groups, down to one respondent:\n"
        "keep it as you keep the data. See docs/parts.md for a cluster.\n"
        "\n");
    cli_measures_help(out);
}

const cli_command cli_command_tally = {
    .name = "tally",
    .help = "the exact totals of one part of the data, for merge",
    .examples =
        "  # each year on a machine of its own, then figures of all\n"
        "  peil tally enquete-2015.csv -m 'mean(cijfer)' --by wijk \\\n"
        "      --weight weging -o 2015.state\n"
        "  peil tally enquete-2017.csv -m 'mean(cijfer)' --by wijk \\\n"
        "      --weight weging -o 2017.state\n"
        "  peil merge 2015.state 2017.state\n"
        "\n"
        "  # the third of ten parts, to be compared by year\n"
        "  peil tally part-03.csv.gz --part 3/10 -m 'percent(veilig = 1)' --over jaar \\\n"
        "      --weight weging --strata jaar,wijk -o part-03.state\n",
    .about = about,
    .groups = groups,
    .makes_state = true,
    .run = peil_run_tally,
};
