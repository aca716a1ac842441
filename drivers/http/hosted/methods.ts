/** In the order of `wasi:http/types.method`. */
export const methods: StaticArray<string> = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];
/** Any other. */
export const OTHER: i32 = 9;
