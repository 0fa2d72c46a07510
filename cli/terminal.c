/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terminal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool cli_terminal_obeys(int descriptor) {
    const char *name = getenv("TERM");
    return isatty(descriptor) && name && name[0] && strcmp(name, "dumb") != 0;
}

bool cli_terminal_colours(int descriptor) {
    const char *no = getenv("NO_COLOR");
    return cli_terminal_obeys(descriptor) && !(no && no[0]);
}

size_t cli_terminal_width(int descriptor) {
    struct winsize size = {0};
    if (isatty(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    const char *columns = getenv("COLUMNS");
    const long width = columns ? strtol(columns, NULL, 10) : 0;
    return width > 0 && width <= USHRT_MAX ? (size_t)width : 0;
}
