import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyze, type Definition, type Reference, type Variable } from "eslint-scope";
import esquery from "esquery";
import type { Node, Program } from "estree";
import { parseSync, visitorKeys } from "oxc-parser";
import { type Diagnostic, diagnostic, type Position, positionOf } from "../diagnostic.ts";
import type { Code } from "../messages.ts";
import { resolveImport } from "./guest-import.ts";
import { inFile } from "./in-file.ts";
import { absent, language } from "./language.ts";

/** A node as the parser gives it: offsets into the text. */
type Found = Node & { start: number; end: number };

export interface CheckedLanguage {
  mistakes: Diagnostic[];
  /** The files that were read, relative to the folder: the given ones and what they import. */
  files: string[];
}

/** Looks in the given guest files of `folder`, and in the user's files and packages that they import, for what jobs can't have. */
export function checkLanguage(folder: string, files: string[]): CheckedLanguage {
  const mistakes: Diagnostic[] = [];
  const seen = new Set(files);
  // A set goes on over what is added meanwhile.
  for (const file of seen) {
    if (!existsSync(join(folder, file))) continue;
    const { here, imports } = inFile(file, () => {
      const source = new Source(file, readFileSync(join(folder, file), "utf8"));
      return { here: [...source.constructs(), ...source.scopes()], imports: source.imports() };
    });
    for (const { from, position } of imports) {
      const resolved = resolveImport(folder, file, from);
      if (typeof resolved === "string") seen.add(resolved);
      else if (resolved) here.push(diagnostic(...resolved, position));
    }
    mistakes.push(...here.sort(byPlace));
  }
  return { mistakes, files: [...seen] };
}

function byPlace({ position: a }: Diagnostic, { position: b }: Diagnostic): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}

class Source {
  readonly tree: Found;
  readonly file: string;
  readonly text: string;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.tree = parseSync(file, withoutDecorators(text), { lang: "ts", sourceType: "module", range: true, preserveParens: false }).program as unknown as Found;
  }

  constructs(): Diagnostic[] {
    return Object.entries(language).flatMap(([code, { find }]) => this.match(find).map((node) => this.mistake(code as Code, node)));
  }

  /** Variables of functions that functions inside use, and names that other hosts give. */
  scopes(): Diagnostic[] {
    const { scopes, globalScope } = analyze(this.tree as unknown as Program, { sourceType: "module", ecmaVersion: 2022, childVisitorKeys: visitorKeys });
    const captured = new Map<Reference["identifier"], Variable>();
    for (const scope of scopes) {
      if (scope.type !== "function") continue;
      for (const { identifier, resolved } of scope.through)
        if (resolved?.scope.variableScope.type === "function" && !isConstant(resolved, identifier as Found)) captured.set(identifier, resolved);
    }
    const declared = new Set(
      this.match(
        ":matches(TSEnumDeclaration, TSModuleDeclaration, TSTypeAliasDeclaration, TSInterfaceDeclaration, TSDeclareFunction, TSTypeParameter) > Identifier, ImportDeclaration Identifier.local, ClassDeclaration > Identifier.id",
      ).map((one) => this.of(one)),
    );
    const foreign = [...(globalScope?.through ?? []).map(({ identifier }) => identifier as Found), ...this.match("TSTypeReference > Identifier.typeName")].filter((one) => {
      const name = this.of(one);
      return Object.hasOwn(absent, name) && !declared.has(name);
    });
    return [
      ...[...captured].map(([identifier, { defs }]) => this.mistake(isFunction(defs[0]) ? "MW221" : "MW220", identifier as Found)),
      ...[...new Set(foreign)].map((one) => this.mistake("MW256", one, absent[this.of(one)] ?? "")),
    ];
  }

  imports(): { from: string; position: Position }[] {
    return this.match(":matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration) > Literal.source").map((node) => ({
      from: this.of(node).slice(1, -1),
      position: this.at(node),
    }));
  }

  private match(selector: string): Found[] {
    return esquery.match(this.tree, esquery.parse(selector), { visitorKeys }) as Found[];
  }

  private mistake(code: Code, node: Found, ...values: string[]): Diagnostic {
    return diagnostic(code, [shortened(this.of(node)), ...values], this.at(node));
  }

  private of({ start, end, name }: Found & { name?: unknown }): string {
    // An identifier's own range goes on over its type.
    return typeof name === "string" ? name : this.text.slice(start, end);
  }

  private at({ start }: Found): Position {
    return positionOf(this.file, this.text, start);
  }
}

/** Whether AssemblyScript may know the value when it compiles: it puts such a constant in wherever it is named, but in itself. */
function isConstant({ defs: [definition] }: Variable, named: Found): boolean {
  if (definition?.type !== "Variable" || definition.parent.kind !== "const" || !definition.node.init) return false;
  const init = definition.node.init as Found;
  if (isFunction(definition)) return named.start < init.start || named.start > init.end;
  return esquery.match(init, COMPUTED, { visitorKeys }).length === 0;
}

function isFunction(definition: Definition | undefined): boolean {
  return definition?.type === "FunctionName" || (definition?.type === "Variable" && /Function/.test(definition.node.init?.type ?? ""));
}

const COMPUTED = esquery.parse(
  "NewExpression, ArrayExpression, ObjectExpression, ThisExpression, TemplateLiteral[expressions.length>0], CallExpression:not([callee.name=/^(sizeof|alignof|offsetof|idof|nameof|is[A-Z].*)$/])",
);

/** Decorators of functions and variables are AssemblyScript's alone: blanks in their place keep the offsets. */
function withoutDecorators(text: string): string {
  const decorator =
    /@\w+(?:\.\w+)*(?:\((?:[^()"']|"[^"]*"|'[^']*')*\))?(?=(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*(?:@|declare|function|const|let|var|namespace|enum|type|interface|export(?!\s+(?:default\s+)?(?:abstract\s+)?class))\b)/g;
  return text.replace(decorator, (found) => found.replace(/\S/g, " "));
}

function shortened(text: string): string {
  const [first = ""] = text.split(/\r?\n/);
  return first.length > 50 || first !== text ? `${first.slice(0, 50)}…` : text;
}
