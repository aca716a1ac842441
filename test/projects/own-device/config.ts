import { console, defaultConsole, foreign, impl, job, register, to, type } from "mirage-wasm";

const led = type("led", "led.ts:Led");
const greenLed = impl("green.ts:GreenLed", led, { imports: "led.wit#acme:led/light@1.0.0" });
const blink = foreign("blink.ts:Blink", to(console, led, job));

register("blink", [blink.$(defaultConsole, greenLed)]);
