/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

static const cli_group *const groups[] = {&cli_output, NULL};

static void about(peil_text *out) {
    peil_text_add(
        out,
        "A scale is used as scale(NAME: variables), in the order of its items:\n"
        "percent(scale(djg6: ...)) gives its classes, percent(scale(djg6: ...) >= 5) one\n"
        "side of a score, alpha(djg6: ...) Cronbach's alpha. A minus before a variable\n"
        "says that the codes of the file run the other way; '; min 4' behind the\n"
        "variables changes how many items must be answered. Answers that are no codes of\n"
        "the scale are refused; --missing says which ones are no answer.\n");
}

const cli_command cli_command_scales = {
    .name = "scales",
    .help = "the scales that peil knows, with their rules and sources",
    .examples =
        "  # which scales are there?\n"
        "  peil scales\n"
        "\n"
        "  # the items of one, in the order in which they are given\n"
        "  peil scales djg6\n",
    .about = about,
    .groups = groups,
    .names = "[NAME...]",
    .run = peil_run_scales,
};
