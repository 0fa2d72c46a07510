/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schema beside a text file: Frictionless Table Schema, version 2 (datapackage.org, standard,
 * Table Schema). It says of each field its title, its type, its categories with their labels, and
 * which values are missing. What differs from the standard: an empty value is always missing; a
 * schema without `fieldsMatch` may leave out variables of the file, and their order is free; where
 * it has no `decimalChar` the file shows it; `constraints` are not looked at. */
#ifndef PEIL_READ_SCHEMA_H
#define PEIL_READ_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"
#include "core/json.h"
#include "read/batch.h"
#include "read/reader.h"
#include "read/rule.h"

typedef struct peil_schema {
    char *name;      /* of the file that it stands in */
    char sha256[65]; /* of that file, in hex; "" when it was not asked for */
    peil_json json;
    const peil_json_value *table; /* the schema itself, somewhere in it */
    size_t nrules;
    peil_rule *rules; /* by the file's variable */
} peil_schema;

/* Finds the schema of a data file: for a/x.csv or a/x.csv.gz the first there is of
 * a/x.csv.gz.schema.json, a/x.csv.schema.json and a/x.schema.json, else the one in
 * a/datapackage.json for a resource with that path. *out is NULL when there is none. Faults name
 * the schema's file. The caller frees. */
peil_status peil_schema_find(const char *file, bool hash, peil_schema **out,
                             peil_fault *fault) PEIL_CHECKED;

/* The schema in a text, said to be of the file `name`. The caller frees. */
peil_status peil_schema_read(const char *name, const char *text, size_t length, peil_schema **out,
                             peil_fault *fault) PEIL_CHECKED;

/* Tells the header's variables what the schema says of them. Refuses a schema that is wrong or that
 * does not fit the header, with the line: PEIL_EDATA. Once. */
peil_status peil_schema_apply(peil_schema *schema, peil_header *header,
                              peil_fault *fault) PEIL_CHECKED;

/* Refuses the first row of a batch that the schema does not allow, and keeps the rows before it.
 * column: by the batch's column, the file's variable. */
peil_status peil_schema_check(peil_schema *schema, const size_t *column, peil_batch *batch,
                              peil_fault *fault) PEIL_CHECKED;

void peil_schema_free(peil_schema *schema);

#endif
