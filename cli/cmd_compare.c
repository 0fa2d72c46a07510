/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "choices.h"
#include "command.h"
#include "report/run.h"
#include "settings.h"

#define AT(member) offsetof(cli_settings, member)

static const cli_option options[] = {
    {.name = "over",
     .kind = CLI_WORD,
     .offset = AT(request.over),
     .argument = "VAR",
     .required = true,
     .help = "the variable whose values are compared, such as the year"},
    {.name = "against",
     .kind = CLI_WORD,
     .offset = AT(request.against),
     .argument = "VALUE",
     .help = "compare each value with the previous one (unless given), the first, one VALUE, or "
             "the rest: previous, first, VALUE, rest"},
    {.name = "rule",
     .kind = CLI_WORD,
     .offset = AT(request.rule),
     .argument = "RULE",
     .choices = cli_choice_rule,
     .help = "what makes a difference significant:"},
    {.name = "adjust",
     .kind = CLI_WORD,
     .offset = AT(request.adjust),
     .argument = "METHOD",
     .choices = cli_choice_adjustment,
     .help = "correction for testing many differences, over the whole run:"},
    {0}};

static const cli_group comparison = {"Comparison", options};
static const cli_group *const groups[] = {
    &comparison,      &cli_figures, &cli_respondents, &cli_design,
    &cli_calibration, &cli_reading, &cli_output,      NULL};

static void about(peil_text *out) {
    cli_measures_help(out);
    peil_text_add(
        out,
        "\nColumns of csv and json: period and reference are what is compared; statistic,\n"
        "df and p are those of the t test, with df as for the respondents of both\n"
        "together (R's svyttest takes one less); significant is 1 or 0.\n");
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
        "      --adjust holm --weight weging\n",
    .about = about,
    .groups = groups,
    .run = peil_run_compare,
};
