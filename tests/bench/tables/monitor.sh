# shellcheck shell=sh disable=SC2154 # data, work, peil: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# A whole publication: 200 indicators, each by 14 areas x 4 years, 2 x 7 groups, and in total.

# make_monitor FILE: on a data file beside it.
make_monitor() {
    cat <<YAML
peil: 1
title: Two hundred indicators
language: en
data:
  all: {files: [$1], weight: weging, strata: [stratum], missing: {"*": [9]}}
breakdowns: [[gemeente, jaar], [geslacht, klas]]
indicators:
YAML
    for n in $(seq -w 1 200); do echo "  - {code: i$n, data: all, measure: \"percent(vraag$n = 1)\"}"; done
}

monitor() {
    timed "$1" "$peil" run "$data/monitor.yaml" -f csv --no-progress --threads "$2"
}

monitor_turn() {
    timed monitor-bare "$work/bare_csv" "$1"
    monitor monitor-1 1
    monitor monitor-2 2
}

monitor_row() {
    row "$1" "$(seconds_of "$2")" "$(ratio "$2" monitor-bare)" "$(peak "$2")"
}

show_monitor() {
    make_file wide.csv wide
    make_monitor wide.csv >"$data/monitor.yaml"
    repeat 3 monitor_turn "$data/wide.csv"

    title 'A monitor of 200 indicators'
    cat <<TEXT
By 14 areas x 4 years, by 2 x 7 groups and in total, 14,200 figures with intervals; 1,000,000 rows, 250 columns, $(megabytes "$data/wide.csv") MB of csv.

TEXT
    head_of 'best of 3' 'best, s' 'x libcsv' 'peak MB'
    monitor_row 'libcsv, bare pass' monitor-bare
    monitor_row 'peil run, 1 thread' monitor-1
    monitor_row 'peil run, 2 threads' monitor-2
}
