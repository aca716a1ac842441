import { console, defaultConsole, defaultNetwork, directStack, foreign, job, register, stack, to } from "mirage-wasm";

const own = directStack(defaultNetwork, { ipv4: "192.168.1.5/24", gateway: "0.0.0.0" });

register("dhcp", [foreign("serve.ts:Serve", to(stack, console, job)).$(own, defaultConsole)]);
