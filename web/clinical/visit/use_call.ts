// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from 'react';
import type { FailureCode } from '../../data/api.ts';
import { connect, type Connection, type ConnectionState, type Route } from './connection.ts';
import type { Kind } from './devices.ts';
import { signaling, type Entered, type Other, type Signaling } from './signaling.ts';

export interface Said {
  id: number;
  own: boolean;
  text: string;
}
/** The devices that the other page reports as on. */
export interface Sending {
  audio: boolean;
  video: boolean;
}

export interface CallState {
  other: Other | null;
  /** The other participant was there, and is not any more. */
  left: boolean;
  state: ConnectionState;
  /** It takes longer than it should: the networks may let nothing through. */
  stuck: boolean;
  route: Route | undefined;
  remote: MediaStream | undefined;
  sending: Sending | undefined;
  said: readonly Said[];
  canSay: boolean;
  trouble: FailureCode | undefined;
  ended: FailureCode | undefined;
  /** The start of the connection, in milliseconds. */
  since: number | undefined;
}

const FIRST: CallState = {
  other: null,
  left: false,
  state: 'connecting',
  stuck: false,
  route: undefined,
  remote: undefined,
  sending: undefined,
  said: [],
  canSay: false,
  trouble: undefined,
  ended: undefined,
  since: undefined,
};
const STUCK_MS = 12_000;
export const LONGEST_LINE = 500;

export interface Tracks {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
}

/** Holds a call from the first render on. `offers`: this page makes the offers. */
export function useCall(appointment: string, offers: boolean, first: Tracks) {
  const [call, setCall] = useState<CallState>(FIRST);
  const tracks = useRef<Tracks>({ ...first });
  const parts = useRef<{ signals?: Signaling; connection?: Connection | undefined }>({});

  useEffect(() => {
    const now = parts.current;
    let entered: Entered | undefined;
    let lines = 0;
    let stuck: ReturnType<typeof setTimeout> | undefined;
    const set = (some: Partial<CallState>) => setCall((before) => ({ ...before, ...some }));
    const add = (own: boolean, text: string) =>
      setCall((before) => ({ ...before, said: [...before.said, { id: lines++, own, text }] }));
    const tellDevices = () =>
      now.connection?.say({
        sending: { audio: tracks.current.audio?.enabled ?? false, video: tracks.current.video !== null },
      });
    const waitFor = () => {
      clearTimeout(stuck);
      set({ stuck: false });
      stuck = setTimeout(() => set({ stuck: true }), STUCK_MS);
    };

    // The window to which there is a connection, which of its connections it is, and whether it carries anything.
    let window_of: string | undefined;
    let which: string | undefined;
    let there = false;
    let alive = false;

    function disconnect() {
      clearTimeout(stuck);
      now.connection?.close();
      now.connection = undefined;
      now.signals?.tellConnected(false);
      window_of = undefined;
      alive = false;
      set({
        state: 'connecting',
        stuck: false,
        route: undefined,
        remote: undefined,
        sending: undefined,
        canSay: false,
      });
    }

    /**
     * Handles a lost connection. Disconnects if the server reports no other participant, because then there is no one
     * to wait for.
     */
    function lose() {
      alive = false;
      now.signals?.tellConnected(false);
      if (!there) disconnect();
    }

    /** Connects to a window. `of`: the connection id of the other page's offer. */
    function reach(window: string, of?: string) {
      disconnect();
      if (!entered) return;
      window_of = window;
      which = offers ? crypto.randomUUID() : of;
      waitFor();
      now.connection = connect({
        iceServers: entered.iceServers,
        relayOnly: entered.relayOnly,
        offers,
        tracks: tracks.current,
        send: (what) => now.signals?.send({ which, ...what }),
        events: {
          onState(state) {
            alive = state === 'connected';
            if (!alive) {
              waitFor();
              set({ state });
              return lose();
            }
            now.signals?.tellConnected(true);
            clearTimeout(stuck);
            setCall((before) => ({ ...before, state, stuck: false, since: before.since ?? Date.now() }));
          },
          onRemote: (remote) => set({ remote }),
          onRoute: (route) => set({ route }),
          onChannel(open) {
            set({ canSay: open });
            if (open) tellDevices();
            // The other page was closed, or loaded anew.
            else lose();
          },
          onSaid(said) {
            const { text, sending } = said as { text?: unknown; sending?: Partial<Record<Kind, unknown>> };
            if (typeof text === 'string') add(false, text.slice(0, LONGEST_LINE));
            if (sending) set({ sending: { audio: sending.audio === true, video: sending.video === true } });
          },
        },
      });
      // The offering page may believe that an older connection is still there.
      if (!offers && !of) now.signals?.send({ again: true });
    }

    function hear(said: unknown, from: string) {
      const message = said as { which?: string; again?: boolean; description?: unknown };
      if (offers && message.again && now.connection?.answered()) return reach(from);
      if (!offers && message.description && message.which !== which) {
        if (which === undefined) which = message.which;
        else reach(from, message.which);
      }
      if (message.which === which) now.connection?.receive(message);
    }

    now.signals = signaling(appointment, {
      onEntered(value) {
        entered = value;
        // A page that was away for long enters again. The other page knows of no connection.
        disconnect();
      },
      onOther(other) {
        there = other !== null;
        setCall((before) => ({ ...before, other, left: other === null && (before.left || before.other !== null) }));
        // The call goes on if only the server cannot reach the other page.
        if (other && other.window !== window_of) reach(other.window);
        else if (!other && !alive) disconnect();
      },
      onMessage: hear,
      onTrouble: (trouble) => set({ trouble }),
      onEnd(ended) {
        disconnect();
        set({ ended });
      },
    });
    const close = () => {
      void now.signals?.leave({ last: true });
    };
    window.addEventListener('pagehide', close);
    return () => {
      window.removeEventListener('pagehide', close);
      disconnect();
      void now.signals?.leave({ last: true });
    };
  }, [appointment, offers]);

  const tell = () =>
    parts.current.connection?.say({
      sending: { audio: tracks.current.audio?.enabled ?? false, video: tracks.current.video !== null },
    });
  return {
    call,
    use(kind: Kind, track: MediaStreamTrack | null) {
      tracks.current[kind] = track;
      parts.current.connection?.use(kind, track);
      tell();
    },
    mute(muted: boolean) {
      if (tracks.current.audio) tracks.current.audio.enabled = !muted;
      tell();
    },
    /** Sends a text message; false: the channel is not open. */
    say(text: string): boolean {
      if (!parts.current.connection?.say({ text })) return false;
      setCall((before) => ({ ...before, said: [...before.said, { id: -1 - before.said.length, own: true, text }] }));
      return true;
    },
  };
}
