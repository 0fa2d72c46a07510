# shellcheck shell=sh disable=SC2154 # data, work, peil: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# Changes in many areas, and weights.

municipal() {
    eval "timed municipal \"\$peil\" compare \"\$data/municipal.csv\" -f csv --no-progress --over jaar \
        --by gemeente --weight weging --strata stratum --missing 9 --adjust holm $(measures 2 20)"
}

# Targets in three margins, 25 in all: by area, by sex and age, by education.
make_targets() {
    awk 'BEGIN {
        print "margin,category,target"
        for (i = 0; i < 14; i++) print "gemeente,GM0" 534 + 7 * i "," 9000 + 150 * i
        split("man vrouw", sex); split("18-34 35-49 50-64 65+", age)
        split("16000 18500 20500 15000 17000 19500 17650 15500", part)
        for (i = 0; i < 8; i++)
            print "geslacht:leeftijdsklasse," sex[1 + int(i / 4)] ":" age[1 + i % 4] "," part[i + 1]
        print "opleiding,1,39650"; print "opleiding,2,60000"; print "opleiding,3,40000"
    }' >"$data/targets.csv"
}

# weigh NAME COMMAND [OPTION...]: on the million rows.
weigh() {
    name=$1 command=$2
    shift 2
    timed "$name" "$peil" "$command" "$data/rows-1000000.csv" -f csv --no-progress \
        --targets "$data/targets.csv" --weight weging "$@"
}

task_turn() {
    municipal
    weigh weights weight
    weigh weights-saved weight --id id --save "$work/weights.csv"
    weigh calibrated table --by gemeente,jaar -m 'percent(vraag01 = 1)' --strata stratum --missing 9
}

task_row() {
    row "$1" "$(seconds_of "$2")" "$(peak "$2")"
}

show_tasks() {
    make_file municipal.csv municipal
    make_file rows-1000000.csv 1000000
    make_targets
    repeat 3 task_turn

    title 'Other work on a million rows'
    head_of 'best of 3' 'best, s' 'peak MB'
    task_row '20 questions x 340 areas x 2 years, 6,800 tests' municipal
    task_row 'weights raked to 25 targets, report' weights
    task_row 'the same, and a file of a million weights' weights-saved
    task_row 'a percentage by 14 x 4, calibrated' calibrated
}
