// boot.mjs GUESTS RESULTS: boots Xen in the network namespace that it is started in, with a cable at vif 0.

import { boot } from "../../../build/compiler/engines/xen/rig.js";

const [guests, results] = process.argv.slice(2);
const terminal = { input: process.stdin, output: (chunk) => process.stdout.write(chunk) };
await boot({ guests, results, limit: 900, memory: 600, cables: [0], terminal });
