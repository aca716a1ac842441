import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { Dns, NEVER } from "mirage-wasm/dns";
import { typeNamed } from "mirage-wasm/resource-record";
import { Result } from "mirage-wasm/result";

const name = argument.string("domain-name", "", "What is looked up.").required();
const type = argument.string("type", "A", "Which records: A, AAAA, MX, TXT, …, or TYPE65.");

export class Look<D extends Dns, C extends Console> {
  start(dns: D, console: C): i32 {
    const number = typeNamed(type.value);
    if (number < 0) {
      console.log(type.value + " is no type of records");
      return 1;
    }
    const found = dns.records(name.value, number, NEVER);
    if (!found.isOK) {
      console.log(name.value + ": " + reason(found.result));
      return 1;
    }
    for (let i = 0; i < found.value.length; i++) console.log(found.value[i].toString());
    if (!found.value.length) console.log(name.value + ": it has no " + type.value);
    return 0;
  }
}

function reason(result: Result): string {
  switch (result) {
    case Result.NOT_FOUND:
      return "there is no such name";
    case Result.TIMEOUT:
      return "no server has answered";
    case Result.UNREACHABLE:
      return "there is no server to ask";
    default:
      return "no server could say";
  }
}
