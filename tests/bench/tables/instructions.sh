# shellcheck shell=sh disable=SC2154 # data: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# The instructions that a row takes, of the eight percentages by one thread. Between two sizes, so that
# what comes before the rows and behind them does not count.

# callgrind NAME COMMAND...: the instructions that it takes.
callgrind() {
    shift
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        awk '/Collected/ { print $NF }'
}

show_instructions() {
    title 'Instructions'
    if ! command -v valgrind >/dev/null; then
        echo 'valgrind: not installed'
        return
    fi
    make_file rows-10000.csv 10000
    make_file rows-30000.csv 30000
    few=$(eight_by callgrind few "$data/rows-10000.csv" --threads 1)
    many=$(eight_by callgrind many "$data/rows-30000.csv" --threads 1)
    echo "A row of the eight percentages takes $(thousands $(((many - few) / 20000))) instructions, by one thread, under callgrind."
}
