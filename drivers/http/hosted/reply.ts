import { http_reply_body, http_reply_close, http_reply_fields, http_reply_status } from "mirage-wasm/abi";
import { Reply } from "mirage-wasm/http-client";
import { Url } from "mirage-wasm/url";
import { isBodiless } from "../status";
import { HostedFields } from "./fields";
import { HostedInput } from "./input";

/** An answer that the host hands on, and whose handles it has until its body has ended. */
export class HostedReply extends Reply {
  private readonly fields: HostedFields;
  private readonly body: HostedInput = new HostedInput();
  private isBodiless: bool = false;

  /** Owns the handle. */
  constructor(handle: i32, url: Url, method: string) {
    super(http_reply_status(handle), url);
    this.fields = new HostedFields(http_reply_fields(handle));
    this.isBodiless = isBodiless(this.status) || method == "HEAD";
    http_reply_body(handle, this.body.handles);
    http_reply_close(handle);
    if (this.isBodiless) this.body.close();
  }

  header(name: string): string | null {
    return this.fields.get(name);
  }

  get fieldCount(): i32 {
    return this.fields.names.length;
  }

  fieldName(index: i32): string {
    return this.fields.names[index];
  }

  fieldValue(index: i32): string {
    return this.fields.values[index];
  }

  get length(): i64 {
    return this.isBodiless ? 0 : this.fields.length;
  }

  read(bytes: Uint8Array): i32 {
    return this.body.read(bytes.dataStart, bytes.length);
  }

  close(): void {
    this.body.close();
  }
}
