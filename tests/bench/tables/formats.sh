# shellcheck shell=sh disable=SC2154 # data, work, rounds: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# The eight percentages from other files of the same rows, each against a bare pass by the library that
# reads it.

# bare_sav NAME FILE: ReadStat, keeping the columns that peil keeps.
bare_sav() {
    timed "$1" "$work/bare_readstat" "$2" jaar gemeente stratum weging \
        vraag01 vraag02 vraag03 vraag04 vraag05 vraag06 vraag07 vraag08
}

bare_gz() {
    timed "$1" "$work/bare_zlib" "$2"
}

# format_turn FILE BARE
format_turn() {
    "$2" "bare-$1" "$data/$1"
    eight "peil-1-$1" "$data/$1" --threads 1
    eight "peil-2-$1" "$data/$1" --threads 2
}

# format_row TITLE FILE BARE
format_row() {
    repeat "$rounds" format_turn "$2" "$3"
    row "$1" "$(seconds_of "bare-$2")" "$(seconds_of "peil-1-$2")" "$(ratio "peil-1-$2" "bare-$2")" \
        "$(seconds_of "peil-2-$2")" "$(ratio "peil-2-$2" "bare-$2")" "$(peak "peil-2-$2")"
}

show_formats() {
    make_other rows.sav "$work/make_sav" plain 1000000
    make_other rows-compressed.sav "$work/make_sav" rows 1000000
    make_other rows.zsav "$work/make_sav" zsav 1000000
    make_other rows.csv.gz gzip -c

    title 'The same from other files'
    cat <<TEXT
Against a bare pass by the library alone: ReadStat, keeping the same columns, or zlib. The wall around the parser is in it.

TEXT
    head_of "best of $rounds" 'bare, s' '1 thread' 'x bare' '2 threads' 'x bare' 'peak MB'
    format_row '.sav' rows.sav bare_sav
    format_row '.sav, compressed' rows-compressed.sav bare_sav
    format_row '.zsav' rows.zsav bare_sav
    format_row '.csv.gz' rows.csv.gz bare_gz
}
