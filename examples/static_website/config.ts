import { crunch, files, foreign, genericStack, http, httpServer, job, register, to } from "mirage-wasm";

const site = foreign("site.ts:Site", to(http, files, job));

register("static_website", [site.$(httpServer(genericStack()), crunch("htdocs"))]);
