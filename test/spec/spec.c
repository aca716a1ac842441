/* Runs the commands of a script, says which do not hold, and how many do. */

#include "spec.h"
#include <stdio.h>

struct w2c_spectest spectest = {.global = 666};
static u32 line, held, failed;
static bool holds;

void expect(u64 bits, u64 wanted, u64 mask) {
    if ((bits & mask) == wanted) return;
    printf("line %u: the result is %#llx, and %#llx of %#llx was wanted\n", line, (unsigned long long)bits, (unsigned long long)wanted, (unsigned long long)mask);
    holds = false;
}

static void run(void) {
    wasm_rt_allocate_funcref_table(&spectest.table, 10, 20);
    for (const struct command *command = commands; command->run; command++) {
        line = command->line;
        holds = true;
        wasm_rt_trap_t trap = linux_rt_call(command->run);
        if (trap != command->trap) {
            printf("line %u: it ends with trap %d, and %d was wanted\n", line, trap, command->trap);
            holds = false;
        }
        *(holds ? &held : &failed) += 1;
    }
}

int main(void) {
    linux_rt_run(run);
    printf("%u hold, %u do not\n", held, failed);
    return failed > 0;
}

/* Made when it is asked for: a script's only memory is the first. */
wasm_rt_memory_t *w2c_spectest_memory(struct w2c_spectest *instance) {
    if (!instance->memory.data) wasm_rt_allocate_memory(&instance->memory, 1, 2, false, 65536);
    return &instance->memory;
}

wasm_rt_funcref_table_t *w2c_spectest_table(struct w2c_spectest *instance) {
    return &instance->table;
}

u32 *w2c_spectest_global(struct w2c_spectest *instance) {
    return &instance->global;
}

void w2c_spectest_print(struct w2c_spectest *instance, u32 value) {
    (void)instance, (void)value;
}

void w2c_spectest_print_nothing(struct w2c_spectest *instance) {
    (void)instance;
}
