/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job.h"

#include <string.h>
#include <unistd.h>

#include "message.h"
#include "output.h"
#include "progress.h"
#include "settings.h"
#include "terminal.h"
#include "write/write.h"

enum { CLI_DIFFERS = 1 }; /* the exit status of a check that found something */

static peil_style style_for(const cli_settings *settings, const peil_report *report) {
    peil_style style = {
        .language = report->has_language ? report->language : cli_settings_language(settings),
        .decimals = settings->decimals};
    if (!settings->output || strcmp(settings->output, "-") == 0) {
        style.colour = cli_terminal_colours(STDOUT_FILENO);
        style.width = cli_terminal_width(STDOUT_FILENO);
    }
    return style;
}

static peil_status run(const cli_command *command, cli_settings *settings, bool hash_inputs,
                       peil_report *report, peil_fault *fault) {
    peil_request *request = &settings->request;
    request->language = cli_settings_language(settings);
    request->language_is_chosen = settings->language != NULL;
    request->hash_inputs = hash_inputs;
    cli_progress progress = cli_progress_make(!settings->no_progress, request->language);
    request->progress = cli_progress_tell;
    request->progress_context = &progress;
    const peil_status status = command->run(request, report, fault);
    cli_progress_wipe(&progress);
    return status;
}

/* Renders the whole report before the first byte is written. */
static peil_status deliver(const peil_writer *writer, const cli_settings *settings,
                           const peil_report *report, peil_fault *fault) {
    const peil_style style = style_for(settings, report);
    peil_text text = {0};
    if (report->document.length)
        return cli_output_write(settings->output, &report->document, fault);
    writer->write(report, &style, &text);
    const peil_status status = cli_output_write(settings->output, &text, fault);
    peil_text_clear(&text);
    return status;
}

static void tell_notes(const peil_report *report) {
    for (size_t i = 0; i < report->nnotes; i++) cli_message_note(report->notes[i]);
}

int cli_job(const cli_command *command, cli_settings *settings) {
    const peil_writer *writer =
        settings->format ? peil_writer_find(settings->format) : peil_writers[0];
    peil_report report = {0};
    peil_fault fault = {0};
    peil_status status = cli_output_check(settings->output, &settings->request.files, &fault);
    if (status == PEIL_OK && settings->request.schema && settings->format)
        status = peil_fail(&fault, PEIL_EUSAGE,
                           "a schema has a format of its own: --schema does "
                           "not go with --format");
    if (status == PEIL_OK) status = run(command, settings, writer->wants_hashes, &report, &fault);
    if (status == PEIL_OK) status = deliver(writer, settings, &report, &fault);
    if (status != PEIL_OK) {
        for (size_t i = 0; i < report.faults.n; i++) cli_message_fault(&report.faults.list[i]);
        cli_message_fault(&fault);
    } else if (!writer->shows_notes || report.document.length) {
        tell_notes(&report);
    }
    const int verdict = status == PEIL_OK && report.differs ? CLI_DIFFERS : (int)status;
    peil_report_clear(&report);
    return verdict;
}
