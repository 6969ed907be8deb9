// SPDX-License-Identifier: Apache-2.0
// How the two pages of a visit reach each other before they see each other: short messages that lie on the server until
// the other page asks for them (docs/clinician/video-visits.md). The server asks nothing about them, and keeps none.
import { askVisit, failureOf, type FailureCode } from '../../data/api.ts';

export interface Other {
  window: string;
  connected: boolean;
}
export interface Entered {
  iceServers: RTCIceServer[];
  relayOnly: boolean;
  other: Other | null;
}
interface Heard {
  other: Other | null;
  messages: { number: number; text: string }[];
}

export interface Listener {
  onEntered(entered: Entered): void;
  /** Reports the other participant; null: alone. */
  onOther(other: Other | null): void;
  onMessage(message: unknown, from: string): void;
  /** Reports that the server is silent, or does not know this person any more; undefined: it answers again. */
  onTrouble(code: FailureCode | undefined): void;
  /** Reports the end of the visit and its reason. */
  onEnd(code: FailureCode): void;
}

const ALONE_MS = 1000;
const FINDING_MS = 250;
const TOGETHER_MS = 3000;
const TROUBLE_MS = 2000;
/** A 403 may be a sign-in in another window, after which the page's token is a new one. */
const MOST_REFUSALS = 3;
const MOST_AT_ONCE = 32;
const OVER: readonly FailureCode[] = ['visit-over', 'visit-early', 'visit-no-consent', 'visit-elsewhere', 'not-found'];

/** Enters the visit, and stays until `leave`. */
export function signaling(appointment: string, listener: Listener) {
  const own = crypto.randomUUID();
  let after = 0;
  let other: Other | null = null;
  let connected = false;
  let over = false;
  let refusals = 0;
  let inside = false;
  let waiting: { to: string; text: string }[] = [];
  let sent = 0;
  // The numbers received from each window. A message that is sent again after a lost response is handled once.
  const heard = new Map<string, number>();
  let wake = () => {};

  const hear = (next: Other | null) => {
    other = next;
    listener.onOther(next);
  };

  async function enter() {
    const entered = await askVisit<Entered>('POST', `${appointment}/seat`, { window: own });
    inside = true;
    after = 0;
    listener.onEntered(entered);
    hear(entered.other);
  }

  function open(text: string) {
    const message = JSON.parse(text) as { from?: unknown; number?: unknown; what?: unknown };
    if (
      typeof message.from !== 'string' ||
      typeof message.number !== 'number' ||
      message.number <= (heard.get(message.from) ?? 0)
    )
      return;
    heard.set(message.from, message.number);
    // A message from another window is dropped, because that window has been closed since.
    if (message.from === other?.window) listener.onMessage(message.what, message.from);
  }

  async function exchange() {
    waiting = waiting.filter(({ to }) => to === other?.window);
    const now = waiting.slice(0, MOST_AT_ONCE);
    const answer = await askVisit<Heard>('POST', `${appointment}/exchange`, {
      window: own,
      after,
      connected,
      to: other?.window ?? '',
      messages: now.map(({ text }) => text),
    });
    waiting = waiting.filter((one) => !now.includes(one));
    if (answer.other?.window !== other?.window || answer.other?.connected !== other?.connected) hear(answer.other);
    for (const { number, text } of answer.messages) {
      after = Math.max(after, number);
      open(text);
    }
  }

  /** Handles an error; false: the visit is over. */
  function survive(error: unknown): boolean {
    const { code, status } = failureOf(error);
    if (over) return false;
    if (code === 'visit-left') inside = false;
    refusals = status === 403 ? refusals + 1 : 0;
    if (!OVER.includes(code) && refusals < MOST_REFUSALS) {
      if (code !== 'visit-left') listener.onTrouble(code);
      return true;
    }
    over = true;
    // The other page then need not wait until the server removes this one.
    if (code !== 'visit-elsewhere') void askVisit('POST', `${appointment}/leave`, { window: own }).catch(() => {});
    listener.onEnd(code);
    return false;
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function stay() {
    while (!over) {
      let next = other === null ? ALONE_MS : connected ? TOGETHER_MS : FINDING_MS;
      try {
        await (inside ? exchange() : enter());
        refusals = 0;
        listener.onTrouble(undefined);
        if (waiting.length > 0) next = 0;
      } catch (error) {
        if (!survive(error)) return;
        next = TROUBLE_MS;
      }
      if (!over) await pause(next);
    }
  }
  void stay();

  return {
    /** Sends a message to the present window of the other participant. */
    send(what: object) {
      if (!other || over) return;
      sent += 1;
      waiting.push({ to: other.window, text: JSON.stringify({ from: own, number: sent, what }) });
      wake();
    },
    tellConnected(now: boolean) {
      if (connected === now) return;
      connected = now;
      wake();
    },
    /** `last`: the page is being closed. */
    async leave({ last = false } = {}) {
      if (over) return;
      over = true;
      wake();
      // If this request fails, the server removes a participant after half a minute of silence.
      await askVisit('POST', `${appointment}/leave`, { window: own }, { last }).catch(() => {});
    },
  };
}

export type Signaling = ReturnType<typeof signaling>;
