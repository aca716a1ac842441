/* What wasm2c needs of math.h: the compiler has an instruction for each (SSE 4.1). */
#ifndef MATH_H
#define MATH_H
#define fabs __builtin_fabs
#define fabsf __builtin_fabsf
#define ceil __builtin_ceil
#define ceilf __builtin_ceilf
#define floor __builtin_floor
#define floorf __builtin_floorf
#define trunc __builtin_trunc
#define truncf __builtin_truncf
#define nearbyint __builtin_nearbyint
#define nearbyintf __builtin_nearbyintf
#define sqrt __builtin_sqrt
#define sqrtf __builtin_sqrtf
#define copysign __builtin_copysign
#define copysignf __builtin_copysignf
#define signbit __builtin_signbit
#define isnan __builtin_isnan
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#endif
