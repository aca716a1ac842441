import { console, defaultConsole, directStack, foreign, job, pair, register, socketStack, stack, to } from "mirage-wasm";

const [left, right] = pair("cable");
const client = directStack(left, { group: "client", ipv4: "10.0.0.1/24", gateway: "0.0.0.0" });
const server = directStack(right, { group: "server", ipv4: "10.0.0.2/24", gateway: "0.0.0.0" });

register("host-stack", [foreign("compare.ts:Compare", to(stack, stack, stack, console, job)).$(socketStack, client, server, defaultConsole)]);
