import { console, defaultConsole, directStack, faulty, foreign, job, pair, register, stack, to } from "mirage-wasm";

const [left, right] = pair("cable");
const bad = { loss: 0.01, duplicate: 0.01, corrupt: 0.005, late: 0.02, delay: 2 };
const client = directStack(faulty(left, { ...bad, seed: 7 }), { group: "client", ipv4: "10.0.0.1/24", gateway: "0.0.0.0" });
const server = directStack(faulty(right, { ...bad, seed: 8 }), { group: "server", ipv4: "10.0.0.2/24", gateway: "0.0.0.0" });

register("stacks", [foreign("talk.ts:Talk", to(stack, stack, console, job)).$(client, server, defaultConsole)]);
