/*
 * The domain's end: the image's own, a crash, or one that the tool stack asks for (`xl shutdown`, `xl reboot`). Of that an
 * image with an export `shutdown` is told, once, in a call in which it waits or writes, and has 10 s to end by itself. A
 * second request ends it at once; the first one does where there is no such export.
 */

#include "shim.h"

#define PATIENCE 10000000000ul

static enum { RUNNING, ASKED, TOLD, ENDING } state;
static unsigned reason = SHUTDOWN_poweroff;
/* When an image that was asked ends in any case. */
static u64 limit = NEVER;

void shutdown_begin(void) {
    state = ENDING;
    console_give_up();
}

static NORETURN void end(unsigned how) {
    shutdown_begin();
    console_drain();
    hypervisor_shutdown(how);
}

void shutdown_crashed(void) {
    end(SHUTDOWN_crash);
}

static void (*report)(void);

void shutdown_report(void (*said)(void)) {
    report = said;
}

static void (*after)(void);

void shutdown_after(void (*last)(void)) {
    after = last;
}

/* The line that follows is the last one: what reads the log takes the image's code from it. */
static void begin_in_order(void) {
    shutdown_begin();
    if (report) report();
}

void shutdown_in_order(const char *how, u32 code) {
    if (after) after();
    begin_in_order();
    log_line("main %s %u", how, (u64)code);
    end(reason);
}

static void log_request(void) {
    log_line("%s requested", reason == SHUTDOWN_reboot ? "reboot" : "shutdown");
}

static void request(unsigned how) {
    reason = how;
    if (state == RUNNING && image_takes_shutdown) {
        state = ASKED;
        limit = time_now() + PATIENCE;
        events_alarm(limit);
        return;
    }
    begin_in_order();
    log_request();
    end(reason);
}

static const char CONTROL[] = "control/shutdown";

static void control_changed(void) {
    const char *wanted = xenstore_read(CONTROL);
    if (!wanted || !*wanted) return;
    bool reboot = !strcmp(wanted, "reboot");
    if (!reboot && strcmp(wanted, "poweroff") && strcmp(wanted, "halt")) {
        /* Not acknowledged: the tool stack takes what is for done, or about to be. */
        log_line("%s requested: not supported", wanted);
        return;
    }
    /* The tool stack waits for the request to be taken. */
    xenstore_write(CONTROL, "");
    request(reboot ? SHUTDOWN_reboot : SHUTDOWN_poweroff);
}

void shutdown_init(void) {
    xenstore_watch(CONTROL, control_changed);
}

void shutdown_look(void) {
    if (state == ENDING) return;
    xenstore_poll();
    if (limit == NEVER || time_now() < limit) return;
    begin_in_order();
    log_line("shutdown: main has not returned in %u s", PATIENCE / 1000000000);
    end(reason);
}

bool shutdown_tell(void) {
    shutdown_look();
    if (state != ASKED) return false;
    state = TOLD;
    log_request();
    image_shutdown();
    return true;
}
