import { Waiter } from "../ip";
import { Connection } from "./connection";
import { TcbList } from "./tcb-list";
import { Tcp } from "./tcp";

/**
 * A port at which connections may come. It is open until `close`, whether anybody still refers to it or not. Calls never
 * block.
 */
export class Listener {
  /** Is woken when there is something to accept. */
  waiter: Waiter | null = null;
  /** In the list of all. */
  next: Listener | null = null;
  /** Those whose SYN has come and is not answered for good, … */
  readonly halfOpen: TcbList = TcbList.create();
  /** … and those that are open and not accepted. */
  readonly ready: TcbList = TcbList.create();
  isOpen: bool = true;
  /** Until when cookies may come back (cookie.ts). */
  cookiesUntil: i64 = 0;

  /** Not for users: `Tcp.listen`. At most `backlog` are in either list. */
  constructor(
    private readonly tcp: Tcp,
    readonly port: u16,
    readonly backlog: i32,
  ) {}

  /** The connection that has waited for longest, which is the caller's now, to be closed; null: there is none yet. */
  accept(): Connection | null {
    const tcb = this.isOpen ? this.ready.oldest : null;
    if (!tcb) return null;
    this.ready.remove(tcb);
    tcb.listener = 0;
    return Connection.of(tcb);
  }

  /** Nobody can connect any more. Connections that are not accepted are reset. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.tcp.forget(this);
    abandon(this.halfOpen);
    abandon(this.ready);
  }
}

function abandon(list: TcbList): void {
  let tcb = list.oldest;
  while (tcb) {
    list.remove(tcb);
    tcb.listener = 0;
    tcb.abortQueued = true;
    tcb.pend();
    tcb = list.oldest;
  }
  heap.free(changetype<usize>(list));
}
