#include "guest.h"
#include "wasi/wasi.h"

WASI(u32, cli_stdout_get_stdout);
WASI(void, io_streams_output_stream_flush, u32 stream, u32 result);
WASI(void, io_streams_drop_output_stream, u32 stream);

u32 image_run(void) {
    u32 stream = w2c_wasi_cli_stdout_get_stdout(0);
    w2c_wasi_io_streams_drop_output_stream(0, stream);
    w2c_wasi_io_streams_output_stream_flush(0, stream, 0);
    return 0;
}
