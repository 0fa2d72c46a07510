/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests carried out as far as the totals, for every command that makes figures. Studies of the
 * same files share one pass over them. */
#ifndef PEIL_REPORT_STUDY_H
#define PEIL_REPORT_STUDY_H

#include "estimate/estimate.h"
#include "estimate/standard.h"
#include "infer/interval.h"
#include "infer/reliability.h"
#include "plan/coder.h"
#include "plan/plan.h"
#include "report/calibration.h"
#include "report/replication.h"
#include "report/report.h"
#include "report/roster.h"
#include "report/state_parts.h"
#include "tally/view.h"

/* What a study makes of some of the rows. */
typedef struct peil_share {
    peil_coder coder;
    peil_tally tally;
    peil_roster roster; /* when the pass keeps rows */
} peil_share;

/* Some of the rows, added up for all studies at once: those of a file that one thread read, or of a
 * state. Parts add up. */
typedef struct peil_part {
    peil_batch batch;
    peil_share *shares; /* by study */
} peil_part;

typedef struct peil_pass peil_pass;

typedef struct peil_study {
    const peil_pass *pass;
    const peil_request *request;
    peil_plan plan;
    const peil_share *whole; /* of all rows, once every file is read */
    uint32_t **by_ranks;     /* by the plan's by variables: borrowed from the pass */
    peil_standard standard;  /* no shares: figures are as they are */
    peil_design design;
    peil_calibration calibration;
    const peil_calibrated *calibrated; /* what variances need of targets; NULL: none */
    peil_replication_words replication;
    peil_replicates replicates;
    peil_rules rules;
    const peil_interval *interval;
    double level;                        /* in (0,1) */
    uint64_t min_n;                      /* fewer respondents: the figure is not shown */
    const peil_reliability *reliability; /* NULL: nothing is said */
} peil_study;

/* One reading of some files, whatever the number of studies. */
struct peil_pass {
    bool keeps_rows;             /* set before the run: rows get an answer of their own */
    const peil_request *request; /* how to read: the first of the studies' */
    size_t first_input;          /* of the report's inputs: that of the first file */
    size_t nstudies;
    peil_study *studies;
    peil_part whole;          /* all parts together */
    peil_hierarchy hierarchy; /* of areas, when there is one */
    size_t nfiles;
    const char *const *files; /* names, by number; borrowed from the request or the parts */
    bool *has_names;          /* by file: its first line has the names */
    bool has_labels;          /* some file has labels of values */
    uint32_t **ranks;         /* by column of the batch: rank of each code; NULL where not coded */
    bool *is_numeric;         /* by column of the batch: every value is a number */
    peil_state_parts parts;   /* where the totals come from states: their data */
    const struct peil_team *team; /* they read the files together; NULL: this process does */
    peil_lesson *lessons;         /* by file: what this rank learned of those it read a part of */
};

/* Plans n requests of the same files, read in the same way; reads every file once and adds up, or
 * adds up the states in which that was done. Adds the inputs to the report's provenance. `requests`
 * must outlive the pass. The caller clears, also after a failure. */
peil_status peil_pass_total(const peil_request *requests, size_t n, peil_pass *pass,
                            peil_report *report, peil_fault *fault) PEIL_CHECKED;

/* The same, and puts the designs in order. */
peil_status peil_pass_run(const peil_request *requests, size_t n, peil_pass *pass,
                          peil_report *report, peil_fault *fault) PEIL_CHECKED;
void peil_pass_clear(peil_pass *pass);

/* A part of the same studies, with nothing in it; its batch is there already. The caller clears,
 * also after a failure. */
peil_status peil_part_make(const peil_pass *pass, peil_part *part, peil_fault *fault) PEIL_CHECKED;
void peil_part_clear(const peil_pass *pass, peil_part *part);

/* Adds the rows of a part to another one's. PEIL_EDATA where they contradict each other. */
peil_status peil_part_add(const peil_pass *pass, peil_part *into, peil_part *from,
                          peil_fault *fault) PEIL_CHECKED;

/* Reads the rows of a reader that is bound to the part's batch, and adds them to the part and to
 * the input's counts. tells: how far it is. */
peil_status peil_pass_read_rows(const peil_pass *pass, peil_reader *reader, peil_part *part,
                                peil_input *input, bool tells, peil_fault *fault) PEIL_CHECKED;

/* For the pass. Plans a request: what it needs is added to the batch. */
peil_status peil_study_plan(const peil_pass *pass, const peil_request *request, peil_batch *batch,
                            peil_study *study, peil_fault *fault) PEIL_CHECKED;

/* For the pass. Replicate weights may be named by a pattern: the header of the first file says
 * which variables they are, and those of the others must say the same. */
peil_status peil_study_find_replicates(peil_study *study, size_t file, const peil_header *header,
                                       peil_batch *batch, peil_fault *fault) PEIL_CHECKED;

/* For the pass. After all rows were read: puts the design in order. */
peil_status peil_study_finish(peil_study *study, peil_fault *fault) PEIL_CHECKED;
void peil_study_clear(peil_study *study);

/* For the study. Finds the patterns and what they are in the terms of the targets; refuses the
 * first record that has no value, or one without a target. */
peil_status peil_study_patterns(peil_study *study, peil_fault *fault) PEIL_CHECKED;

/* For the study. Patterns, and amounts to reach. Refuses targets that do not add up, or that nobody
 * can meet. */
peil_status peil_study_aim(peil_study *study, peil_fault *fault) PEIL_CHECKED;

/* For the study. g-weights by pattern, and what variances need. */
peil_status peil_study_calibrate(peil_study *study, peil_fault *fault) PEIL_CHECKED;

/* Refuses what is not met: PEIL_EDATA, naming the margin and category, and by how much. */
peil_status peil_study_check_met(const peil_study *study, const peil_calibration_solution *solution,
                                 peil_fault *fault) PEIL_CHECKED;

/* The mean of the points of each item, for a question that imputes them: NAN where nobody answered
 * it; NULL for another question. The caller frees. */
peil_status peil_study_item_means(const peil_study *study, size_t question, peil_real **means,
                                  peil_fault *fault) PEIL_CHECKED;

/* One measure in one breakdown, ready for figures. What those of several need is only read: each
 * may have a thread of its own. */
typedef struct peil_tableau {
    const peil_study *study;
    const peil_measure *measure;
    const peil_estimator *estimator;
    const peil_breakdown *breakdown;
    peil_crossing crossing;
    const peil_standard *standard; /* or NULL */
    size_t nclasses;               /* of the standard that somebody is in; 1 without a standard */
    uint32_t *cells; /* by cell of the crossing: its nclasses cells of the view, see below */
    peil_answer_values values;
    peil_view view;
    size_t ncategories;       /* rows a cell: 1, or the answers to percent(VAR) */
    uint32_t *categories;     /* the answer in order that each row is about, or PEIL_EVERY_ANSWER */
    uint32_t *category_codes; /* of the column's dictionary; or NULL */
    const peil_class *classes; /* the categories of percent(scale(...)); or NULL */
    peil_workspace *workspace; /* of variances */
} peil_tableau;

peil_status peil_tableau_make(const peil_study *study, size_t measure, size_t breakdown,
                              peil_tableau *out, peil_fault *fault) PEIL_CHECKED;
void peil_tableau_clear(peil_tableau *tableau);

/* For tableau.c: fills the values and categories of a tableau whose study and measure are set. */
peil_status peil_tableau_answers(const peil_study *study, size_t question, peil_tableau *out,
                                 peil_fault *fault) PEIL_CHECKED;

/* Whether there can be anybody in a cell: false where the hierarchy has one area of it outside
 * another one. Such a cell has no row. */
bool peil_tableau_has_cell(const peil_tableau *tableau, size_t cell);

/* Some cells of a tableau's view together. */
typedef struct peil_cells {
    const uint32_t *cells;
    size_t n;
} peil_cells;

/* The cells of the view that a cell of the crossing is: itself, or when figures are standardised
 * one of each class. Borrowed from the tableau. */
peil_cells peil_tableau_cells(const peil_tableau *tableau, size_t cell);

/* Its cell in class k: each class of the view has as many as the crossing, in the same order. */
uint32_t peil_tableau_cell_in_class(const peil_tableau *tableau, size_t cell, size_t k);

/* The same for n cells of the crossing from `first` on together, without the cell `but`: into
 * `out`, which has room for n * nclasses. */
peil_cells peil_tableau_rest(const peil_tableau *tableau, uint32_t first, size_t n, uint32_t but,
                             uint32_t *out);

/* The respondents that a figure for some cells together is about. */
peil_domain peil_tableau_domain(const peil_tableau *tableau, peil_cells cells, size_t category);

/* The figure, without its variance. */
peil_linear peil_tableau_linear(const peil_tableau *tableau, peil_cells cells, size_t category);

/* Whether somebody answered, but nobody in one of the classes that figures are standardised to. */
bool peil_linear_lacks_class(const peil_linear *linear);

/* A figure with its margin. */
typedef struct peil_finding {
    peil_linear linear;
    peil_estimate estimate;
    peil_bounds bounds; /* in 0..1 for a percentage */
    bool is_boundary;   /* a percentage of 0 or 100 */
    bool lacks_spread;  /* a standardised figure whose classes differ, but have one answer each */
    bool is_edge;       /* a quantile whose interval reaches the end of the data */
} peil_finding;

/* A figure and its estimate for some cells together; its interval is that of a proportion by the
 * chosen method, that of a kind of its own, or else t. A fault names its file. */
peil_status peil_tableau_figure(const peil_tableau *tableau, peil_cells cells, size_t category,
                                peil_finding *out, peil_fault *fault) PEIL_CHECKED;

/* The same with an interval of another level, in (0,1). */
peil_status peil_tableau_figure_at(const peil_tableau *tableau, peil_cells cells, size_t category,
                                   double level, peil_finding *out, peil_fault *fault) PEIL_CHECKED;

/* For tableau.c: the interval of a kind that inverts, from the finding of its share. The standard
 * error, and the influence with it, becomes that of the figure: NaN when a bound is missing. */
void peil_finding_invert(peil_finding *finding, const peil_estimator *estimator, double level);

/* Where things stand in a row of the report. */
typedef struct peil_places {
    size_t measure, category;
    size_t by[PEIL_BY_MOST]; /* by the plan's by variables */
    size_t figures;          /* the first one: estimate */
} peil_places;

/* Fills the cells of measure and category, and those of the breakdown's by variables. */
peil_status peil_tableau_keys(const peil_tableau *tableau, size_t cell, size_t category,
                              const peil_places *places, peil_cell *cells,
                              peil_fault *fault) PEIL_CHECKED;

/* A cell with a value of a coded column, and the next one with its label if there are labels; empty
 * for the missing value. */
peil_status peil_study_value(const peil_study *study, size_t column, uint32_t code, peil_cell *cell,
                             peil_fault *fault) PEIL_CHECKED;

/* Names the file of a record in a fault that has none. */
void peil_pass_name_file(const peil_pass *pass, peil_record record, peil_fault *fault);

/* How people see a figure of a kind. */
peil_unit peil_unit_of(const peil_kind *kind);

/* Notes on what was left out: on the files, on the answers of a study, and on rows without answers;
 * or all of them, for a report of one study. */
peil_status peil_input_notes(peil_language language, peil_report *report,
                             peil_fault *fault) PEIL_CHECKED;
peil_status peil_answer_notes(const peil_study *study, peil_report *report,
                              peil_fault *fault) PEIL_CHECKED;
peil_status peil_row_notes(peil_language language, peil_report *report,
                           peil_fault *fault) PEIL_CHECKED;
peil_status peil_study_notes(const peil_study *study, peil_report *report,
                             peil_fault *fault) PEIL_CHECKED;
peil_status peil_study_literal_notes(const peil_study *study, peil_report *report,
                                     peil_fault *fault) PEIL_CHECKED;
peil_status peil_study_undeclared_notes(const peil_study *study, peil_report *report,
                                        peil_fault *fault) PEIL_CHECKED;
peil_status peil_study_scale_notes(const peil_study *study, peil_report *report,
                                   peil_fault *fault) PEIL_CHECKED;

/* Makes the report's columns: the first `lead` of `columns` (which end in NULL), the by variables
 * but for the one numbered `apart` (PEIL_NO_COLUMN: all), the rest of `columns`; with labels where
 * files have them. Refuses a by variable that has the name of another column. */
peil_status peil_study_columns(const peil_study *study, const char *const *columns, size_t lead,
                               size_t apart, peil_report *report, peil_places *places,
                               peil_fault *fault) PEIL_CHECKED;

#endif
