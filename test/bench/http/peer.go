// Go's net/http: PORT.
package main

import (
	"io"
	"net/http"
	"os"
)

func main() {
	handler := func(reply http.ResponseWriter, _ *http.Request) {
		reply.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(reply, "hello\n")
	}
	panic(http.ListenAndServe("127.0.0.1:"+os.Args[1], http.HandlerFunc(handler)))
}
