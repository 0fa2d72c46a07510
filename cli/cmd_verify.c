/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "settings.h"
#include "verify/verify.h"

static const cli_group *const groups[] = {
    &cli_published, &cli_respondents, &cli_design, &cli_replication,
    &cli_reading,   &cli_output,      NULL};

static void about(peil_text *out) {
    peil_text_add(
        out,
        "MONITOR is a file (YAML), see docs/monitor.md, whose published figures are\n"
        "verified; only --published, --explain and the options of output go with it. With\n"
        "--measure FILE is data, and each measure an indicator that goes by its name. See\n"
        "docs/verify.md for files of published figures.\n"
        "\n"
        "Columns of csv and json: indicator, period, by variables, published, computed,\n"
        "  ci_low, ci_high, n; and status:\n"
        "  exact            rounded to the decimals of the published figure, it is that\n"
        "                   figure (halves either way)\n"
        "  within-ci        the published figure lies in the interval\n"
        "  differs          it does not\n"
        "  not-computable   the data do not have this period or group, or nobody in it\n"
        "                   answered\n"
        "With --explain also: explanation, the conventions that give the published figure\n"
        "  (weights, denominators, domains, periods, scales, rounding), alone or in\n"
        "  pairs, or that none does.\n"
        "Exit status 1: some figure differs.\n");
}

const cli_command cli_command_verify = {
    .name = "verify",
    .help = "published figures against the data",
    .examples =
        "  # every published figure of a monitor\n"
        "  peil verify monitor.yaml\n"
        "\n"
        "  # and why do some differ?\n"
        "  peil verify monitor.yaml --explain\n"
        "\n"
        "  # the figures of a report, by area and year\n"
        "  peil verify enquete.csv -m 'mantelzorg: percent(mantelzorg = 1)' --by wijk \\\n"
        "      --period jaar --weight weging --missing 9 --published jaarverslag.csv\n",
    .about = about,
    .groups = groups,
    .files = "MONITOR|FILE...",
    .run = peil_run_verify,
};
