import { Task } from "mirage-wasm/scheduler/task";
import { refused, requests } from "../counters";
import { entrance } from "./entrance";
import { HostedRequest } from "./request";
import { HostedResponse } from "./response";

/** What refusals say: those that there are here. All reasons would be a tenth of a small image. */
function reasonOf(status: i32): string {
  switch (status) {
    case 408: return "408 Request Timeout\n";
    case 413: return "413 Content Too Large\n";
    case 503: return "503 Service Unavailable\n";
    default: return "400 Bad Request\n";
  }
}

/** A request and its answer. It is used again for the next one. */
export class Exchange extends Task {
  private readonly request: HostedRequest = new HostedRequest();
  private readonly response: HostedResponse = new HostedResponse();

  /** Owns both handles. */
  begin(request: i32, out: i32): void {
    this.request.begin(request, entrance.limit);
    this.response.begin(this.request, out);
  }

  run(): void {
    const request = this.request;
    const response = this.response;
    const handler = entrance.handler;
    requests.add();
    if (handler) {
      handler.handle(request, response);
      const wrong = request.wrong;
      if (wrong && !response.isBegun) this.refuse(wrong);
      else response.end();
    } else this.refuse(503);
    request.close();
  }

  /** Says what is wrong with the request, or that nobody serves. */
  private refuse(status: i32): void {
    refused.add();
    this.response.forget();
    this.response.status = status;
    this.response.send(reasonOf(status));
  }
}
