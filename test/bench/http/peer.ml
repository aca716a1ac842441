(* cohttp, MirageOS's library, on Lwt: PORT. *)
open Cohttp_lwt_unix

let headers = Cohttp.Header.init_with "content-type" "text/plain; charset=utf-8"
let callback _ _ _ = Server.respond_string ~status:`OK ~headers ~body:"hello\n" ()
let mode = `TCP (`Port (int_of_string Sys.argv.(1)))
let () = Lwt_main.run (Server.create ~mode (Server.make ~callback ()))
