/* What wasm2c needs of math.h: the compiler has an instruction for each (SSE 4.1). */
#ifndef MATH_H
#define MATH_H
#define fabs __builtin_fabs
#define fabsf __builtin_fabsf
/* The instruction itself: where code is cold the compiler would call a function of libm for its own built-in. */
typedef double mirage_double __attribute__((vector_size(16)));
typedef float mirage_float __attribute__((vector_size(16)));
#define MIRAGE_ROUND(x, mode) (__builtin_ia32_roundsd((mirage_double){0}, (mirage_double){x}, mode)[0])
#define MIRAGE_ROUNDF(x, mode) (__builtin_ia32_roundss((mirage_float){0}, (mirage_float){x}, mode)[0])
#define floor(x) MIRAGE_ROUND(x, 9)
#define floorf(x) MIRAGE_ROUNDF(x, 9)
#define ceil(x) MIRAGE_ROUND(x, 10)
#define ceilf(x) MIRAGE_ROUNDF(x, 10)
#define trunc(x) MIRAGE_ROUND(x, 11)
#define truncf(x) MIRAGE_ROUNDF(x, 11)
#define nearbyint(x) MIRAGE_ROUND(x, 12)
#define nearbyintf(x) MIRAGE_ROUNDF(x, 12)
#define sqrt __builtin_sqrt
#define sqrtf __builtin_sqrtf
#define copysign __builtin_copysign
#define copysignf __builtin_copysignf
#define signbit __builtin_signbit
#define isnan __builtin_isnan
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#endif
