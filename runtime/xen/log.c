/* The boot log: lines on the console, each whole. No heap; what is longer than a line is cut. */

#include <stdarg.h>
#include "shim.h"

struct line {
    char text[320];
    size_t length;
};

static void put(struct line *line, char byte) {
    if (line->length < sizeof line->text - 1) line->text[line->length++] = byte;
}

static void put_number(struct line *line, u64 value, unsigned base) {
    char digits[20];
    unsigned count = 0;
    do digits[count++] = "0123456789abcdef"[value % base];
    while (value /= base);
    while (count) put(line, digits[--count]);
}

static void put_format(struct line *line, const char *format, va_list values) {
    for (; *format; format++) {
        if (*format != '%') {
            put(line, *format);
            continue;
        }
        switch (*++format) {
        case 's':
            for (const char *text = va_arg(values, const char *); *text; text++) put(line, *text);
            break;
        case 'c': put(line, (char)va_arg(values, int)); break;
        case 'u': put_number(line, va_arg(values, u64), 10); break;
        case 'x': put_number(line, va_arg(values, u64), 16); break;
        }
    }
}

static void log_values(const char *format, va_list values) {
    struct line line = {.length = 0};
    for (const char *prefix = "mirage: "; *prefix; prefix++) put(&line, *prefix);
    put_format(&line, format, values);
    line.text[line.length++] = '\n';
    console_write(line.text, line.length);
}

void log_line(const char *format, ...) {
    va_list values;
    va_start(values, format);
    log_values(format, values);
    va_end(values);
}

void panic(const char *format, ...) {
    va_list values;
    va_start(values, format);
    shutdown_begin();
    log_values(format, values);
    va_end(values);
    shutdown_crashed();
}
