/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of periods and areas in order: 2 before 10, and 10a wherever that leaves one order. */
#include "report/changes.h"

#include "support/testing.h"

Test(published, values_have_one_order) {
    static const char *const values[] = {"2", "10", "1x", "010", "a", "-1", ""};
    for (size_t i = 0; i < COUNT(values); i++)
        for (size_t k = 0; k < COUNT(values); k++)
            for (size_t m = 0; m < COUNT(values); m++)
                if (peil_value_compare(values[i], values[k]) < 0 &&
                    peil_value_compare(values[k], values[m]) < 0)
                    cr_expect_lt(peil_value_compare(values[i], values[m]), 0, "'%s' '%s' '%s'",
                                 values[i], values[k], values[m]);
    cr_expect_lt(peil_value_compare("2", "10"), 0);
    cr_expect_eq(peil_value_compare("2015", "2015.0"), 0);
}
