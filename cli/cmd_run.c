/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "replay.h"
#include "report/run.h"
#include "settings.h"

static const cli_option options[] = {
    {.name = "check",
     .kind = CLI_FLAG,
     .offset = offsetof(cli_settings, request.check),
     .help = "see whether the monitor and its files fit together, and compute nothing"},
    {.name = "replay",
     .kind = CLI_FLAG,
     .offset = offsetof(cli_settings, request.replay),
     .help = "MONITOR is a result in json of any command: make it again of the same files, and see "
             "whether the bytes agree; exit status 1 when they do not"},
    {0}};

static const cli_group monitor = {"Monitor", options};
static const cli_group *const groups[] = {&monitor, &cli_output, NULL};

static void about(peil_text *out) {
    peil_text_add(out,
                  "MONITOR is a file (YAML) with data, indicators, breakdowns and targets; see\n"
                  "docs/monitor.md.\n"
                  "\n"
                  "Columns of csv and json: indicator, period, and those of 'peil table'; then\n"
                  "  target, judgement, reason    met, not-met or not-distinguishable, and why\n"
                  "and when the monitor compares\n"
                  "  reference, difference, p, p_adjusted, significant\n"
                  "                               against the period before, or another\n"
                  "  baseline, baseline_difference, baseline_p, ...\n"
                  "                               against the indicator's baseline\n"
                  "Two more flags: small-n (fewer respondents than the monitor publishes), break\n"
                  "(the method changed between the two periods: no verdict).\n");
}

static peil_status run(const peil_request *request, peil_report *report, peil_fault *fault) {
    return request->replay ? cli_replay(request, report, fault)
                           : peil_run_monitor(request, report, fault);
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
        "  peil run monitor.yaml -f csv -o stadsmonitor.csv\n"
        "\n"
        "  # does a result of before still follow from its data?\n"
        "  peil run monitor.yaml -f json -o stadsmonitor.json\n"
        "  peil run --replay stadsmonitor.json\n",
    .about = about,
    .groups = groups,
    .files = "MONITOR",
    .run = run,
};
