import { Reply } from "mirage-wasm/http-client";
import { Url } from "mirage-wasm/url";
import { Body } from "./body";
import { ClientConnection } from "./client-connection";
import { Pool } from "./pool";
import { ResponseHead } from "./response-head";

/** An answer, and the connection on which its body comes until that has ended. */
export class ClientReply extends Reply {
  private readonly body: Body = new Body();
  private connection: ClientConnection | null;
  private readonly isKept: bool;
  private readonly isBodiless: bool;

  constructor(
    private readonly head: ResponseHead,
    url: Url,
    method: string,
    connection: ClientConnection,
    private readonly pool: Pool,
  ) {
    super(head.status, url);
    this.connection = connection;
    const isBodiless = head.isBodiless(method);
    this.isBodiless = isBodiless;
    this.isKept = head.isKept && (isBodiless || head.isChunked || head.length >= 0);
    this.body.begin(isBodiless ? 0 : head.length, !isBodiless && head.isChunked, i64.MAX_VALUE);
    if (this.body.isEnded) this.giveBack();
  }

  header(name: string): string | null {
    return this.head.fields.get(name);
  }

  get fieldCount(): i32 {
    return this.head.fields.count;
  }

  fieldName(index: i32): string {
    return this.head.fields.nameOf(index);
  }

  fieldValue(index: i32): string {
    return this.head.fields.valueOf(index);
  }

  get length(): i64 {
    return this.isBodiless ? 0 : this.head.isChunked ? -1 : this.head.length;
  }

  read(bytes: Uint8Array): i32 {
    const connection = this.connection;
    if (!connection) return 0;
    const count = this.body.read(connection.input, bytes.dataStart, bytes.length);
    if (this.body.isEnded) this.giveBack();
    return count;
  }

  close(): void {
    const connection = this.connection;
    if (connection) connection.close();
    this.connection = null;
  }

  private giveBack(): void {
    const connection = this.connection!;
    this.connection = null;
    if (!this.isKept || !this.pool.give(connection)) connection.close();
  }
}
