/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands: each drives the stages from bytes to judged rows. Nothing is written; on failure
 * the report is empty and `fault` says why. */
#ifndef PEIL_REPORT_RUN_H
#define PEIL_REPORT_RUN_H

#include "plan/request.h"
#include "report/report.h"

/* Figures with intervals, by group: the columns of `peil table`. The caller clears `report`. */
peil_status peil_run_table(const peil_request *request, peil_report *report,
                           peil_fault *fault) PEIL_CHECKED;

/* Differences between the values of request->over, with significance. */
peil_status peil_run_compare(const peil_request *request, peil_report *report,
                             peil_fault *fault) PEIL_CHECKED;

/* Weights that add up to targets: how they do, with
 * item,margin,category,n,start,target,achieved,deviation
 * and, when request->keep_weights, the weight of every row in report->weights. Refuses targets that
 * are not met: PEIL_EDATA. */
peil_status peil_run_weight(const peil_request *request, peil_report *report,
                            peil_fault *fault) PEIL_CHECKED;

/* The exact totals of the files as a state, which is the report's document: a part of the data, for
 * the request of a table, or of a comparison where it has an over. request->part: which part. */
peil_status peil_run_tally(const peil_request *request, peil_report *report,
                           peil_fault *fault) PEIL_CHECKED;

/* The table or comparison of all states together, which are the request's files: what a run on
 * their data would give. With request->partial a state of them, as the report's document. */
peil_status peil_run_merge(const peil_request *request, peil_report *report,
                           peil_fault *fault) PEIL_CHECKED;

/* All that a monitor file (the request's one file) declares; with request->check only whether it
 * can be: a row an indicator. On PEIL_EDATA by faults of the monitor file, report->faults has them
 * all and `fault` no message. */
peil_status peil_run_monitor(const peil_request *request, peil_report *report,
                             peil_fault *fault) PEIL_CHECKED;

/* What is in the files: a row a variable, with
 * variable,label,type,role,distinct,missing,min,max,values (label: where files have labels); with
 * request->schema no rows, and a Table Schema as the document. */
peil_status peil_run_describe(const peil_request *request, peil_report *report,
                              peil_fault *fault) PEIL_CHECKED;

/* The shipped scales; those of request->names in full: rows of scale,part,item,text. */
peil_status peil_run_scales(const peil_request *request, peil_report *report,
                            peil_fault *fault) PEIL_CHECKED;

#endif
