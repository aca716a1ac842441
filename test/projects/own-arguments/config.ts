import { console, defaultConsole, foreign, impl, job, register, to, type } from "mirage-wasm";

const cable = type("cable", "cable.ts:Cable");
const plugged = (name: string, metres: number) => impl("cable.ts:Plugged", cable, { values: [name, metres] });

const tell = foreign("tell.ts:Tell", to(console, cable, cable, cable, job));

register("own-arguments", [tell.$(defaultConsole, plugged("eth0", 5), plugged("eth1", 10), plugged("", 15))]);
