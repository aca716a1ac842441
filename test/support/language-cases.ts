import type { messages } from "../../compiler/messages.ts";

type Code = keyof typeof messages;

/** A line of a job that AssemblyScript does not take or takes wrongly: its code, where it is told (before `‸`), and what is said. */
export const refused: [Code, line: string, ...says: string[]][] = [
  [
    "MW220",
    "function c1(list: i32[], by: i32): i32[] { return list.map<i32>((one) => one * ‸by); }",
    "by belongs to the function around",
    "field of a class",
    "argument of a plain function",
  ],
  ["MW220", "function c2(): i32 { let sum = 0; [1].forEach((one) => { ‸sum += one; }); return 0; }", "sum belongs"],
  ["MW220", "function c3(): i32 { const map = new Map<string, i32>(); const get = (): i32 => ‸map.size; return get(); }", "map belongs"],
  ["MW220", "class C4 { by: i32 = 2; all(): i32[] { return [1].map<i32>((one) => one * ‸this.by); } }", "this belongs"],
  ["MW220", "class C5 { by: i32 = 2; all(): i32 { const get = function (): i32 { return ‸this.by; }; return get(); } }", "this belongs"],
  ["MW221", "function f1(): i32 { function inner(n: i32): i32 { return n > 0 ? ‸inner(n - 1) : 0; } return inner(2); }", "Move inner to the top level"],
  ["MW221", "function f2(): i32 { const inner = (n: i32): i32 => (n > 0 ? ‸inner(n - 1) : 0); return inner(2); }", "Move inner to the top level"],
  ["MW222", "function t1(): void { ‸try { f1(); } catch (error) { f1(); } }", "ends the image", "`Result`"],
  ["MW222", "function t2(): void { ‸try { f1(); } finally { f1(); } }"],
  ["MW223", 'function t3(): void { throw ‸"text"; }', "throw new Error(text)"],
  ["MW223", 'function t4(): void { const error = new Error("text"); throw ‸error; }'],
  ["MW224", "‸async function a1(): i32 { return 1; }", "no async", "`spawn`"],
  ["MW224", "function a2(): i32 { return ‸await f1(); }"],
  ["MW224", "class A3 { async wait‸(): void {} }"],
  ["MW224", "function a4(list: i32[]): void { ‸for await (const one of list) {} }"],
  ["MW225", "‸function* g1(): i32 {}", "no generators", "next item, or null"],
  ["MW225", "function g2(): i32 { ‸yield 1; return 0; }"],
  ["MW226", "function l1(list: i32[]): void { ‸for (const one of list) {} }", "i < list.length", "keys()"],
  ["MW227", "function l2(list: i32[]): void { ‸for (const key in list) {} }", "keys()"],
  ["MW228", "let u1: ‸i32 | string = 1;", "i32 | string", "enum"],
  ["MW228", "let u2: ‸string | undefined;", "string | undefined", "`| null`"],
  ["MW228", 'type U3 = ‸"a" | "b";'],
  ["MW228", "function u4<T extends ‸string | i32>(x: T): T { return x; }"],
  ["MW229", "let y1: ‸any = 1;", "no type any", "Name the type"],
  ["MW229", "function y2(x: Array<‸unknown>): void {}", "no type unknown"],
  ["MW229", "let y3: ‸object | null = null;", "no type object"],
  ["MW229", "function y4(): ‸never { f1(); }", "no type never"],
  ["MW230", "function d1(list: i32[]): i32 { const ‸[x, y] = list; return x; }", "`const x = point.x;`"],
  ["MW230", "function d2(‸{ by }: C4): void {}"],
  ["MW230", "function d3(): void { let a = 1; let b = 2; ‸[a, b] = [b, a]; }"],
  ["MW231", "function s1(list: i32[]): i32[] { return [‸...list, 1]; }", "...list", "`concat`"],
  ["MW231", "function s2(list: i32[]): i32 { return f3(‸...list); }"],
  ["MW232", "function n1(map: Map<string, i32> | null): i32 { return ‸map?.size; }", "map?.size", "if (next) next.run();"],
  ["MW233", 'function n2(text: string | null): string { return ‸text ?? "none"; }', "`a || b`"],
  ["MW233", 'function n3(text: string | null): void { ‸text ??= "none"; }'],
  ["MW233", "function n4(is: bool): void { ‸is ||= true; }"],
  ["MW234", "function r1(text: string): bool { return ‸/a+/.test(text); }", "regular expressions", "`indexOf`"],
  ["MW235", "function b1(): void { ‸outer: for (;;) break outer; }", "labels"],
  ["MW236", 'function o1(c: C4): bool { return ‸"by" in c; }', "Map"],
  ["MW236", "function o2(c: C4): void { ‸delete c.by; }"],
  ["MW237", "function o3(): void { const point = ‸{ x: 1, y: 2 }; }", "const point: Point"],
  ["MW238", "function o4(): void { const c: C4 = { ‸all() { return 1; } }; }", "all() { return 1; }"],
  ["MW239", "type P1 = ‸{ x: i32 };", "{ x: i32 }", "a class"],
  ["MW239", 'let p2: ‸[i32, string] = [1, "a"];'],
  ["MW240", "interface X1 { ‸[name: string]: i32 }", "Map"],
  ["MW241", "type K1 = ‸keyof C4;", "keyof C4"],
  ["MW241", "let k2: ‸typeof u1;"],
  ["MW241", "let k3: ‸C4 & C5;"],
  ["MW241", "function k4(x: string | null): ‸x is string { return x != null; }"],
  ["MW242", "function ‸m1() {}", "what m1 returns", "`: void`"],
  ["MW242", "class M2 { ‸all() {} }", "what all returns"],
  ["MW242", "const m3 = ‸(n: i32) => n + 1;"],
  ["MW243", "function m4(‸n): void {}", "of which type n is", "`n: i32`"],
  ["MW243", "function m5(‸n = 1): void {}", "of which type n is"],
  ["MW243", "class M6 { ‸n = 1; }", "of which type n is"],
  ["MW244", "let ‸v1;", "of which type v1 is"],
  ["MW245", "function w1(‸n?: i32): void {}", "string | null = null"],
  ["MW245", "class W2 { ‸n?: i32; }"],
  ["MW246", "class H1 { ‸#n: i32 = 1; }", "`private`"],
  ["MW247", "class H2 { static n: i32; ‸static { H2.n = 1; } }", "plain name"],
  ["MW248", "‸function z1(n: i32): void; function z1(n: i32): void {}", "one signature"],
  ["MW249", "function z2(): void { ‸class Z2 {} }", "top level"],
  ["MW250", "‸@log class Z3 {}", "@log would do nothing"],
  ["MW251", 'enum Z4 { A = ‸"a" }', 'const NAME = "text";'],
  ["MW252", '‸import type { Console as Z5 } from "mirage-wasm/console";', "Leave `type` out"],
  ["MW253", '‸import z6 = require("./other");', "import { name }"],
  ["MW254", "let z7: i64 = ‸10n;", "10n", "i64"],
  ["MW254", "const z8 = ‸1 as const;"],
  ["MW255", "function z9(n: i32): string { return ‸String(n); }", "String is a type only", "toString()"],
  ["MW256", "function e1(text: string | null): bool { return text === ‸undefined; }", "no undefined", "Write null."],
  ["MW256", "function e2(): ‸Promise<i32> { return 1; }", "no Promise", "`spawn`"],
  ["MW256", "function e3(): void { ‸setTimeout(f1, 10); }", "no setTimeout", "`sleep`"],
  ["MW256", 'function e4(): void { ‸JSON.parse("{}"); }', "no JSON"],
  ["MW256", 'const e5 = ‸require("fs");', "no require"],
  ["MW256", 'function e6(): bool { return new ‸RegExp("a").test("a"); }', "no RegExp"],
  ["MW257", 'import { readFileSync } from ‸"fs";', "fs is a module of Node", "device"],
  ["MW257", 'import * as i2 from ‸"node:fs/promises";', "node:fs/promises is a module of Node"],
  ["MW258", 'import { Console as I3 } from ‸"mirage-wasm";', "no module mirage-wasm", "`mirage-wasm/console`"],
  ["MW258", 'import { Console as I4 } from ‸"mirage-wasm/konsole";', "Did you mean mirage-wasm/console?"],
  ["MW259", 'import { i5 } from ‸"./nothing";', "no file ./nothing", "without `.ts`"],
  ["MW259", 'export * from ‸"./other.js";', "no file ./other.js"],
];

/** What looks like it and is right. */
export const accepted = `
function sum(first: i32, ...more: i32[]): i32 { for (let i = 0; i < more.length; i++) first += more[i]; return first; }
const atTop = 3;
let alsoAtTop = 4;
function constants(list: i32[]): i32[] { const by = 2; const shift = by + sizeof<i32>(); return list.map<i32>((one) => one * by + shift + atTop + alsoAtTop); }
function nested(): i32 { const twice = (n: i32): i32 => n * 2; function thrice(n: i32): i32 { return n * 3; } const both = (n: i32): i32 => twice(n); return both(1) + thrice(1); }
class Point { x: i32 = 0; private y: i32 = 0; constructor() {} get sum(): i32 { return this.x + this.y; } set sum(value: i32) { this.x = value; } @inline static zero(): Point { return new Point(); } @operator("+") add(other: Point): Point { return other; } }
class Plain { x: i32 = 0; y: string | null = null; }
class Box<T extends Map<any, any>> { value: T | null = null; f: (n: i32) => void = (n: i32): void => {}; }
@inline function small(): i32 { return 1; }
// @ts-ignore: decorator
@external("acme:led/light@1.0.0", "set") // a lamp
export declare function set(on: bool): void;
@lazy export const late = 1;
abstract class Shape { abstract area(): f64; }
interface Named { name: string; readonly size: i32; tell(): void; }
enum Colour { Red, Green = 1 << 1 }
function object(): Plain { const plain: Plain = { x: 1, y: "a" }; return { x: 2, y: null }; }
function defaults(text: string | null = null, n: i32 = 1): string { return text ? text : \`\${n}\`; }
function thrown(): void { throw new RangeError("text"); }
class Record { partial: i32 = 0; }
function own(record: Record): string { const text = "a" || "b"; return text == "a" && typeof text === "string" ? text : <string>text!; }
function generic<T>(x: T): T { type Local = i32; if (isString<T>()) return x; let n: Local = 1; do n++; while (n < 3); switch (n) { case 1: break; default: } return x; }
namespace Space { export const inside = 1; export function f(): i32 { return inside; } }
export { sum, Point as P };
export default class Last {}
`;
