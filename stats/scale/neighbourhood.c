/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scales of the Veiligheidsmonitor, 2012 to 2019. From 2021 on social cohesion has six
 * statements; their rule was not found. */
#include "scale/scale.h"

PEIL_KEY(agreeing, 1, 4, 3, 2, 1, 0);
PEIL_KEY(disagreeing, 1, 0, 1, 2, 3, 4);
PEIL_KEY(often, 1, 2, 1, 0);

static const peil_scale_item cohesion[] = {
    {"kennen elkaar nauwelijks", "De mensen kennen elkaar in deze buurt nauwelijks", &disagreeing},
    {"gaan prettig met elkaar om",
     "De mensen gaan in deze buurt op een prettige manier met elkaar om", &agreeing},
    {"gezellige buurt",
     "Ik woon in een gezellige buurt waar mensen elkaar helpen en dingen samen doen", &agreeing},
    {"thuis bij de mensen", "Ik voel me thuis bij de mensen die in deze buurt wonen", &agreeing},
};

const peil_scale peil_scale_cohesie = {
    .name = "cohesie",
    .title = "Sociale cohesie, Veiligheidsmonitor 2012-2019",
    .answers =
        "1 = helemaal mee eens, 2 = mee eens, 3 = niet eens, niet oneens, 4 = niet mee "
        "eens, 5 = helemaal niet mee eens",
    PEIL_ITEMS(cohesion),
    .counting = PEIL_SCORE_MEAN,
    .points_high = 4,
    .score_high = 10,
    .min_valid = 4,
    .source = "CBS, Veiligheidsmonitor 2012-2019 (items: StatLine 85147NED)",
    .remark = {"the published source does not give the formula: the sum of the points times 10/16 "
               "follows that of verloedering; nor does it say what a missing answer does: a sum "
               "needs all four, min 3 takes three",
               "de gepubliceerde bron geeft de formule niet: de som van de punten maal 10/16 volgt "
               "die van verloedering; zij zegt ook niet wat een ontbrekend antwoord doet: een som "
               "vraagt alle vier, min 3 neemt genoegen met drie"},
};

static const peil_scale_item decay[] = {
    {"bekladde muren", "Bekladde muren of gebouwen", &often},
    {"rommel op straat", "Rommel op straat", &often},
    {"hondenpoep", "Hondenpoep op straat", &often},
    {"vernield straatmeubilair", "Vernield straatmeubilair", &often},
};

const peil_scale peil_scale_verloedering = {
    .name = "verloedering",
    .title = "Fysieke verloedering, Veiligheidsmonitor 2012-2019",
    .answers = "1 = komt vaak voor, 2 = soms, 3 = (bijna) nooit",
    PEIL_ITEMS(decay),
    .counting = PEIL_SCORE_MEAN,
    .points_high = 2,
    .score_high = 10,
    .min_valid = 4,
    .source = "CBS, begrip M003870 (data.pldn.nl): de som van de punten maal 10/8",
    .remark = {"higher is worse; the published source does not say what a missing answer does: a "
               "sum needs all four, min 3 takes three; nor does it give the codes of the file",
               "hoger is slechter; de gepubliceerde bron zegt niet wat een ontbrekend antwoord "
               "doet: een som vraagt alle vier, min 3 neemt genoegen met drie; de codes van het "
               "bestand geeft zij evenmin"},
};

static const peil_scale_item facilities[] = {
    {"onderhoud straten", "Onderhoud van stoepen, straten en pleintjes", &agreeing},
    {"onderhoud groen", "Onderhoud van plantsoenen en parken", &agreeing},
    {"straatverlichting", "Straatverlichting", &agreeing},
    {"speelplekken", "Speelplekken voor kinderen", &agreeing},
    {"voorzieningen jongeren", "Voorzieningen voor jongeren", &agreeing},
};

const peil_scale peil_scale_voorzieningen = {
    .name = "voorzieningen",
    .title = "Fysieke voorzieningen, Veiligheidsmonitor 2012-2019",
    .answers =
        "1 = heel tevreden, 2 = tevreden, 3 = niet tevreden, niet ontevreden, 4 = "
        "ontevreden, 5 = heel ontevreden",
    PEIL_ITEMS(facilities),
    .counting = PEIL_SCORE_MEAN,
    .points_high = 4,
    .score_high = 10,
    .min_valid = 5,
    .source = "CBS, Veiligheidsmonitor 2012-2019 (items: StatLine 85147NED)",
    .remark = {"the published source does not give the formula: the sum of the points times 10/20 "
               "follows that of verloedering; nor does it say what a missing answer does: a sum "
               "needs all five, min 3 takes three",
               "de gepubliceerde bron geeft de formule niet: de som van de punten maal 10/20 volgt "
               "die van verloedering; zij zegt ook niet wat een ontbrekend antwoord doet: een som "
               "vraagt alle vijf, min 3 neemt genoegen met drie"},
};
