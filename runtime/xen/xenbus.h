#ifndef XENBUS_H
#define XENBUS_H

#include "shim.h"

/* io/xenbus.h */
enum xenbus_state { XenbusStateUnknown, XenbusStateInitialising, XenbusStateInitWait, XenbusStateInitialised, XenbusStateConnected, XenbusStateClosing, XenbusStateClosed };

/* What stands in FOLDER/KEY, until the next request; 0 when nothing does. */
const char *xenbus_read(const char *folder, const char *key);
/* A number up to `most` that stands there, or else `otherwise`. */
u64 xenbus_number(const char *folder, const char *key, u64 most, u64 otherwise);
void xenbus_write(const char *folder, const char *key, u32 value);
/* `changed` is called by xenstore_poll: first for the key as it is. */
void xenbus_watch(const char *folder, const char *key, void (*changed)(void));

#endif
