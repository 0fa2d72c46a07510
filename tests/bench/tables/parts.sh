# shellcheck shell=sh disable=SC2154 # data, work, peil: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# Ten parts of the million rows, tallied one after another and merged, against one run over all.

parts_turn() {
    eight whole "$1" --threads 1
    for n in 0 1 2 3 4 5 6 7 8 9; do
        eval "timed tally-$n \"\$peil\" tally \"\$data/part-$n.csv\" -o \"\$work/$n.state\" --no-progress --threads 1 \
            --by gemeente,jaar --weight weging --strata stratum --missing 9 $(measures 2 8)"
    done
    timed merge "$peil" merge "$work"/[0-9].state -f csv
}

# The sum of the parts' best times, the highest of their peaks.
sum_of_parts() {
    for n in 0 1 2 3 4 5 6 7 8 9; do echo "$(best "tally-$n") $(peak "tally-$n")"; done |
        awk '{ seconds += $1; if ($2 > most) most = $2 } END { print seconds, most }' >"$work/tallies.times"
}

parts_row() {
    row "$1" "$(seconds_of "$2")" "$(ratio "$2" whole)" "$(peak "$2")"
}

show_parts() {
    # shellcheck disable=SC2016 # awk's own variables
    make_other parts-are-made awk -v to="$data/part-" '
        NR == 1 { for (n = 0; n < 10; n++) print > (to n ".csv"); next }
        { print > (to int((NR - 2) / 100000) ".csv") }'
    repeat 3 parts_turn "$data/rows-1000000.csv"
    sum_of_parts

    title 'Ten parts, tallied apart and merged'
    cat <<TEXT
The eight percentages of the million rows; $(du -ck "$work"/[0-9].state | awk 'END { print $1 }') KB of states.

TEXT
    head_of 'best of 3' 'best, s' 'x one run' 'peak MB'
    parts_row 'peil table, 1 thread' whole
    parts_row 'peil tally, ten parts in turn, 1 thread' tallies
    parts_row 'peil merge' merge
}
