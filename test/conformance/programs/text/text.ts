// Text is written as UTF-8 whatever is in it: a lone surrogate becomes U+FFFD, and a long line stays one line.
import { Console } from "mirage-wasm/console";

export class Text<C extends Console> {
  start(console: C): void {
    console.log("");
    console.log("naïve café, Ünïcödé, ¿qué?");
    console.log("Ελληνικά, русский, 中文, 日本語, ﷽");
    console.log("astral: 😀 𝄞 𐍈 \u{10ffff}");
    console.log("last of one, two and three bytes: \x7f \u07ff \uffff");
    console.log("first of two, three and four: \x80 \u0800 \u{10000}");
    console.log("lone high: \ud83d, lone low: \ude00, reversed: \ude00\ud83d");
    console.log("high at the end: \ud83d");
    console.log("high before a pair: \ud83d\ud83d\ude00");
    console.log("no end: a\0b\tc");
    console.log("0123456789".repeat(1000));
    // A pair and longer characters on every side of the end of a 4096-byte buffer.
    for (let i = 4084; i < 4100; i++) console.log("x".repeat(i) + "😀€é\ud83d");
    console.log("€".repeat(5000));
  }
}
