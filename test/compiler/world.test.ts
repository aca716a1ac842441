import { expect, test } from "vitest";
import { imageWorld, needsRealloc } from "../../compiler/build/world.ts";

const call = (text: string): { module: string; name: string } => {
  const [module = "", name = ""] = text.split(" ");
  return { module, name };
};
const led = { name: "acme:led/light@1.0.0", text: "/// A lamp's.\npackage acme:led@1.0.0;\n\ninterface light {\n  on: func();\n}\n" };
const other = { name: "acme:led/other@1.0.0", text: "package acme:other@1.0.0;\ninterface other {}\n" };
const worldIn = (wit: string): string => /world image \{([^}]*)\}/.exec(wit)?.[1] ?? "";

test("the world imports each interface that is called once, in order, and exports run", () => {
  const wit = imageWorld(["wasi:io/poll@0.2.0 poll", "acme:led/light@1.0.0 on", "wasi:io/poll@0.2.0 [method]pollable.block"].map(call), [led, other]);
  expect(
    worldIn(wit)
      .trim()
      .split(/\s*\n\s*/),
  ).toEqual(["import acme:led/light@1.0.0;", "import wasi:io/poll@0.2.0;", "export wasi:cli/run@0.2.0;"]);
});

test("the world of a host that speaks HTTP exports what answers, with the types of it", () => {
  const wit = imageWorld([call("wasi:http/types@0.2.0 [constructor]fields")], [], "wasi:http/incoming-handler@0.2.0");
  expect(worldIn(wit)).toContain("export wasi:http/incoming-handler@0.2.0;");
  expect(worldIn(wit)).not.toContain("wasi:cli/run");
  expect(wit).toMatch(/package wasi:http@0\.2\.0 \{[\s\S]*interface incoming-handler/);
  expect(imageWorld([], [])).not.toContain("wasi:http");
});

test("what is declared stands in it as a block of its own, when it is called", () => {
  const wit = imageWorld([call("acme:led/light@1.0.0 on")], [led, led, other]);
  expect(wit.match(/package acme:led@1\.0\.0 \{[\s\S]*interface light \{[\s\S]*on: func\(\);/g)).toHaveLength(1);
  expect(wit).not.toMatch(/package acme:led@1\.0\.0;|acme:other/);
});

test.each<[needed: boolean, imports: string[]]>([
  [false, []],
  [false, ["wasi:cli/stdout@0.2.0 get-stdout", "wasi:io/streams@0.2.0 [method]output-stream.blocking-write-and-flush"]],
  [false, ["wasi:clocks/wall-clock@0.2.0 now", "wasi:io/poll@0.2.0 [method]pollable.block", "wasi:io/poll@0.2.0 [resource-drop]pollable"]],
  [true, ["wasi:io/streams@0.2.0 [method]input-stream.read"]],
  [true, ["wasi:cli/stdout@0.2.0 get-stdout", "wasi:cli/environment@0.2.0 get-arguments"]],
  [true, ["wasi:io/poll@0.2.0 poll"]],
  [true, ["acme:led/light@1.0.0 on"]],
  [true, ["wasi:http/types@0.2.0 [method]incoming-request.method"]],
])("the host needs an allocator: %s for %j", (needed, imports) => {
  expect(needsRealloc(imports.map(call))).toBe(needed);
});
