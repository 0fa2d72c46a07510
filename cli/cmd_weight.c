/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

#define AT(member) offsetof(cli_settings, member)

static const cli_option options[] = {
    {.name = "trim",
     .kind = CLI_WORD,
     .offset = AT(request.trim),
     .argument = "LOW,HIGH",
     .help = "no weight outside these, while the targets hold: the others take over what is cut"},
    {.name = "save",
     .kind = CLI_WORD,
     .offset = AT(save),
     .argument = "FILE",
     .help = "write the weights to FILE: csv, a row for each row of the data, in their order, at "
             "full precision; FILE is replaced only when all went well"},
    {.name = "id",
     .kind = CLI_WORD,
     .offset = AT(request.id),
     .argument = "VAR[,VAR...]",
     .help = "variables that go before the weight in FILE and say which row it is of; the number "
             "of the record unless given"},
    {.name = "new-weight",
     .kind = CLI_WORD,
     .offset = AT(request.new_weight),
     .argument = "NAME",
     .help = "how the weight is called in FILE; weight unless given"},
    {0}};

static const cli_group weights = {"Weights", options};
static const cli_group *const groups[] = {&cli_targets, &weights,    &cli_start,
                                          &cli_reading, &cli_output, NULL};

static void about(peil_text *out) {
    peil_text_add(
        out,
        "Targets are a csv file with the columns margin, category and target, such as\n"
        "\n"
        "  margin,category,target\n"
        "  geslacht,man,51250\n"
        "  geslacht,vrouw,53100\n"
        "  wijk:leeftijd,Noord:18-34,8210\n"
        "  wijk:leeftijd,Noord:35+,15300\n"
        "  ...\n"
        "  inkomen,,3914069000\n"
        "\n"
        "  A margin is a variable, or several crossed, with colons; a name that has a\n"
        "  colon stands between backquotes. A category is a value or its label. A margin\n"
        "  without categories is a number, and its target a total. Targets are numbers\n"
        "  of people, the same in all for each margin; with --population N, those of a\n"
        "  margin may also be percentages, which add up to 100.\n"
        "\n"
        "Every respondent needs a value that has a target, and every target a respondent.\n"
        "Weights that do not meet all targets are not written: exit status 3 says which\n"
        "one fails, and by how much.\n"
        "\n"
        "Without --weight all begin with an equal share of the population. --trim solves\n"
        "with limits for each weight at once, as R's calibrate(bounds.const = TRUE).\n"
        "\n"
        "Calibrated weights make the margins of many figures smaller. To see that, give\n"
        "'peil table' or 'compare' the start weight (--weight) with the same --targets,\n"
        "--calibrate and --bounds: they calibrate themselves, and take the residuals for\n"
        "the variance, as R's calibrate() and postStratify(). (R's rake() fits them\n"
        "without the start weights.) With the new weight as --weight they cannot know.\n"
        "\n"
        "Columns of csv and json: item (total, margin, weight, g, solution), margin,\n"
        "category, n (respondents), start (with the start weights), target, achieved,\n"
        "deviation (achieved less target). g is weight over start weight; deff is Kish's\n"
        "1 + cv^2.\n");
}

const cli_command cli_command_weight = {
    .name = "weight",
    .help = "weights that meet targets: post-stratify, rake or calibrate",
    .examples =
        "  # rake to the margins in a file, from equal weights\n"
        "  peil weight enquete.csv --targets bevolking.csv --id nr --save weging.csv\n"
        "\n"
        "  # from the design's weights, changed by a factor between 0.3 and 3\n"
        "  peil weight enquete.csv --targets bevolking.csv --weight insluitgewicht \\\n"
        "      --calibrate logit --bounds 0.3,3 --save weging.csv\n",
    .about = about,
    .groups = groups,
    .run = peil_run_weight,
};
