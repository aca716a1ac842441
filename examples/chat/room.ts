import { Channel } from "mirage-wasm/channel";
import { Flow, writeText } from "mirage-wasm/stack";
import { spawn, Task } from "mirage-wasm/thread";
import { Lines } from "./lines";

/** Bytes of a line, and lines that wait for a member who does not read. */
const LINE: i32 = 1000;
const WAITING: i32 = 256;

export class Room {
  private readonly members: Member[] = [];

  enter(member: Member): void {
    this.members.push(member);
    this.say("* " + member.name + " has come", member);
  }

  leave(member: Member): void {
    const index = this.members.indexOf(member);
    if (index >= 0) this.members.splice(index, 1);
    this.say("* " + member.name + " has left", member);
  }

  /** To all but who says it. */
  say(line: string, speaker: Member): void {
    for (let i = 0; i < this.members.length; i++) if (this.members[i] != speaker) this.members[i].tell(line);
  }
}

/** Somebody who is connected: one thread hears him, another one speaks to him, so that nobody waits for who does not read. */
export class Member extends Task {
  name: string = "";
  private readonly waiting: Channel<string> = new Channel<string>(WAITING);

  constructor(
    private readonly flow: Flow,
    private readonly room: Room,
  ) {
    super();
  }

  run(): void {
    const lines = new Lines(this.flow, LINE);
    writeText(this.flow, "Your name?\n");
    const name = lines.read();
    if (name !== null) {
      this.name = name;
      const speaker = spawn(new Speaker(this.flow, this.waiting), "speaker");
      this.room.enter(this);
      for (let line = lines.read(); line !== null; line = lines.read()) this.room.say("<" + name + "> " + line, this);
      this.room.leave(this);
      this.waiting.close();
      speaker.join();
    }
    this.flow.close();
  }

  /** Who has not read for so long is put out. */
  tell(line: string): void {
    if (this.waiting.length < WAITING) this.waiting.send(line);
    else this.flow.close();
  }
}

class Speaker extends Task {
  constructor(
    private readonly flow: Flow,
    private readonly waiting: Channel<string>,
  ) {
    super();
  }

  run(): void {
    for (let line = this.waiting.receive(); line.isOK; line = this.waiting.receive()) if (writeText(this.flow, line.value + "\n")) return;
  }
}
