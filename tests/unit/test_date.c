/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>

#include "core/date.h"

Test(date, days_and_times_of_iso_8601) {
    static const char *const dates[] = {"2015-03-01",
                                        "2016-02-29",
                                        "2000-02-29",
                                        "1582-10-15",
                                        "2015-12-31T00:00",
                                        "2015-12-31 23:59:60",
                                        "2015-12-31T12:34",
                                        "2015-12-31T12:34:5",
                                        "2015-12-31T12:34:56.789",
                                        "2015-12-31T12:3",
                                        "2015-12-31T12:34Z",
                                        "2015-12-31T12:34:56+01:00",
                                        "2015-12-31T12:34-05:30"};
    static const bool is_date[] = {true,  true, true,  true, true, true, true,
                                   false, true, false, true, true, true};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        cr_assert_eq(peil_text_is_date(dates[i]), is_date[i], "%s", dates[i]);
}

Test(date, what_only_looks_like_it) {
    static const char *const texts[] = {"",
                                        "2015",
                                        "2015-3-1",
                                        "01-03-2015",
                                        "2015-13-01",
                                        "2015-00-01",
                                        "2015-02-29",
                                        "1900-02-29",
                                        "2015-04-31",
                                        "2015-03-00",
                                        "2015/03/01",
                                        "20150301",
                                        "2015-03-01x",
                                        "2015-03-01T",
                                        "2015-03-01T24:00",
                                        "2015-03-01T12:60",
                                        "2015-03-01T12:34:61",
                                        "2015-03-01T12:34:56.",
                                        "2015-03-01T12:34+15:00",
                                        "2015-03-01T12:34+0100",
                                        "2015-03-01T12:34Zx"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_assert_not(peil_text_is_date(texts[i]), "%s", texts[i]);
}
