/** What a server has said, taken apart. */
export interface Answer {
  status: number;
  /** By their names in lower case. */
  fields: Map<string, string>;
  body: string;
}

/** Answers in UTF-8 to requests of these methods, in their order; throws where they are none. Each one that is 1xx is one too. */
export function answersIn(text: string, methods: string[]): Answer[] {
  const answers: Answer[] = [];
  let rest = Buffer.from(text);
  let index = 0;
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    const [start = "", ...lines] = rest.subarray(0, end).toString().split("\r\n");
    const match = /^HTTP\/1\.1 (\d{3}) [ -~]*$/.exec(start);
    if (end < 0 || !match) throw new Error(`no answer: ${rest.toString()}`);
    const status = Number(match[1]);
    const fields = new Map(lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]));
    if (fields.size !== lines.length) throw new Error(`a field twice: ${lines.join(", ")}`);
    rest = rest.subarray(end + 4);
    const isBodiless = status < 200 || status === 204 || status === 304 || methods[index] === "HEAD";
    const [body, behind] = isBodiless ? [Buffer.alloc(0), rest] : bodyIn(rest, fields);
    rest = behind;
    if (status >= 200) index++;
    answers.push({ status, fields, body: body.toString() });
  }
  return answers;
}

function bodyIn(rest: Buffer, fields: Map<string, string>): [body: Buffer, behind: Buffer] {
  const length = fields.get("content-length");
  if (length !== undefined) return [rest.subarray(0, Number(length)), rest.subarray(Number(length))];
  if (fields.get("transfer-encoding") !== "chunked") return [rest, Buffer.alloc(0)];
  const chunks: Buffer[] = [];
  let at = 0;
  while (at < rest.length) {
    const end = rest.indexOf("\r\n", at);
    const size = Number.parseInt(rest.subarray(at, end).toString(), 16);
    at = end + 2;
    chunks.push(rest.subarray(at, at + size));
    at += size;
    if (rest.subarray(at, at + 2).toString() !== "\r\n") break;
    at += 2;
    if (size === 0) break;
  }
  return [Buffer.concat(chunks), rest.subarray(at)];
}
