/* The handles of the console's streams. */
enum { STDIN = 1, STDOUT, STDERR };
