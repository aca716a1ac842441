import { directStack, foreign, job, netif, register, stack, to } from "mirage-wasm";

const echo = foreign("echo.ts:Echo", to(stack, stack, job));
const stackOf = (number: number) => directStack(netif(`eth${number}`), { group: `eth${number}`, ipv4: `10.0.${number}.2/24` });

register("echo", [echo.$(stackOf(0), stackOf(1))], { memory: "8 MiB" });
