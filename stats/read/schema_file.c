/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the schema of a data file stands: in a file beside it, or in the data package of its
 * folder. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/array.h"
#include "read/schema.h"

#define PATH_MOST 4096

/* ---- a whole file ---- */

static peil_status read_file(const char *name, bool hash, peil_schema **out, peil_fault *fault) {
    peil_source *source = NULL;
    peil_text text = {0};
    peil_status status = peil_source_open(name, 0, hash, &source, fault);
    if (status == PEIL_OK) status = peil_source_text(source, PEIL_JSON_BYTES, &text, fault);
    if (status != PEIL_OK && fault && !fault->file[0])
        snprintf(fault->file, sizeof fault->file, "%s", name);
    if (status == PEIL_OK) status = peil_schema_read(name, text.bytes, text.length, out, fault);
    if (status == PEIL_OK) peil_source_sha256(source, (*out)->sha256);
    peil_source_free(source);
    peil_text_clear(&text);
    return status;
}

static bool is_there(const char *name) {
    struct stat what;
    return stat(name, &what) == 0 ? S_ISREG(what.st_mode) : errno != ENOENT && errno != ENOTDIR;
}

/* ---- the data package ---- */

static peil_status refuse(const peil_schema *package, const peil_json_value *at, const char *what,
                          peil_fault *fault) {
    peil_fail(fault, PEIL_EDATA, "line %u: %s", (unsigned)at->line, what);
    if (fault) snprintf(fault->file, sizeof fault->file, "%s", package->name);
    return PEIL_EDATA;
}

static const char *base_of(const char *file) {
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

/* Whether a path of the package is the file. */
static bool is_path_of(const peil_json *json, const peil_json_value *path, const char *file) {
    if (path->kind != PEIL_JSON_STRING) return false;
    const char *text = peil_json_text(json, path), *base = base_of(file);
    while (strncmp(text, "./", 2) == 0) text += 2;
    const size_t length = strlen(text);
    return strncmp(base, text, length) == 0 &&
           (!base[length] || strcmp(base + length, ".gz") == 0) && length > 0;
}

/* A resource has one path, or a list of them. */
static bool has_path(const peil_json *json, const peil_json_value *resource, const char *file) {
    const peil_json_value *path = peil_json_member(json, resource, "path");
    if (!path || path->kind != PEIL_JSON_ARRAY) return path && is_path_of(json, path, file);
    path = peil_json_first(json, path);
    while (path && !is_path_of(json, path, file)) path = peil_json_next(json, path);
    return path != NULL;
}

/* A schema in a file of its own, whose path is relative and goes no folder up. */
static peil_status follow(const peil_schema *package, const peil_json_value *schema, bool hash,
                          peil_schema **out, peil_fault *fault) {
    char name[PATH_MOST];
    const char *path = peil_json_text(&package->json, schema);
    if (path[0] == '/' || strstr(path, "..") || strstr(path, "://"))
        return refuse(package, schema, "the schema is not in this folder", fault);
    const int folder = (int)(base_of(package->name) - package->name);
    const int length = snprintf(name, sizeof name, "%.*s%s", folder, package->name, path);
    if (length >= (int)sizeof name)
        return refuse(package, schema, "the path of the schema is too long", fault);
    return read_file(name, hash, out, fault);
}

/* Makes the schema of a resource what the package's tree is looked at for, or reads another file;
 * *out stays the package when the schema is inside it. */
static peil_status take_schema(peil_schema *package, const peil_json_value *resource, bool hash,
                               peil_schema **out, peil_fault *fault) {
    const peil_json_value *schema = peil_json_member(&package->json, resource, "schema");
    if (!schema) return PEIL_OK;
    if (schema->kind == PEIL_JSON_STRING) return follow(package, schema, hash, out, fault);
    package->table = schema;
    *out = package;
    return PEIL_OK;
}

static peil_status search(peil_schema *package, const char *file, bool hash, peil_schema **out,
                          peil_fault *fault) {
    const peil_json *json = &package->json;
    const peil_json_value *resources = peil_json_member(json, package->table, "resources");
    if (!resources || resources->kind != PEIL_JSON_ARRAY)
        return refuse(package, package->table, "a data package has an array \"resources\"", fault);
    const peil_json_value *resource = peil_json_first(json, resources);
    while (resource && !has_path(json, resource, file)) resource = peil_json_next(json, resource);
    return resource ? take_schema(package, resource, hash, out, fault) : PEIL_OK;
}

static peil_status find_in_package(const char *name, const char *file, bool hash, peil_schema **out,
                                   peil_fault *fault) {
    peil_schema *package = NULL;
    if (!is_there(name)) return PEIL_OK;
    PEIL_TRY(read_file(name, hash, &package, fault));
    const peil_status status = search(package, file, hash, out, fault);
    if (*out != package) peil_schema_free(package);
    return status;
}

/* ---- beside the file ---- */

peil_status peil_schema_find(const char *file, bool hash, peil_schema **out, peil_fault *fault) {
    static const char suffix[] = ".schema.json", package[] = "datapackage.json";
    char name[PATH_MOST];
    const size_t folder = (size_t)(base_of(file) - file);
    size_t length = strlen(file);
    *out = NULL;
    if (length + sizeof package > sizeof name) return PEIL_OK; /* no such path can be opened */
    memcpy(name, file, length);
    const bool is_gzip = length > 3 && strcmp(file + length - 3, ".gz") == 0;
    for (int extensions = is_gzip ? 2 : 1; extensions >= 0 && length > folder; extensions--) {
        memcpy(name + length, suffix, sizeof suffix);
        if (is_there(name)) return read_file(name, hash, out, fault);
        while (length > folder && name[--length] != '.') continue;
    }
    memcpy(name + folder, package, sizeof package);
    return find_in_package(name, file, hash, out, fault);
}
