# shellcheck shell=sh disable=SC2154 # here, data, work, with_peers, rounds: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# The eight percentages by one thread and two, against bare passes over the same file and, with
# --with-peers, other programs. Slow peers run once.

# A peer names itself and its version when it is there.
is_installed() {
    "$here/peers/$1" --version >"$work/$1.name" 2>/dev/null
}

# time_peers FILE PEER...: one that fails says so in the table.
time_peers() {
    peers_file=$1
    shift
    for peer in "$@"; do
        if is_installed "$peer"; then timed "$peer" "$here/peers/$peer" "$peers_file" || : >"$work/$peer.failed"; fi
    done
}

speed_turn() {
    timed lines "$work/bare_lines" "$1"
    timed bare "$work/bare_csv" "$1"
    eight peil-1 "$1" --threads 1
    eight peil-2 "$1" --threads 2
    [ "$with_peers" = no ] || time_peers "$1" duckdb polars
}

speed_row() {
    row "$1" "$(seconds_of "$2")" "$(median "$2")" "$(ratio "$2" bare)" "$(ratio "$2" peil-2)" "$(peak "$2")"
}

# peer_row PEER WHAT
peer_row() {
    if [ -f "$work/$1.failed" ]; then
        row "$1" failed
    elif [ -f "$work/$1.times" ]; then
        speed_row "$(cat "$work/$1.name"): $2" "$1"
    else
        row "$1" 'not installed'
    fi
}

show_speed() {
    file=$data/rows-1000000.csv
    make_file rows-1000000.csv 1000000
    repeat "$rounds" speed_turn "$file"
    [ "$with_peers" = no ] || time_peers "$file" datamash miller pspp survey

    title 'Eight percentages of a million respondents'
    cat <<TEXT
A csv file of 1,000,000 rows, 39 columns and $(megabytes "$file") MB; 14 areas x 4 years, weighted and stratified. peil and R survey give intervals; the
others the sums of weights alone, no margins. A bare libcsv pass only cuts fields, memchr only finds line ends.

TEXT
    head_of "best and median of $rounds" 'best, s' 'median, s' 'x libcsv' 'x peil' 'peak MB'
    speed_row 'memchr, bare pass' lines
    speed_row 'libcsv, bare pass' bare
    speed_row 'peil, 1 thread' peil-1
    speed_row 'peil, 2 threads' peil-2
    [ "$with_peers" = yes ] || return 0
    peer_row duckdb sums
    peer_row polars sums
    peer_row datamash 'sums, sorted, once'
    peer_row miller 'sums, once'
    peer_row pspp 'sums, once'
    peer_row survey 'the same as peil, once'
}
