# shellcheck shell=sh disable=SC2154 # data, peil, big, rounds: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# The eight percentages by one MPI process and by two, each of one thread.

# start NAME N WORD...: that many ranks.
start() {
    name=$1 count=$2
    shift 2
    timed "$name" mpirun --oversubscribe --allow-run-as-root -n "$count" "$peil-mpi" "$@"
}

# ranks N: as runner of eight_by, which gives the name, peil and its words.
ranks() {
    count=$1 name=$2
    shift 3
    start "$name" "$count" "$@" --threads 1
}

one_rank() {
    ranks 1 "$@"
}

two_ranks() {
    ranks 2 "$@"
}

mpi_turn() {
    eight_by one_rank mpi-1 "$1"
    eight_by two_ranks mpi-2 "$1"
    start mpi-start 2 --version
}

# What two processes that know nothing of one another gain here: bare passes, side by side.
limit_turn() {
    timed limit-1 "$work/bare_csv" "$1"
    # shellcheck disable=SC2016 # of the inner shell
    timed limit-2 sh -c '"$1" "$2" & "$1" "$2"; wait' sh "$work/bare_csv" "$1"
}

# gain ONE TWO TIMES: how many times as much two do in their time as one in its, at best and in the median.
gain() {
    echo "$(best "$1") $(best "$2") $(median "$1") $(median "$2")" |
        awk -v times="$3" '{ printf "%.2f (%.2f in the median)", times * $1 / $2, times * $3 / $4 }'
}

# mpi_row TEXT NAME
mpi_row() {
    row "$1" "$(seconds_of "$2")" "$(printf '%.3f' "$(median "$2")")" "$(ratio "$2" mpi-1)"
}

show_mpi() {
    title 'MPI'
    if ! command -v mpirun >/dev/null || [ ! -x "$peil-mpi" ]; then
        echo 'peil-mpi: not installed'
        return
    fi
    if [ "$big" = yes ]; then rows=10000000; else rows=1000000; fi
    make_file "rows-$rows.csv" "$rows"
    repeat "$rounds" mpi_turn "$data/rows-$rows.csv"
    head_of "$(thousands $rows) rows, best and median of $rounds" 'best, s' 'median, s' 'x one'
    mpi_row '1 process' mpi-1
    mpi_row '2 processes' mpi-2
    mpi_row 'the start of MPI alone, which is in both' mpi-start
    make_file rows-1000000.csv 1000000
    repeat "$rounds" limit_turn "$data/rows-1000000.csv"
    printf '\nTwo processes are %s times as fast as one. Two bare libcsv passes side by side, which share nothing but the\n' \
        "$(gain mpi-1 mpi-2 1)"
    printf 'machine, do %s times the work of one.\n' "$(gain limit-1 limit-2 2)"
}
