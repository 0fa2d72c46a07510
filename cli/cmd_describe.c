/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "report/run.h"
#include "settings.h"

static const cli_option schema[] = {
    {.name = "schema",
     .kind = CLI_FLAG,
     .offset = offsetof(cli_settings, request.schema),
     .help = "write a Table Schema (JSON) of the files: names, types, labels, missing values"},
    {0}};

static const cli_group schemas = {"Schema", schema};

static const cli_group *const groups[] = {&cli_counting, &schemas, &cli_reading, &cli_output, NULL};

static void about(peil_text *out) {
    peil_text_add(out,
                  "Columns of csv and json:\n"
                  "  label           of the variable, when the files have labels\n"
                  "  type            whole, number, date, text or empty\n"
                  "  role            a guess from name and values: weight? strata? cluster? fpc?\n"
                  "                  year? area?\n"
                  "  distinct        different answers; >10000: they are no longer counted\n"
                  "  missing         rows without an answer: empty, or a value declared missing\n"
                  "  min, max        of the numbers or dates\n"
                  "  values          1 ja (345), 2 nee (12), [9 geen antwoord (8)]: each answer\n"
                  "                  with its label and count; between brackets values declared\n"
                  "                  missing; with --weight the weighted percentage too: (345,\n"
                  "                  57.3%)\n"
                  "                  of a weight: sum, mean, cv (coefficient of variation), deff\n"
                  "                  (1 + cv^2, Kish: what it adds to a variance), how many are 0\n"
                  "\nNotes name values that look like no answer but that nobody declared missing.\n"
                  "\nA text file can have a schema beside it, which says what csv cannot: labels,\n"
                  "types, missing values. For enquete.csv or enquete.csv.gz it is\n"
                  "enquete.schema.json, or the schema in datapackage.json. Every command uses it;\n"
                  "--schema writes one.\n");
}

const cli_command cli_command_describe = {
    .name = "describe",
    .help = "what is in the files: variables, missing codes, design candidates",
    .examples =
        "  # what is in the file?\n"
        "  peil describe enquete.csv\n"
        "\n"
        "  # two years as one, 9 and NA are no answer\n"
        "  peil describe enquete-2015.csv.gz enquete-2017.csv.gz --missing '9 NA'\n"
        "\n"
        "  # labels and missing values, to edit and to keep beside the csv\n"
        "  peil describe enquete.csv --schema -o enquete.schema.json\n",
    .about = about,
    .groups = groups,
    .run = peil_run_describe,
};
