/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "replay.h"

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "report/replay.h"
#include "write/write.h"

/* What --check gives is called after itself. */
static const cli_command *find(const peil_replay *replay) {
    const char *name = replay->request.check ? "run" : replay->command;
    const cli_command *const *command = cli_commands;
    while (*command && strcmp((*command)->name, name) != 0) command++;
    return *command;
}

/* The words stood in a file, so that what is wrong with them is wrong with the file. */
static peil_status refuse_words(const peil_replay *replay, peil_fault *fault) {
    fault->status = PEIL_EDATA;
    if (!fault->file[0]) snprintf(fault->file, sizeof fault->file, "%s", replay->name);
    return PEIL_EDATA;
}

static peil_status make_again(const peil_replay *replay, peil_text *text, peil_fault *fault) {
    const cli_command *command = find(replay);
    peil_report made = {0};
    if (!command) {
        peil_fail(fault, PEIL_EDATA, "there is no command that makes such a result");
        return refuse_words(replay, fault);
    }
    const peil_status status = command->run(&replay->request, &made, fault);
    if (status == PEIL_OK) {
        const peil_style style = {.language = replay->request.language, .decimals = -1};
        peil_writer_find("json")->write(&made, &style, text);
    }
    peil_report_clear(&made);
    if (status == PEIL_EUSAGE) return refuse_words(replay, fault);
    return status == PEIL_OK && text->failed ? peil_fail_memory(fault) : status;
}

static peil_status run(const peil_request *request, peil_replay *replay, peil_report *report,
                       peil_fault *fault) {
    peil_text text = {0};
    bool is_same;
    PEIL_TRY(peil_replay_read(request->files.word[0], replay, fault));
    replay->request.check = strcmp(replay->command, "check") == 0;
    replay->request.hash_inputs = true;
    replay->request.threads = request->threads;
    replay->request.progress = request->progress;
    replay->request.progress_context = request->progress_context;
    PEIL_TRY(peil_replay_check(replay, report, &is_same, fault));
    if (!is_same) return PEIL_OK;
    peil_status status = make_again(replay, &text, fault);
    if (status == PEIL_OK) status = peil_replay_compare(replay, &text, report, fault);
    peil_text_clear(&text);
    return status;
}

peil_status cli_replay(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_replay replay = {0};
    *report = (peil_report){.command = "replay", .language = request->language};
    if (request->files.n != 1 || request->check)
        return peil_fail(fault, PEIL_EUSAGE, "run --replay takes one result, and no --check");
    const peil_status status = run(request, &replay, report, fault);
    peil_replay_clear(&replay);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}
