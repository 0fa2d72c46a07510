/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peil: survey figures with honest margins, from microdata. */
#include "program.h"

int main(int argc, char **argv) {
    return cli_program(argc, argv, NULL);
}
