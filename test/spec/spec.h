/* A script of the specification's tests as a C program: one command a function, and the trap that must end it. */
#ifndef SPEC_H
#define SPEC_H
#include "linux-rt.h"

typedef uint32_t u32;
typedef uint64_t u64;
typedef float f32;
typedef double f64;
#define WASM_RT_CORE_TYPES_DEFINED
typedef uint8_t u8;
typedef int8_t s8;
typedef uint16_t u16;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

struct command {
    u32 line;
    void (*run)(void);
    wasm_rt_trap_t trap;
};
/* Ends with one without a function. */
extern const struct command commands[];

/* A value's bits. Of a reference to a function: whether there is one; hosts' are numbers from 1. */
#define bits_u32(value) ((u64)(u32)(value))
#define bits_u64(value) ((u64)(value))
#define bits_f32(value) (((union { f32 of; u32 bits; }){.of = (value)}).bits + 0ull)
#define bits_f64(value) (((union { f64 of; u64 bits; }){.of = (value)}).bits + 0ull)
#define bits_wasm_rt_funcref_t(value) ((value).func ? 1ull : 0ull)
#define bits_wasm_rt_externref_t(value) ((u64)(value))
#define f32_of(value) (((union { u32 bits; f32 of; }){.bits = (value)}).of)
#define f64_of(value) (((union { u64 bits; f64 of; }){.bits = (value)}).of)

/* Those of the bits that are in the mask must be as wanted. */
void expect(u64 bits, u64 wanted, u64 mask);

/* The module that the specification's tests import from. */
extern struct w2c_spectest {
    wasm_rt_memory_t memory;
    wasm_rt_funcref_table_t table;
    u32 global;
} spectest;
#endif
