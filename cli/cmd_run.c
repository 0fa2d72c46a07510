/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

static const cli_option options[] = {
    {.name = "check",
     .kind = CLI_FLAG,
     .offset = offsetof(cli_settings, request.check),
     .help = "see whether the monitor and its files fit together, and compute nothing"},
    {0}};

static const cli_group monitor = {"Monitor", options};
static const cli_group *const groups[] = {&monitor, &cli_output, NULL};

static void about(peil_text *out) {
    peil_text_add(
        out,
        "MONITOR is a file (YAML) with data, indicators, breakdowns, targets; see "
        "docs/monitor.md.\n"
        "\n"
        "Columns of csv and json: indicator, period, and those of 'peil table'; then\n"
        "  target, judgement, reason    met, not-met or not-distinguishable, and why\n"
        "and when the monitor compares\n"
        "  reference, difference, p, p_adjusted, significant     the period before, or another\n"
        "  baseline, baseline_difference, baseline_p, ...        the indicator's baseline\n"
        "Two more flags: small-n (fewer respondents than the monitor publishes), break (the\n"
        "method changed between the two periods: no verdict).\n");
}

const cli_command cli_command_run = {
    .name = "run",
    .help = "everything that a monitor file declares",
    .examples =
        "  # all indicators, as people read them\n"
        "  peil run monitor.yaml\n"
        "\n"
        "  # is everything there, before the data are complete?\n"
        "  peil run monitor.yaml --check\n"
        "\n"
        "  # at full precision, for scripts\n"
        "  peil run monitor.yaml -f csv -o stadsmonitor.csv\n",
    .about = about,
    .groups = groups,
    .run = peil_run_monitor,
};
