// What TypeScript has and jobs don't. A row: where it stands in the syntax tree (a selector of esquery), what it is called,
// and the way that works. `{0}` is the source of what was found. docs/language.md tells the same in prose.
//
// Here stands only what AssemblyScript's compiler does not take, or takes and does wrong: rest parameters, which its
// documentation rules out, are right.

/** Decorators that AssemblyScript knows; it passes over all others without a word. */
const DECORATORS = "/^(global|operator|unmanaged|final|inline|external|builtin|lazy|unsafe)$/";
/** A place where a type must stand, without one. */
const METHOD = "MethodDefinition[kind=/^(method|get)$/]";
const UNTYPED = ":not([typeAnnotation])";
/** Functions whose types AssemblyScript takes from nowhere else. */
const DECLARED = ":matches(FunctionDeclaration, TSDeclareFunction, MethodDefinition > FunctionExpression, MethodDefinition > TSEmptyBodyFunctionExpression, TSMethodSignature)";
const STORED = `VariableDeclarator[id.typeAnnotation=null] > :matches(ArrowFunctionExpression, FunctionExpression).init`;

export const language = {
  MW220: {
    exit: 3,
    find: ":matches(ArrowFunctionExpression, :not(MethodDefinition) > FunctionExpression) ThisExpression",
    text: "{0} belongs to the function around this one: closures can't capture here.",
    next: "Make it a field of a class (of a `Task`, for a thread), or an argument of a plain function: docs/language.md.",
  },
  MW222: {
    exit: 3,
    find: "TryStatement",
    text: "There is no try, catch or finally: what is thrown ends the image.",
    next: "Return what went wrong: a `Result`, as devices do, or null.",
  },
  MW223: { exit: 3, find: "ThrowStatement > :not(NewExpression).argument", text: "Only `throw new Error(…)` prints its text.", next: "Write `throw new Error(text)` here." },
  MW224: {
    exit: 3,
    find: ":function[async=true], AwaitExpression, ForOfStatement[await=true]",
    text: "There is no async and no await.",
    next: "Leave both out: a call that waits blocks its own thread only. What shall go on beside it is a `spawn` (mirage-wasm/thread).",
  },
  MW225: {
    exit: 3,
    find: ":function[generator=true], YieldExpression",
    text: "There are no generators.",
    next: "Fill an array, or write a class whose method returns the next item, or null.",
  },
  MW226: {
    exit: 3,
    find: "ForOfStatement[await=false]",
    text: "There is no for…of.",
    next: "Count: `for (let i = 0; i < list.length; i++)`. `keys()` and `values()` of a Map or Set are arrays.",
  },
  MW227: { exit: 3, find: "ForInStatement", text: "There is no for…in.", next: "Take a Map and its `keys()`, which are an array." },
  MW228: {
    exit: 3,
    find: "TSUnionType:not([types.length=2]:has(> TSNullKeyword))",
    text: "There is no union type {0}: the only ones are of a class and null.",
    next: "Take a base class or an interface, an enum, or `| null` for what may be missing.",
  },
  MW229: {
    exit: 3,
    // What a type parameter extends is not looked at.
    find: ":matches(TSAnyKeyword, TSUnknownKeyword, TSObjectKeyword, TSNeverKeyword, TSBigIntKeyword, :not(TSUnionType) > TSUndefinedKeyword):not(TSTypeParameter *)",
    text: "There is no type {0}.",
    next: "Name the type: a number (`i32`, `i64`, `f64`), string, bool, void, a class, an interface, or a type parameter.",
  },
  MW230: { exit: 3, find: "ArrayPattern, ObjectPattern", text: "There is no destructuring.", next: "Take one part after the other: `const x = point.x;`." },
  MW231: { exit: 3, find: "SpreadElement", text: "There is no spread: {0}.", next: "Use `concat`, or `push` in a loop." },
  MW232: {
    exit: 3,
    find: "ChainExpression",
    text: "There is no `?.`: {0}.",
    next: "Put the object into a variable and ask first: `const next = item.next; if (next) next.run();`.",
  },
  MW233: {
    exit: 3,
    find: 'LogicalExpression[operator="??"], AssignmentExpression[operator=/^([?][?]|[|][|]|&&)=$/]',
    text: "There is no `??`, `??=`, `||=` or `&&=`: {0}.",
    next: "Write `a || b`: of an object or a string it asks for null only.",
  },
  MW234: { exit: 3, find: "Literal[regex]", text: "There are no regular expressions.", next: "Use `indexOf`, `startsWith`, `split` or `charCodeAt`." },
  MW235: { exit: 3, find: "LabeledStatement", text: "There are no labels.", next: "Put the loops into a function, and return from it." },
  MW236: {
    exit: 3,
    find: 'BinaryExpression[operator="in"], UnaryExpression[operator="delete"]',
    text: "An object has the fields of its class, always: {0}.",
    next: "Take a Map: `has`, `delete`.",
  },
  MW237: {
    exit: 3,
    find: "VariableDeclarator[id.typeAnnotation=null] > ObjectExpression.init",
    text: "An object is of a class, and here nothing says of which.",
    next: "Write a class with these fields, and its name: `const point: Point = { x: 1, y: 2 };`.",
  },
  MW238: {
    exit: 3,
    find: "ObjectExpression > Property[method=true].properties, ObjectExpression > Property[kind=/get|set/].properties, ObjectExpression > Property[computed=true].properties",
    text: "An object written as `{ … }` has fields with plain names only: {0}.",
    next: "Write a class with this method.",
  },
  MW239: { exit: 3, find: "TSTypeLiteral, TSTupleType", text: "There are no types of unnamed objects or tuples: {0}.", next: "Write a class with these fields." },
  MW240: { exit: 3, find: 'TSIndexSignature:not([parameters.0.name="key"])', text: "There are no index signatures.", next: "Take a Map." },
  MW241: {
    exit: 3,
    find: "TSIntersectionType, TSMappedType, TSConditionalType, TSTypeOperator[operator=/keyof|unique/], TSIndexedAccessType, TSTypeQuery, TSTemplateLiteralType, TSImportType, TSTypePredicate, TSConstructorType, TSCallSignatureDeclaration, TSConstructSignatureDeclaration, :not(TSUnionType) > TSLiteralType",
    text: "There are no types made of other types or of values: {0}.",
    next: "Name a class, an interface, an enum, an array, a function's type or a type parameter.",
  },
  MW242: {
    exit: 3,
    find: `:matches(FunctionDeclaration, TSDeclareFunction)[returnType=null] > Identifier.id, ${METHOD}[value.returnType=null] > .key, TSMethodSignature[returnType=null][kind="method"] > .key, ${STORED}[returnType=null]`,
    text: "Nothing says what {0} returns.",
    next: "Write it behind the parameters: `: void`, `: i32`, `: string`.",
  },
  MW243: {
    exit: 3,
    find: `:matches(${DECLARED}, ${STORED}) > Identifier.params${UNTYPED}, :matches(${DECLARED}, ${STORED}) > AssignmentPattern.params > Identifier.left${UNTYPED}, PropertyDefinition[typeAnnotation=null] > .key`,
    text: "Nothing says of which type {0} is.",
    next: "Write it behind the name: `{0}: i32`.",
  },
  MW244: {
    exit: 3,
    find: ":not(ForOfStatement, ForInStatement) > VariableDeclaration > VariableDeclarator[init=null] > Identifier.id[typeAnnotation=null]",
    text: "Nothing says of which type {0} is.",
    next: "Write it behind the name, or give a value at once.",
  },
  MW245: {
    exit: 3,
    find: `:matches(FunctionDeclaration, MethodDefinition > FunctionExpression) > Identifier.params[optional=true], PropertyDefinition[optional=true], TSPropertySignature[optional=true], TSMethodSignature[optional=true]`,
    text: "Nothing can be left out: {0}.",
    next: "Give a parameter a value to begin with: `name: string | null = null`. A field is there always.",
  },
  MW246: { exit: 3, find: "PrivateIdentifier", text: "There are no names with #.", next: "Write `private` in front of a plain name." },
  MW247: {
    exit: 3,
    find: "StaticBlock, AccessorProperty, ClassBody > [computed=true]",
    text: "A class has fields, methods and accessors with plain names only.",
    next: "Give it a plain name; what a static block does can be done at the top level of the file.",
  },
  MW248: {
    exit: 3,
    find: "TSDeclareFunction[declare=false]:not(TSModuleDeclaration *), ClassDeclaration[declare=false] > ClassBody > MethodDefinition > TSEmptyBodyFunctionExpression",
    text: "A function has one signature, and a body.",
    next: "Give each signature a function of its own name, or take a type parameter or a parameter with a value to begin with.",
  },
  MW249: {
    exit: 3,
    find: "ClassExpression, BlockStatement > :matches(ClassDeclaration, TSEnumDeclaration, TSInterfaceDeclaration)",
    text: "Classes, enums and interfaces stand at the top level of a file only.",
    next: "Move it there.",
  },
  MW250: {
    exit: 3,
    find: `Decorator:not([expression.name=${DECORATORS}], [expression.callee.name=${DECORATORS}], [expression.object.name=${DECORATORS}], [expression.callee.object.name=${DECORATORS}])`,
    text: "The decorator {0} would do nothing.",
    next: "Remove it, and call what it stands for.",
  },
  MW251: {
    exit: 3,
    find: "TSEnumMember > Literal.initializer[raw=/^[\"']/], TSEnumMember > TemplateLiteral.initializer",
    text: "An enum has whole numbers only.",
    next: 'Write a constant for each: `const NAME = "text";`.',
  },
  MW252: {
    exit: 3,
    find: 'ImportDeclaration[importKind="type"], ImportSpecifier[importKind="type"], ExportNamedDeclaration[exportKind="type"]:has(> ExportSpecifier), ExportSpecifier[exportKind="type"]',
    text: "There is no import or export of types alone.",
    next: "Leave `type` out: what an image does not use costs nothing.",
  },
  MW253: {
    exit: 3,
    find: "ImportExpression, TSImportEqualsDeclaration, TSExportAssignment, ExportAllDeclaration[exported]",
    text: "There is no such way to import or export: {0}.",
    next: 'Write `import { name } from "./file";`, and `export` in front of what others use.',
  },
  MW254: {
    exit: 3,
    find: 'TaggedTemplateExpression, Literal[bigint], TSSatisfiesExpression, TSAsExpression[typeAnnotation.typeName.name="const"], VariableDeclaration[kind=/using/], MetaProperty, DebuggerStatement, WithStatement',
    text: "Jobs do not have this: {0}.",
    next: "Leave it out; whole numbers of 64 bits are i64, texts are put together by `+`.",
  },
  MW255: {
    exit: 3,
    find: "CallExpression > Identifier.callee[name=/^(String|Number|Boolean)$/]",
    text: "{0} is a type only: it can't be called.",
    next: "Write `x.toString()` for a text, `f64.parse(text)` or `i32.parse(text)` for a number, `x != 0` for a bool.",
  },
} as const;

/** What other hosts of TypeScript give, by name, and what there is in its place. */
export const absent: Record<string, string> = {
  ...each("undefined", "Write null."),
  ...each("Promise", "A call that waits blocks its own thread only: return the value itself, and `spawn` what shall go on beside it (mirage-wasm/thread)."),
  ...each("setTimeout setInterval setImmediate queueMicrotask clearTimeout clearInterval", "Use `sleep` in a thread of its own: `spawn` (mirage-wasm/thread)."),
  ...each("JSON structuredClone", "Write the text, or take it apart, in a method of the class."),
  ...each("require", 'Write `import { name } from "./file";`.'),
  ...each("fetch XMLHttpRequest WebSocket EventSource Request Response Headers", "What an image reaches comes through a device that config.ts gives to the job."),
  ...each("Buffer Blob", "Take a Uint8Array."),
  ...each("TextEncoder TextDecoder", "Use `String.UTF8.encode` and `String.UTF8.decode`."),
  ...each("RegExp", "Use `indexOf`, `startsWith`, `split` or `charCodeAt`."),
  ...each("globalThis window self global", "Write a variable at the top level of a file, and `export` in front of it."),
  ...each("eval Function Proxy Reflect", "An image runs only what was there when it was built."),
  ...each("WeakMap WeakSet WeakRef FinalizationRegistry", "Take a Map or a Set."),
  ...each("Intl", "Write the text yourself: `toString()`, `padStart`."),
  ...each("BigInt", "Take i64 or u64."),
  ...each("AbortController AbortSignal Event EventTarget", "Take a field that the thread reads."),
  ...each("Record", "Take a Map."),
  ...each("Partial Required Readonly Pick Omit Exclude Extract Awaited Parameters", "Write a class that has the fields."),
  ...each("ReadonlyMap ReadonlySet", "Take the type without Readonly."),
  ...each("ReadonlyArray Iterable Iterator Generator AsyncIterable", "Take an array."),
};

function each(names: string, way: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, way]));
}
