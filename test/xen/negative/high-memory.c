#include "guest.h"

/* Memory above 4 GiB, in a domain that has some. */
u32 image_run(void) {
    volatile u64 *high = (u64 *)(5ul << 30);
    *high = 42;
    return *high != 42;
}
