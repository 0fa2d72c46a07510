/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inputs.h"

#include <stdio.h>
#include <string.h>

#include "output.h"
#include "replace.h"

/* An option and the file that it names; NULL: not given. */
typedef struct outlet {
    const char *option, *path;
} outlet;

static peil_status check_words(outlet to, const peil_words *inputs, peil_fault *fault) {
    for (size_t i = 0; i < inputs->n; i++)
        PEIL_TRY(cli_output_check_input(to.path, to.option, inputs->word[i], fault));
    return PEIL_OK;
}

static peil_status check_named(outlet to, const peil_request *request, peil_fault *fault) {
    PEIL_TRY(check_words(to, &request->files, fault));
    PEIL_TRY(check_words(to, &request->targets, fault));
    PEIL_TRY(check_words(to, &request->published, fault));
    PEIL_TRY(cli_output_check_input(to.path, to.option, request->hierarchy, fault));
    return cli_output_check(to.path, fault);
}

static peil_status check_pair(const char *output, const char *save, peil_fault *fault) {
    const bool is_same = cli_output_is_stdout(save) ? cli_output_is_stdout(output)
                                                    : output && cli_replace_is_same(save, output);
    return is_same ? peil_fail(fault, PEIL_EUSAGE, "--save and --output are the same") : PEIL_OK;
}

peil_status cli_inputs_check(const cli_settings *settings, peil_fault *fault) {
    const char *output = settings->output, *save = settings->save;
    PEIL_TRY(check_named((outlet){"output", output}, &settings->request, fault));
    if (!save) return PEIL_OK;
    PEIL_TRY(check_pair(output, save, fault));
    return check_named((outlet){"save", save}, &settings->request, fault);
}

/* Of the facts of a request those are files that have their hash behind them. */
static peil_status check_facts(outlet to, const peil_facts *facts, peil_fault *fault) {
    for (size_t i = 0; i < facts->n; i++) {
        char hash[64];
        snprintf(hash, sizeof hash, "%s-sha256", facts->words[2 * i]);
        if (peil_facts_find(facts, hash))
            PEIL_TRY(cli_output_check_input(to.path, to.option, facts->words[2 * i + 1], fault));
    }
    return PEIL_OK;
}

/* A schema may be made anew of the one that is there. */
static peil_status check_read(outlet to, bool makes_schema, const peil_report *report,
                              peil_fault *fault) {
    for (size_t i = 0; i < report->ninputs; i++) {
        const peil_input *input = &report->inputs[i];
        const char *schema = makes_schema ? NULL : input->schema;
        PEIL_TRY(cli_output_check_input(to.path, to.option, input->name, fault));
        PEIL_TRY(cli_output_check_input(to.path, to.option, schema, fault));
        PEIL_TRY(cli_output_check_input(to.path, to.option, input->hierarchy, fault));
    }
    return check_facts(to, &report->request, fault);
}

peil_status cli_inputs_check_read(const cli_settings *settings, const peil_report *report,
                                  peil_fault *fault) {
    const bool makes_schema = settings->request.schema;
    PEIL_TRY(check_read((outlet){"output", settings->output}, makes_schema, report, fault));
    if (!settings->save) return PEIL_OK;
    return check_read((outlet){"save", settings->save}, makes_schema, report, fault);
}
