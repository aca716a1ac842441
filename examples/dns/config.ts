import { console, defaultConsole, defaultStack, dns, dnsClient, foreign, job, register, to } from "mirage-wasm";

register("dns", [foreign("look.ts:Look", to(dns, console, job)).$(dnsClient(defaultStack), defaultConsole)]);
