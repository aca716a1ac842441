// An argument of every type: what was given is printed, and --help says what could be.
import { Address, AddressArgument, argument, imageName, IntegerArgument, PortArgument, TextArgument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { Level, Log } from "mirage-wasm/log";
import { showMac } from "mirage-wasm/mac";
import { SECOND } from "mirage-wasm/thread";

const text = argument.string("text", "as it was", "Some text.");
const empty = argument.string("empty", "", "Text that is empty when it is absent.");
const integer = argument.integer("integer", -7, "A number.").short("i");
const quiet = argument.bool("quiet", false, "Say less.").short("q");
const colour = argument.bool("colour", true, "Say it in colours.");
const pause = argument.duration("pause", (3 * SECOND) / 2, "How long to rest.");
const port = argument.port("port", 8080, "The port to listen on.");
const gateway = argument.address("gateway", "10.0.0.1", "The way out.");
const own = argument.cidr("own", "fd00::2/64", "The image's own address.");
const peer = argument.endpoint("peer", "127.0.0.1:43000", "Whom to talk to.");
const card = argument.mac("card", "02:00:00:00:00:01", "The address of the card.");
const mode = argument.choice("mode", "fast", "How to go.", ["fast", "safe", "both ways"]);
const words = argument.list<string>("words", ["a", "b"], "Some words.", new TextArgument(""));
const numbers = argument.list<i32>("numbers", [], "Some numbers.", new IntegerArgument(0));
const ports = argument.list<u16>("ports", [80, 443], "Some ports.", new PortArgument(0));
const eth0 = argument.group("eth0");
const servers = eth0.list<Address>("servers", [], "Servers of names.", new AddressArgument("::"));
const speed = eth0.integer("speed", 100, "Megabits per second.");

const log = new Log("net");

export class Tell<C extends Console> {
  start(console: C): void {
    if (text.given) console.log("text=[" + text.value + "]");
    if (empty.given) console.log("empty=[" + empty.value + "]");
    if (integer.given) console.log("integer=" + integer.value.toString());
    if (quiet.given) console.log("quiet=" + quiet.value.toString());
    if (colour.given) console.log("colour=" + colour.value.toString());
    if (pause.given) console.log("pause=" + pause.value.toString());
    if (port.given) console.log("port=" + port.value.toString());
    if (gateway.given) console.log("gateway=" + gateway.value.toString() + (gateway.value.isV4 ? " v4" : " v6"));
    if (own.given) console.log("own=" + own.value.address.toString() + " of " + own.value.bits.toString());
    if (peer.given) console.log("peer=" + peer.value.toString());
    if (card.given) console.log("card=" + showMac(card.value));
    if (mode.given) console.log("mode=" + mode.value);
    if (words.given) console.log("words=[" + words.value.join("][") + "]");
    if (numbers.given) console.log("numbers=" + numbers.value.join(" "));
    if (ports.given) console.log("ports=" + ports.value.join(" "));
    if (servers.given) console.log("servers=" + servers.value.join(" "));
    if (speed.given) console.log("speed=" + speed.value.toString());
    if (log.level != Level.INFO) console.log("net=" + (<i32>log.level).toString());
    if (imageName() != "command-line") console.log("name=[" + imageName() + "]");
    console.log("told");
  }
}
