/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "write/words.h"

#include <string.h>

typedef struct entry {
    const char *key;
    const char *word[2]; /* by language */
} entry;

static const entry headings[] = {
    {"measure", {"measure", "maat"}},
    {"category", {"answer", "antwoord"}},
    {"estimate", {"estimate", "schatting"}},
    {"ci_low", {"interval", "interval"}},
    {"flag", {"remark", "opmerking"}},
    {"period", {"period", "periode"}},
    {"reference", {"reference", "referentie"}},
    {"difference", {"difference", "verschil"}},
    {"p_adjusted", {"adjusted\np", "gecorr.\np"}},
    {"significant", {"signif.", "signif."}},
    {"variable", {"variable", "variabele"}},
    {"label", {"label", "label"}},
    {"type", {"type", "soort"}},
    {"distinct", {"distinct\nvalues", "aantal\nwaarden"}},
    {"missing", {"missing", "ontbreekt"}},
    {"min", {"lowest", "laagste"}},
    {"max", {"highest", "hoogste"}},
    {"values", {"values", "waarden"}},
    {"role", {"role", "rol"}},
    {"scale", {"scale", "schaal"}},
    {"part", {"part", "onderdeel"}},
    {"item", {"item", "item"}},
    {"text", {"text", "tekst"}},
    {"indicator", {"code", "code"}},
    {"title", {"title", "titel"}},
    {"target", {"target", "doel"}},
    {"judgement", {"judgement", "oordeel"}},
    {"baseline", {"baseline", "nulmeting"}},
    {"baseline_difference", {"difference", "verschil"}},
    {"baseline_significant", {"signif.", "signif."}},
    {"check", {"check", "controle"}},
    {"name", {"name", "naam"}},
    {"recorded", {"recorded", "vastgelegd"}},
    {"recomputed", {"recomputed", "opnieuw"}},
    {"same", {"same", "gelijk"}},
    {"published", {"published", "gepubliceerd"}},
    {"computed", {"computed", "berekend"}},
    {"status", {"status", "status"}},
    {"margin", {"margin", "kenmerk"}},
    {"start", {"start", "begin"}},
    {"achieved", {"achieved", "bereikt"}},
    {"deviation", {"deviation", "afwijking"}},
};

static const entry flags[] = {
    {"boundary", {"all or none", "iedereen of niemand"}},
    {"edge", {"edge of the data", "rand van de gegevens"}},
    {"df", {"too few units", "te weinig eenheden"}},
    {"lonely", {"stratum with one unit", "stratum met \xC3\xA9\xC3\xA9n eenheid"}},
    {"replicates", {"not in every replicate", "niet in elk replicaat"}},
    {"standard", {"a class without answers", "een klasse zonder antwoorden"}},
    {"small-n", {"few answers", "weinig antwoorden"}},
    {"break", {"break in the method", "methodebreuk"}},
    {"present", {"present", "publiceren"}},
    {"review", {"review", "beoordelen"}},
    {"footnote", {"footnote", "met voetnoot"}},
    {"suppress", {"suppress", "niet publiceren"}},
};

static const entry phrases[] = {
    {"total", {"total", "totaal"}},
    {"no answers", {"no answers", "geen antwoorden"}},
    {"yes", {"yes", "ja"}},
    {"no", {"no", "nee"}},
    {"Note", {"Note", "Let op"}},
    {"No results.", {"No results.", "Geen uitkomsten."}},
    {"difference\nin % points", {"difference\nin % points", "verschil in\nprocentpunt"}},
    {"% interval", {"% interval", "%-interval"}},
    {"category of a margin", {"category", "categorie"}},
    {"input", {"input", "invoer"}},
    {"in the sample", {"in the sample", "in de steekproef"}},
    {"figure", {"figure", "cijfer"}},
    {"in the domain", {"in the domain", "in het domein"}},
    {"valid answers", {"valid answers", "geldige antwoorden"}},
    {"method", {"method", "methode"}},
    {"request", {"request", "opdracht"}},
    {"value", {"value", "waarde"}},
    {"values", {"values", "waarden"}},
    {"missing", {"missing", "ontbreken"}},
    {"is missing", {"missing", "ontbreekt"}},
};

static const entry judgements[] = {
    {"met", {"met", "gehaald"}},
    {"not-met", {"not met", "niet gehaald"}},
    {"not-distinguishable", {"not distinguishable", "niet te onderscheiden"}},
    {"exact", {"exact", "exact"}},
    {"within-ci", {"within the interval", "binnen het interval"}},
    {"differs", {"differs", "wijkt af"}},
    {"not-computable", {"not computable", "niet te berekenen"}},
};

/* What describe says of a variable, the parts of a scale, and those of a weighting. */
static const entry kinds[] = {
    {"whole", {"whole number", "geheel getal"}},
    {"number", {"number", "getal"}},
    {"date", {"date", "datum"}},
    {"text", {"text", "tekst"}},
    {"empty", {"empty", "leeg"}},
    {"year?", {"year?", "jaar?"}},
    {"weight?", {"weight?", "gewicht?"}},
    {"strata?", {"strata?", "strata?"}},
    {"cluster?", {"cluster?", "cluster?"}},
    {"fpc?", {"fpc?", "fpc?"}},
    {"area?", {"area?", "gebied?"}},
    {"title", {"title", "titel"}},
    {"items", {"items", "items"}},
    {"item", {"item", "item"}},
    {"answers", {"answers", "antwoorden"}},
    {"use", {"use", "gebruik"}},
    {"rule", {"rule", "regel"}},
    {"classes", {"classes", "klassen"}},
    {"remark", {"remark", "opmerking"}},
    {"source", {"source", "bron"}},
    {"total", {"total", "totaal"}},
    {"margin", {"margin", "kenmerk"}},
    {"weight", {"weight", "gewicht"}},
    {"solution", {"solution", "oplossing"}},
};

/* Of trends. */
static const entry degrees[] = {
    {"linear", {"linear", "lineair"}},
    {"quadratic", {"quadratic", "kwadratisch"}},
    {"cubic", {"cubic", "kubisch"}},
};

static const char *find(const entry *entries, size_t n, const char *key, size_t length,
                        peil_language language) {
    for (size_t i = 0; i < n; i++) {
        if (strlen(entries[i].key) == length && memcmp(entries[i].key, key, length) == 0) {
            return entries[i].word[language];
        }
    }
    return NULL;
}

#define FIND(entries, key, length, language) \
    find(entries, sizeof(entries) / sizeof *(entries), key, length, language)

const char *peil_word_heading(const char *column, peil_language language) {
    return FIND(headings, column, strlen(column), language);
}

const char *peil_word_kind(const char *word, peil_language language) {
    return FIND(kinds, word, strlen(word), language);
}

const char *peil_word_judgement(const char *word, peil_language language) {
    return FIND(judgements, word, strlen(word), language);
}

const char *peil_word_flag(const char *flag, size_t length, peil_language language) {
    return FIND(flags, flag, length, language);
}

const char *peil_word_degree(const char *word, size_t length, peil_language language) {
    return FIND(degrees, word, length, language);
}

const char *peil_word(const char *english, peil_language language) {
    const char *word = FIND(phrases, english, strlen(english), language);
    return word ? word : english;
}
