/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales of the Gezondheidsmonitor Jeugd, as its SPSS syntax has them. */
#include "scale/scale.h"

#define SYNTAX(what)                                 \
    "GGD GHOR, Gezondheidsmonitor Jeugd 2025, " what \
    " (github.com/ggdatascience/reports_excel_to_powerpoint, oko/Syntaxen)"

PEIL_KEY(all_the_time, 1, 5, 4, 3, 2, 1, 0);

static const peil_scale_item wellbeing[] = {
    {"vrolijk", "Voelde je je vrolijk en opgewekt?", &all_the_time},
    {"rustig", "Voelde je je rustig en ontspannen?", &all_the_time},
    {"actief", "Voelde je je actief en vol energie?", &all_the_time},
    {"uitgerust", "Werd je uitgerust en fris wakker?", &all_the_time},
    {"dingen die interesseren", "Was je elke dag bezig met dingen die je interesseren?",
     &all_the_time},
};
static const peil_class of_wellbeing[] = {
    {"laag emotioneel welbevinden", 0, 12, false, false},
    {"matig tot hoog emotioneel welbevinden", 13, 25, false, false}};

const peil_scale peil_scale_who5 = {
    .name = "who5",
    .title = "Emotioneel welbevinden (WHO-5), Gezondheidsmonitor Jeugd 2025",
    .answers =
        "1 = de hele tijd, 2 = meestal, 3 = meer dan de helft van de tijd, 4 = minder dan "
        "de helft van de tijd, 5 = soms, 6 = nooit",
    PEIL_ITEMS(wellbeing),
    .counting = PEIL_SCORE_MEAN,
    .points_high = 5,
    .score_high = 25,
    .min_valid = 3,
    PEIL_CLASSES(of_wellbeing),
    .source = SYNTAX("syntax 09 WHO-5, versie 3"),
    .remark = {"as in the syntax, a score between 12 and 13, which a missing item can give, is in "
               "no class",
               "zoals in de syntax valt een score tussen 12 en 13, die een ontbrekend item kan "
               "geven, in geen klasse"},
};

PEIL_KEY(agreeing, 1, 5, 4, 3, 2, 1);

static const peil_scale_item resilience[] = {
    {"weet wat ik wil", "Ik weet wat ik wel en niet wil", &agreeing},
    {"zeg wat vervelend is", "Ik zeg het als iemand iets doet wat ik vervelend vind", &agreeing},
    {"nee zeggen", "Ik kan heel goed nee zeggen", &agreeing},
    {"doe wat ik wil", "Ik doe dingen die ik zelf echt wil", &agreeing},
    {"kom op voor mezelf", "Ik kom voor mezelf op", &agreeing},
};
static const peil_class of_resilience[] = {{"onvoldoende weerbaar", 1, 3, false, false},
                                           {"voldoende weerbaar", 3, 5, true, false}};

const peil_scale peil_scale_weerbaarheid = {
    .name = "weerbaarheid",
    .title = "Weerbaarheid, Gezondheidsmonitor Jeugd 2025",
    .answers =
        "1 = helemaal eens, 2 = eens, 3 = niet eens, niet oneens, 4 = oneens, 5 = helemaal "
        "oneens",
    PEIL_ITEMS(resilience),
    .counting = PEIL_SCORE_MEAN,
    .points_low = 1,
    .points_high = 5,
    .score_low = 1,
    .score_high = 5,
    .min_valid = 3,
    PEIL_CLASSES(of_resilience),
    .source = SYNTAX("syntax 24 Weerbaarheid, versie 4"),
};

/* 8: seldom or never a gamer, to whom the question does not apply. */
PEIL_KEY(gaming, 0, 0, 1, 2, 3, 4, PEIL_NO_CODE, PEIL_NO_CODE, PEIL_NO_CODE, 0);

/* The seventh is no item of the short IVO scale. */
static const peil_scale_item games[] = {
    {"moeilijk stoppen", "Hoe vaak moeilijk om met gamen te stoppen?", &gaming},
    {"minder moeten gamen", "Hoe vaak zeggen anderen minder zou moeten gamen?", &gaming},
    {"liever gamen", "Hoe vaak liever gamen dan tijd met anderen?", &gaming},
    {"onrustig", "Hoe vaak onrustig wanneer niet gamen?", &gaming},
    {"huiswerk afraffelen", "Hoe vaak raffel je je huiswerk af omdat je wilt gamen?", &gaming},
    {"gamen bij rot voelen", "Hoe vaak gamen omdat je je rot voelt?", &gaming},
    {"slaap te kort", "Hoe vaak slaap te kort door gamen?", &gaming},
};
static const peil_class of_games[] = {{"geen of weinig risico", 0, 2, false, false},
                                      {"wel risico", 2, 4, true, false}};

#define GAMES                                                                            \
    .answers = "0 = nooit, 1 = bijna nooit, 2 = soms, 3 = vaak, 4 = zeer vaak, 8 = nvt", \
    .counting = PEIL_SCORE_MEAN, .points_high = 4, .score_high = 4,                      \
    .source = SYNTAX("syntax 27 Gamen, versie 7")

const peil_scale peil_scale_gamen6 = {
    .name = "gamen6",
    .title = "Risico op problematisch gamen, 6 items (IVO), Gezondheidsmonitor Jeugd",
    GAMES,
    .items = games,
    .nitems = 6,
    .min_valid = 4,
    PEIL_CLASSES(of_games),
    .remark = {"the codes are those of the cleaned variables (SBGMA302 to SBGMA307); who seldom "
               "games (8) counts as no risk, as in the syntax, and here with a score of 0",
               "de codes zijn die van de opgeschoonde variabelen (SBGMA302 t/m SBGMA307); wie "
               "zelden gamet (8) telt als geen risico, zoals in de syntax, en hier met score 0"},
};

const peil_scale peil_scale_gamen7 = {
    .name = "gamen7",
    .title = "Problematisch gamen, 7 items, Gezondheidsmonitor Jeugd",
    GAMES,
    PEIL_ITEMS(games),
    .min_valid = 5,
    .remark = {"the codes are those of the cleaned variables (SBGMA302 to SBGMA308); who seldom "
               "games (8) has a score of 0 here; without classes, as the syntax also asks for "
               "homework or sleep to suffer, which a score does not tell",
               "de codes zijn die van de opgeschoonde variabelen (SBGMA302 t/m SBGMA308); wie "
               "zelden gamet (8) heeft hier score 0; zonder klassen, want de syntax eist ook dat "
               "huiswerk of slaap eronder lijdt, wat een score niet zegt"},
};
