/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

static const cli_group *const groups[] = {&cli_codes, &cli_reading, &cli_output, NULL};

const cli_command cli_command_describe = {
    .name = "describe",
    .help = "what is in the files: variables, missing codes, design candidates",
    .examples =
        "  # what is in the file?\n"
        "  peil describe enquete.csv\n"
        "\n"
        "  # two years as one, 9 and NA are no answer\n"
        "  peil describe enquete-2015.csv.gz enquete-2017.csv.gz --missing '9 NA'\n",
    .groups = groups,
    .run = peil_run_describe,
};
