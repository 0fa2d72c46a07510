/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "inputs.h"
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
    request->keep_weights = settings->save != NULL;
    cli_progress progress = cli_progress_make(!settings->no_progress, request->language);
    request->progress = cli_progress_tell;
    request->progress_context = &progress;
    const peil_status status = command->run(request, report, fault);
    cli_progress_wipe(&progress);
    return status;
}

/* The weights are for scripts, whatever the report is written as. */
static peil_status save_weights(const char *path, const peil_report *report, peil_fault *fault) {
    peil_text text = {0};
    if (!report->weights) return PEIL_OK;
    peil_writer_find("csv")->write(report->weights, &(peil_style){0}, &text);
    const peil_status status = cli_output_write(path, &text, fault);
    peil_text_clear(&text);
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
    peil_status status = save_weights(settings->save, report, fault);
    if (status == PEIL_OK) status = cli_output_write(settings->output, &text, fault);
    peil_text_clear(&text);
    return status;
}

static bool ends_in(const char *name, const char *format) {
    const size_t length = strlen(name), n = strlen(format);
    return length > n + 1 && name[length - n - 1] == '.' &&
           strcasecmp(name + length - n, format) == 0;
}

/* What a file is expected to hold by its name: the name of a format, or NULL. Spreadsheets read
 * csv.
 */
static const char *format_of_name(const char *name) {
    static const char *const sheets[] = {"xlsx", "xls", "ods"};
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        if (ends_in(name, sheets[i])) return "csv";
    for (const peil_writer *const *writer = peil_writers; *writer; writer++)
        if (ends_in(name, (*writer)->name)) return (*writer)->name;
    return NULL;
}

/* The name of a file does not choose its format, as people may think. */
static void tell_format(const peil_writer *writer, const cli_settings *settings) {
    char note[256];
    if (!settings->output || settings->format) return;
    const char *format = format_of_name(settings->output);
    if (!format || strcmp(format, writer->name) == 0) return;
    snprintf(note, sizeof note, "this is %s, whatever the name of the file; --format %s gives %s",
             writer->name, format, format);
    cli_message_note(note);
}

static void tell_notes(const peil_report *report) {
    for (size_t i = 0; i < report->nnotes; i++) cli_message_note(report->notes[i]);
}

/* A terminal takes some bytes of a state for commands. */
static peil_status check_terminal(const cli_command *command, const cli_settings *settings,
                                  peil_fault *fault) {
    const bool makes_state = command->makes_state || settings->request.partial;
    if (!makes_state || !cli_output_is_stdout(settings->output) || !isatty(STDOUT_FILENO))
        return PEIL_OK;
    return peil_fail(fault, PEIL_EUSAGE,
                     "a state is not for a terminal: --output STATE names its file");
}

/* What is no rows has a format of its own. */
static peil_status check_format(const cli_settings *settings, peil_fault *fault) {
    if (!settings->format) return PEIL_OK;
    if (settings->request.schema)
        return peil_fail(fault, PEIL_EUSAGE,
                         "a schema has a format of its own: --schema does not go with --format");
    if (settings->request.partial)
        return peil_fail(fault, PEIL_EUSAGE,
                         "a state has a format of its own: --partial does not go with --format");
    return PEIL_OK;
}

int cli_job(const cli_command *command, cli_settings *settings) {
    const peil_writer *writer =
        settings->format ? peil_writer_find(settings->format) : peil_writers[0];
    peil_report report = {0};
    peil_fault fault = {0};
    peil_status status = cli_inputs_check(settings, &fault);
    if (status == PEIL_OK) status = check_terminal(command, settings, &fault);
    if (status == PEIL_OK) status = check_format(settings, &fault);
    if (status == PEIL_OK) status = run(command, settings, writer->wants_hashes, &report, &fault);
    if (status == PEIL_OK) status = cli_inputs_check_read(settings, &report, &fault);
    if (status == PEIL_OK) status = deliver(writer, settings, &report, &fault);
    if (status != PEIL_OK) {
        for (size_t i = 0; i < report.faults.n; i++) cli_message_fault(&report.faults.list[i]);
        cli_message_fault(&fault);
    } else if (!writer->shows_notes || report.document.length) {
        tell_notes(&report);
    }
    if (status == PEIL_OK && !report.document.length) tell_format(writer, settings);
    const int verdict = status == PEIL_OK && report.differs ? CLI_DIFFERS : (int)status;
    peil_report_clear(&report);
    return verdict;
}
