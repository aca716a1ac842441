// AssemblyScript's runtime functions that its own types leave out, for editors.

declare function __new(size: usize, id: u32): usize;
declare function __renew(object: usize, size: usize): usize;
declare function __link(parent: usize, child: usize, expectMultiple: bool): void;
declare function __pin(object: usize): usize;
declare function __unpin(object: usize): void;
declare function __visit(object: usize, cookie: u32): void;

// Of the generated main.ts: the image's reporter, and what it is made of.

declare function mirage_report(level: i32, source: string, message: string): void;
declare function mirage_info(): import("./info").Info;
