import { console, defaultConsole, dns, dnsClient, foreign, genericStack, job, register, to } from "mirage-wasm";

register("dns", [foreign("look.ts:Look", to(dns, console, job)).$(dnsClient(genericStack()), defaultConsole)]);
