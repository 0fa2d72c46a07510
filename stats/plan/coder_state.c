/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a coder met, in a state file. What it only needs while it works on a batch is not there. */
#include "core/array.h"
#include "plan/coder.h"

/* ---- units ---- */

static void save_record(peil_record record, peil_text *out) {
    peil_pack_u32(out, record.file);
    peil_pack_u64(out, record.record);
}

static peil_record load_record(size_t nfiles, peil_unpacking *in) {
    const uint32_t file = peil_unpack_below(in, nfiles);
    return (peil_record){file, peil_unpack_u64(in)};
}

static void save_facts(const peil_stratum_facts *facts, peil_text *out) {
    peil_pack_decimal(out, facts->fpc);
    save_record(facts->first, out);
    peil_pack_u64(out, facts->rows);
}

static void load_facts(peil_stratum_facts *facts, const peil_coder_limits *limits, uint64_t *left,
                       peil_unpacking *in) {
    facts->fpc = peil_unpack_decimal(in);
    facts->first = load_record(limits->nfiles, in);
    facts->rows = peil_unpack_most(in, *left);
    *left -= facts->rows;
}

static void save_level(const peil_level *level, peil_text *out) {
    peil_pairs_save(&level->nodes, out);
    for (size_t i = 0; i < level->nodes.count && level->is_stratum; i++)
        save_facts(&level->facts[i], out);
}

/* The values that a variable had; one for no variable. */
static size_t count_values(const peil_coder *coder, size_t column) {
    return column == PEIL_NO_COLUMN ? 1 : coder->batch->columns[column].dictionary.count;
}

/* Each row is in one stratum of the level. */
static peil_status load_level(peil_coder *coder, size_t l, const peil_coder_limits *limits,
                              peil_unpacking *in, peil_fault *fault) {
    peil_level *level = &coder->catalog.levels[l];
    const size_t above = l ? level[-1].nodes.count : 1;
    PEIL_TRY(peil_pairs_load(&level->nodes, above, count_values(coder, level->column), in, fault));
    if (!level->is_stratum) return PEIL_OK;
    const bool has_fpc = coder->plan->fpc;
    uint64_t left = limits->rows;
    PEIL_TRY(peil_array_extend(&level->facts, &level->facts_capacity, level->nodes.count,
                               sizeof *level->facts, fault));
    for (size_t i = 0; i < level->nodes.count; i++) {
        load_facts(&level->facts[i], limits, &left, in);
        const peil_stratum_facts *facts = &level->facts[i];
        peil_unpack_claim(in, facts->rows > 0 && has_fpc == (facts->fpc.digits > 0));
    }
    return peil_unpack_verdict(in, fault);
}

static size_t count_leaves(const peil_catalog *catalog) {
    return catalog->levels[catalog->nlevels - 1].nodes.count;
}

static peil_status load_weighted(peil_catalog *catalog, uint64_t rows, peil_unpacking *in,
                                 peil_fault *fault) {
    const size_t n = count_leaves(catalog);
    uint64_t left = rows;
    PEIL_TRY(peil_array_extend(&catalog->weighted, &catalog->weighted_capacity, n,
                               sizeof *catalog->weighted, fault));
    for (size_t i = 0; i < n; i++) {
        catalog->weighted[i] = peil_unpack_most(in, left);
        left -= catalog->weighted[i];
    }
    return peil_unpack_verdict(in, fault);
}

/* ---- cells ---- */

static peil_status load_cube(peil_coder *coder, peil_cube *cube, peil_unpacking *in,
                             peil_fault *fault) {
    size_t before = 1;
    for (size_t k = 0; k < cube->nby; k++) {
        const size_t nvalues = count_values(coder, coder->plan->by[cube->by[k]]);
        PEIL_TRY(peil_pairs_load(&cube->chain[k], before, nvalues, in, fault));
        before = cube->chain[k].count;
    }
    return PEIL_OK;
}

/* Who is in a cell is in one of everybody. */
static void claim_everybody(const peil_catalog *catalog, peil_unpacking *in) {
    const size_t everybody = peil_catalog_everybody(catalog);
    for (size_t c = 0; everybody < catalog->ncubes && c < everybody; c++) {
        const peil_cube *cube = &catalog->cubes[c], *all = &catalog->cubes[everybody];
        const size_t n = peil_cube_cells(cube);
        for (uint32_t cell = 0; cell < n; cell++)
            peil_unpack_claim(in, peil_cube_around(cube, cell, all) != PEIL_NONE);
    }
}

static void save_catalog(const peil_catalog *catalog, peil_text *out) {
    for (size_t l = 0; l < catalog->nlevels; l++) save_level(&catalog->levels[l], out);
    for (size_t i = 0; i < count_leaves(catalog); i++) peil_pack_u64(out, catalog->weighted[i]);
    for (size_t c = 0; c < catalog->ncubes; c++)
        for (size_t k = 0; k < catalog->cubes[c].nby; k++)
            peil_pairs_save(&catalog->cubes[c].chain[k], out);
    for (size_t i = 0; i < catalog->nmet; i++) save_record(catalog->met[i], out);
}

static peil_status load_met(peil_catalog *catalog, size_t nfiles, peil_unpacking *in,
                            peil_fault *fault) {
    const size_t everybody = peil_catalog_everybody(catalog);
    if (everybody == catalog->ncubes) return PEIL_OK;
    catalog->nmet = peil_cube_cells(&catalog->cubes[everybody]);
    PEIL_TRY(peil_array_extend(&catalog->met, &catalog->met_capacity, catalog->nmet,
                               sizeof *catalog->met, fault));
    for (size_t i = 0; i < catalog->nmet; i++) catalog->met[i] = load_record(nfiles, in);
    return peil_unpack_verdict(in, fault);
}

static peil_status load_catalog(peil_coder *coder, const peil_coder_limits *limits,
                                peil_unpacking *in, peil_fault *fault) {
    peil_catalog *catalog = &coder->catalog;
    for (size_t l = 0; l < catalog->nlevels; l++) PEIL_TRY(load_level(coder, l, limits, in, fault));
    PEIL_TRY(load_weighted(catalog, limits->rows, in, fault));
    for (size_t c = 0; c < catalog->ncubes; c++)
        PEIL_TRY(load_cube(coder, &catalog->cubes[c], in, fault));
    claim_everybody(catalog, in);
    return load_met(catalog, limits->nfiles, in, fault);
}

/* ---- records ---- */

typedef void change(peil_record *record, const void *numbers);

static void change_all(peil_coder *coder, change *to, const void *numbers) {
    for (size_t l = 0; l < coder->catalog.nlevels; l++) {
        peil_level *level = &coder->catalog.levels[l];
        for (size_t i = 0; i < level->nodes.count && level->is_stratum; i++)
            to(&level->facts[i].first, numbers);
    }
    for (size_t i = 0; i < coder->catalog.nmet; i++) to(&coder->catalog.met[i], numbers);
}

static void renumber_file(peil_record *record, const void *to) {
    record->file = ((const uint32_t *)to)[record->file];
}

static void shift_record(peil_record *record, const void *by) {
    record->record += ((const uint64_t *)by)[record->file];
}

void peil_coder_renumber(peil_coder *coder, const uint32_t *to) {
    change_all(coder, renumber_file, to);
}

void peil_coder_shift(peil_coder *coder, const uint64_t *by) {
    change_all(coder, shift_record, by);
}

/* ---- what notes and imputed items need ---- */

static void save_removals(const peil_removals *r, peil_text *out) {
    for (size_t k = 0; k < r->ncodes; k++) peil_pack_u64(out, r->counts[k]);
    peil_pack_byte(out, r->any);
    peil_pack_decimal(out, r->low);
    peil_pack_decimal(out, r->high);
}

static void load_removals(peil_removals *r, uint64_t rows, peil_unpacking *in) {
    for (size_t k = 0; k < r->ncodes; k++) r->counts[k] = peil_unpack_most(in, rows);
    r->any = peil_unpack_byte(in, 2);
    r->low = peil_unpack_decimal(in);
    r->high = peil_unpack_decimal(in);
}

static void save_item_sums(const peil_item_sums *sums, peil_text *out) {
    for (size_t i = 0; i < sums->nitems; i++) {
        peil_pack_u64(out, sums->valid[i]);
        peil_pack_decimal(out, sums->points[i]);
    }
    peil_pack_u64(out, sums->imputed);
}

static void load_item_sums(peil_item_sums *sums, uint64_t rows, peil_unpacking *in) {
    for (size_t i = 0; i < sums->nitems; i++) {
        sums->valid[i] = peil_unpack_most(in, rows);
        sums->points[i] = peil_unpack_decimal(in);
    }
    sums->imputed = peil_unpack_u64(in);
}

/* ---- the whole ---- */

void peil_coder_save(const peil_coder *coder, peil_text *out) {
    const peil_plan *plan = coder->plan;
    save_catalog(&coder->catalog, out);
    for (size_t i = 0; i < coder->nremovals; i++) save_removals(&coder->removals[i], out);
    for (size_t q = 0; q < plan->nquestions; q++) save_item_sums(&coder->item_sums[q], out);
    for (size_t v = 0; v < plan->nkeys; v++) peil_pack_u64(out, coder->without_by[v]);
    for (size_t r = 0; r < plan->nreplicates; r++) peil_pack_byte(out, coder->weighs[r]);
    peil_pack_u64(out, coder->missing_weights);
    peil_pack_u64(out, coder->domain);
}

peil_status peil_coder_load(peil_coder *coder, const peil_coder_limits *limits, peil_unpacking *in,
                            peil_fault *fault) {
    const peil_plan *plan = coder->plan;
    const uint64_t rows = limits->rows;
    PEIL_TRY(load_catalog(coder, limits, in, fault));
    for (size_t i = 0; i < coder->nremovals; i++) load_removals(&coder->removals[i], rows, in);
    for (size_t q = 0; q < plan->nquestions; q++) load_item_sums(&coder->item_sums[q], rows, in);
    for (size_t v = 0; v < plan->nkeys; v++) coder->without_by[v] = peil_unpack_most(in, rows);
    for (size_t r = 0; r < plan->nreplicates; r++) coder->weighs[r] = peil_unpack_byte(in, 2);
    coder->missing_weights = peil_unpack_most(in, rows);
    coder->domain = peil_unpack_most(in, rows);
    return peil_unpack_verdict(in, fault);
}
