/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

static const cli_option options[] = {
    {.name = "partial",
     .kind = CLI_FLAG,
     .offset = offsetof(cli_settings, request.partial),
     .help = "write a state of these parts together, to be merged with others, and no figures"},
    {0}};

static const cli_group parts = {"Parts", options};
static const cli_group *const groups[] = {&parts, &cli_output, NULL};

static void about(peil_text *out) {
    peil_text_add(
        out,
        "STATE is a file that 'peil tally' or 'peil merge --partial' wrote; - is standard\n"
        "input. They may come in any order. All must be of one request, and figures come\n"
        "out as 'peil table' or, where it has --over, 'peil compare' gives them for all\n"
        "the data at once, to the byte.\n"
        "\n"
        "Refused: data that are there twice, whatever the files are called; a state that\n"
        "was cut or altered, or is of another version; and, where the parts were numbered\n"
        "with --part K/N, a set in which one is missing.\n");
}

const cli_command cli_command_merge = {
    .name = "merge",
    .help = "figures of parts that were tallied apart",
    .examples =
        "  # figures of all parts, as people read them\n"
        "  peil merge part-*.state\n"
        "\n"
        "  # at full precision, for scripts\n"
        "  peil merge part-*.state -f csv -o figures.csv\n"
        "\n"
        "  # many parts in two steps\n"
        "  peil merge --partial part-0*.state -o first.state\n"
        "  peil merge --partial part-1*.state -o second.state\n"
        "  peil merge first.state second.state\n",
    .about = about,
    .groups = groups,
    .files = "STATE...",
    .run = peil_run_merge,
};
