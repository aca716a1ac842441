// Rest parameters, wherever a function may have them. The same file, as JavaScript, prints the same: test/language.test.ts.
import { Console } from "mirage-wasm/console";

function sum(first: i32, ...more: i32[]): i32 {
  for (let i = 0; i < more.length; i++) first += more[i];
  return first;
}

function only(...all: string[]): string {
  return all.length.toString() + ":" + all.join(",");
}

function withDefault(first: i32 = 7, ...more: i32[]): i32 {
  return first * 100 + more.length;
}

function floats(...all: f64[]): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < all.length; i++) sum += all[i];
  return sum;
}

function longs(...all: i64[]): i64 {
  let sum: i64 = 0;
  for (let i = 0; i < all.length; i++) sum += all[i];
  return sum;
}

function bytes(...all: u8[]): i32 {
  let sum = 0;
  for (let i = 0; i < all.length; i++) sum += all[i];
  return sum;
}

function bools(...all: bool[]): i32 {
  let sum = 0;
  for (let i = 0; i < all.length; i++) if (all[i]) sum++;
  return sum;
}

function generic<T>(...all: T[]): i32 {
  return all.length;
}

function inferred<T>(first: T, ...more: T[]): T {
  return more.length ? more[more.length - 1] : first;
}

class Point {
  constructor(public x: i32) {}
}

function points(...all: Point[]): i32 {
  let sum = 0;
  for (let i = 0; i < all.length; i++) sum += all[i].x;
  return sum;
}

function nullable(...all: (Point | null)[]): i32 {
  let sum = 0;
  for (let i = 0; i < all.length; i++) if (all[i]) sum++;
  return sum;
}

function lists(...all: i32[][]): i32 {
  let sum = 0;
  for (let i = 0; i < all.length; i++) sum += all[i].length;
  return sum;
}

// @ts-ignore: decorator
@inline
function inlined(...all: i32[]): i32 {
  return all.length;
}

class Adder {
  constructor(
    private base: i32,
    ...more: i32[]
  ) {
    for (let i = 0; i < more.length; i++) this.base += more[i];
  }
  add(...more: i32[]): i32 {
    let sum = this.base;
    for (let i = 0; i < more.length; i++) sum += more[i];
    return sum;
  }
  static count(...all: i32[]): i32 {
    return all.length;
  }
}

class Doubler extends Adder {
  constructor(a: i32) {
    super(a, a, a);
  }
  add(...more: i32[]): i32 {
    return super.add(1, 2) * 2 + more.length;
  }
}

interface Adds {
  add(...more: i32[]): i32;
}

class Other implements Adds {
  add(...more: i32[]): i32 {
    return more.length * 1000;
  }
}

function viaInterface(a: Adds): i32 {
  return a.add(1, 2, 3);
}

function virtual(a: Adder): i32 {
  return a.add(5, 6);
}

function forward(...all: i32[]): i32 {
  return take(all);
}

function take(all: i32[]): i32 {
  all.push(1);
  return all.length;
}

function nested(...all: i32[]): i32 {
  return sum(all[0], all[1], sum(1, 2, 3));
}

function kept(...all: i32[]): i32[] {
  return all;
}

function recursive(n: i32, ...all: i32[]): i32 {
  return n ? recursive(n - 1, n, n, n) : all.length;
}

function apply(f: (first: i32, ...more: i32[]) => i32): i32 {
  return f(10, 20, 30);
}

class Holder {
  f: (...all: i32[]) => i32 = (...all: i32[]): i32 => all.length;
  call(): i32 {
    return this.f(1, 2, 3);
  }
}

namespace Space {
  export function f(...all: i32[]): i32 {
    return all.length;
  }
}

let calls = 0;
function tick(): i32 {
  return ++calls;
}

export class Rest<C extends Console> {
  start(console: C): void {
    console.log("sum " + sum(1).toString() + " " + sum(1, 2).toString() + " " + sum(1, 2, 3, 4).toString());
    console.log("only " + only() + " " + only("a") + " " + only("a", "b", "c"));
    console.log("withDefault " + withDefault().toString() + " " + withDefault(1).toString() + " " + withDefault(1, 2, 3).toString());
    console.log("floats " + floats(0.5, 1, 2.25).toString());
    console.log("longs " + longs(1, 9000000000, -1).toString());
    console.log("bytes " + bytes(1, 255, 3).toString());
    console.log("bools " + bools(true, false, true).toString());
    console.log("generic " + generic<i32>(1, 2).toString() + generic<string>().toString() + generic<string>("a").toString());
    console.log("inferred " + inferred("a", "b", "c") + inferred(1, 2).toString() + inferred<f64>(1.5).toString());
    console.log("points " + points(new Point(1), new Point(2)).toString());
    console.log("nullable " + nullable(new Point(1), null).toString());
    console.log("lists " + lists([1], [2, 3]).toString());
    console.log("inlined " + inlined(1, 2).toString());
    console.log("method " + new Adder(1).add().toString() + " " + new Adder(1, 2, 3).add(4, 5).toString() + " " + Adder.count(1, 2, 3).toString());
    console.log("override " + new Doubler(3).add(9).toString() + " " + virtual(new Doubler(3)).toString() + " " + virtual(new Adder(1)).toString());
    console.log("interface " + viaInterface(new Other()).toString());
    console.log("forward " + forward(1, 2).toString());
    console.log("nested " + nested(1, 2).toString());
    const a = kept(1, 2);
    const b = kept(3);
    console.log("kept " + a.join(",") + " " + b.join(","));
    console.log("recursive " + recursive(3).toString());
    console.log("namespace " + Space.f(1, 2).toString());
    console.log("order " + kept(tick(), tick(), tick()).join(","));
    const arrow = (...all: i32[]): i32 => all.length;
    console.log("arrow " + arrow(1, 2, 3).toString());
    const f = sum;
    console.log("value " + f(1).toString() + " " + f(1, 2, 3).toString());
    const g: (first: i32, ...more: i32[]) => i32 = sum;
    console.log("typed " + g(1).toString() + " " + g(1, 2, 3).toString());
    console.log("given " + apply(sum).toString());
    console.log("field " + new Holder().call().toString());
  }
}
