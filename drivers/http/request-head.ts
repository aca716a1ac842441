// The head of a request: RFC 9112 section 3.

import { HOST, isText, isWord, skip, TARGET, TOKEN } from "./characters";
import { find, Head } from "./head";

/** Longer methods are none that anybody has registered. */
const MAX_METHOD: i32 = 32;

const SP: u32 = 0x20;
const SLASH: u32 = 0x2f;
const QUESTION: u32 = 0x3f;

export class RequestHead extends Head {
  // Places in the head.
  methodFrom: i32 = 0;
  methodTo: i32 = 0;
  authority: i32 = 0;
  authorityEnd: i32 = 0;
  path: i32 = 0;
  pathEnd: i32 = 0;
  /** Behind the question mark; where there is none, the target's end. */
  query: i32 = 0;
  targetEnd: i32 = 0;
  isHead: bool = false;
  /** RFC 9110 section 10.1.1: it waits for leave to send its body. */
  expects: bool = false;
  private hosts: i32 = 0;
  private isAbsolute: bool = false;
  /** It would have a body, by its method. */
  private isPost: bool = false;

  begin(): void {
    super.begin();
    this.hosts = this.authority = this.authorityEnd = 0;
    this.isHead = this.expects = this.isAbsolute = this.isPost = false;
  }

  protected start(at: usize, end: usize): i32 {
    const head = this.fields.head;
    const methodEnd = skip(TOKEN, at, end);
    if (methodEnd == at || methodEnd == end || load<u8>(methodEnd) != SP) return 400;
    if (<i32>(methodEnd - at) > MAX_METHOD) return 501;
    const target = methodEnd + 1;
    const targetEnd = skip(TARGET, target, end);
    if (targetEnd == target || targetEnd == end || load<u8>(targetEnd) != SP) return 400;
    const wrong = this.version(targetEnd + 1, end);
    if (wrong) return wrong;
    this.methodFrom = <i32>(at - head);
    this.methodTo = <i32>(methodEnd - head);
    this.isHead = isText("HEAD", at, methodEnd);
    this.isPost = isText("POST", at, methodEnd) || isText("PUT", at, methodEnd);
    this.targetEnd = <i32>(targetEnd - head);
    if (isText("CONNECT", at, methodEnd)) return 501;
    if (load<u8>(target) == SLASH) this.pathIs(target, targetEnd);
    else if (isText("*", target, targetEnd)) {
      if (!isText("OPTIONS", at, methodEnd)) return 400;
      this.pathIs(target, targetEnd);
    } else return this.absolute(target, targetEnd);
    return 0;
  }

  private pathIs(at: usize, end: usize): void {
    const head = this.fields.head;
    const mark = find(QUESTION, at, end);
    this.path = <i32>(at - head);
    this.pathEnd = <i32>(mark - head);
    this.query = <i32>(min(mark + 1, end) - head);
  }

  /** Section 3.2.2: what a proxy is asked. Its authority goes before the field Host. */
  private absolute(at: usize, end: usize): i32 {
    const colon = find(0x3a, at, end);
    if (!isWord("http", at, colon) && !isWord("https", at, colon)) return 400;
    if (end - colon < 4 || !isText("://", colon, colon + 3)) return 400;
    const host = colon + 3;
    const hostEnd = skip(HOST, host, end);
    if (hostEnd == host || (hostEnd < end && load<u8>(hostEnd) != SLASH && load<u8>(hostEnd) != QUESTION)) return 400;
    this.isAbsolute = true;
    this.authority = <i32>(host - this.fields.head);
    this.authorityEnd = <i32>(hostEnd - this.fields.head);
    this.pathIs(hostEnd, end);
    return 0;
  }

  protected tooLong(at: usize, end: usize): i32 {
    const method = skip(TOKEN, at, end);
    if (<i32>(method - at) > MAX_METHOD) return -501;
    return load<u8>(method) == SP ? -414 : -400;
  }

  protected known(name: usize, nameEnd: usize, at: usize, end: usize): i32 {
    switch (<i32>(nameEnd - name)) {
      case 4:
        return isWord("host", name, nameEnd) ? this.hostIs(at, end) : 0;
      case 6:
        if (!isWord("expect", name, nameEnd)) return 0;
        if (!isWord("100-continue", at, end)) return 417;
        this.expects = this.minor > 0;
        return 0;
      default:
        return super.known(name, nameEnd, at, end);
    }
  }

  /** RFC 9112 section 3.2. */
  private hostIs(at: usize, end: usize): i32 {
    if (this.hosts++ || skip(HOST, at, end) != end) return 400;
    if (this.isAbsolute) return 0;
    this.authority = <i32>(at - this.fields.head);
    this.authorityEnd = <i32>(end - this.fields.head);
    return 0;
  }

  protected finish(): i32 {
    if (!this.hosts && this.minor > 0) return 400;
    if (this.isChunked) {
      // Section 6.1: a sender of 1.0 has not said that; with a length as well, others may see another request's end.
      if (!this.minor || this.length >= 0) return 400;
      return 0;
    }
    // RFC 9110 section 15.5.12: in 1.0 nothing says where such a body would end.
    if (this.isPost && this.length < 0 && !this.minor) return 411;
    return 0;
  }

  /** Does a body follow, if only one of length 0 by chunks? */
  get hasBody(): bool {
    return this.isChunked || this.length > 0;
  }
}
