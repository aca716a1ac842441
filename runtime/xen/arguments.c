/*
 * `extra` of the domain's configuration: `[mirage.KEY=VALUE …] [--] ARGUMENTS`. The first part is the shim's; the rest
 * are the image's arguments, split at blanks outside of quotes ('…' or "…"). Words are split in place.
 */

#include "sockets.h"

/* Each word and its end follow the one before: the keys of the network's, then the image's. */
static const char *keys, *words;
static u32 total;

/* Takes the word at *from, without its quotes, to `to`; returns the place behind its end. */
static char *take(const char **from, char *to) {
    char quote = 0;
    const char *at = *from;
    for (; *at && (quote || *at != ' '); at++) {
        if (quote ? *at == quote : *at == '\'' || *at == '"') quote = quote ? 0 : *at;
        else *to++ = *at;
    }
    while (*at == ' ') at++;
    *from = at;
    *to++ = 0;
    return to;
}

static const char PREFIX[] = "mirage.";

/* Whether a word is a key of the shim's; does what it says, but for those of the network, which is not there yet. */
static bool is_key(const char *word, bool *kept) {
    if (memcmp(word, PREFIX, sizeof PREFIX - 1)) return false;
    *kept = false;
    if (!strcmp(word, "mirage.console=raw")) console_set_raw();
    else if (sockets_begin && memcmp(word, "mirage.console", sizeof "mirage.console" - 1)) *kept = true;
    else log_line("unknown key, ignored: %s", word);
    return true;
}

void arguments_init(char *line) {
    const char *from = line;
    bool ours = true;
    while (*from == ' ') from++;
    char *next = line;
    keys = words = line;
    while (*from) {
        /* In place: a word and its end take no more than the word and the blank behind it. */
        char *end = take(&from, next);
        bool kept = true;
        if (ours && is_key(next, &kept)) {
            if (kept) words = next = end;
            continue;
        }
        if (ours && !strcmp(next, "--")) ours = false;
        else {
            ours = false;
            next = end;
            total++;
        }
    }
}

const char *arguments_next_key(const char *last) {
    const char *next = last ? last + strlen(last) + 1 : keys;
    return next < words ? next + sizeof PREFIX - 1 : 0;
}

u32 arguments_count(void) {
    return total;
}

const char *arguments_first(void) {
    return words;
}
