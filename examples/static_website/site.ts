import { Files } from "mirage-wasm/files";
import { HttpServer } from "mirage-wasm/http";
import { FileHandler } from "mirage-wasm/http-files";

export class Site<H extends HttpServer, F extends Files> {
  start(http: H, files: F): void {
    http.serve(new FileHandler(files));
  }
}
