export interface Position { file: string; line: number; column: number }
export interface Diagnostic { code: string; message: string; position?: Position }
export class Failure extends Error { constructor(readonly diagnostics: Diagnostic[]) { super(diagnostics.map((d) => d.message).join("\n")); } }
