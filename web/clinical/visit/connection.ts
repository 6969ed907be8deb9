// SPDX-License-Identifier: Apache-2.0
// Holds one connection to the other window. Only one side makes offers, so that offers never collide. The other side
// requests them. Two transceivers and a data channel exist from the start, so that turning a camera on or off needs no
// new offer.

export interface Route {
  relay: boolean;
  weak: boolean;
}
export type ConnectionState = 'connecting' | 'connected' | 'lost';

export interface ConnectionEvents {
  onState(state: ConnectionState): void;
  onRemote(stream: MediaStream): void;
  onRoute(route: Route): void;
  /** Reports a message of the other page. */
  onSaid(said: unknown): void;
  onChannel(open: boolean): void;
}

interface Options {
  iceServers: RTCIceServer[];
  relayOnly: boolean;
  offers: boolean;
  /** null: none is sent, and one may come later. */
  tracks: { audio: MediaStreamTrack | null; video: MediaStreamTrack | null };
  send(what: object): void;
  events: ConnectionEvents;
}

interface Message {
  round?: number;
  description?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit;
  restart?: boolean;
}

const RESTART_AFTER_MS = 3000;
const RESTART_EACH_MS = 6000;
const LOOK_EACH_MS = 2000;
// Unsourced defaults: a twentieth of the packets of two seconds is lost, or a round trip takes half a second.
const WEAK_LOSS = 0.05;
const WEAK_ROUND_TRIP_S = 0.5;

/** Returns the route of the connection and its quality since `before`. */
async function look(peer: RTCPeerConnection, before: { lost: number; received: number }): Promise<Route | undefined> {
  const stats = await peer.getStats();
  const all = [...stats.values()] as Record<string, unknown>[];
  const transport = all.find(({ type }) => type === 'transport');
  const pair = all.find(({ id, type, selected, nominated, state }) =>
    transport?.selectedCandidatePairId
      ? id === transport.selectedCandidatePairId
      : type === 'candidate-pair' && (selected === true || (nominated === true && state === 'succeeded')),
  );
  if (!pair) return undefined;
  const kindOf = (which: unknown) => all.find(({ id }) => id === which)?.candidateType;
  const sum = (name: string) =>
    all.reduce((total, one) => total + (one.type === 'inbound-rtp' ? Number(one[name] ?? 0) : 0), 0);
  const now = { lost: sum('packetsLost'), received: sum('packetsReceived') };
  const lost = now.lost - before.lost;
  const share = lost / Math.max(1, lost + now.received - before.received);
  Object.assign(before, now);
  const weak = share > WEAK_LOSS || Number(pair.currentRoundTripTime ?? 0) > WEAK_ROUND_TRIP_S;
  return { relay: kindOf(pair.localCandidateId) === 'relay' || kindOf(pair.remoteCandidateId) === 'relay', weak };
}

export function connect({ iceServers, relayOnly, offers, tracks, send, events }: Options) {
  const peer = new RTCPeerConnection({
    iceServers,
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
    bundlePolicy: 'max-bundle',
  });
  const channel = peer.createDataChannel('talk', { negotiated: true, id: 0 });
  const remote = new MediaStream();
  const early: RTCIceCandidateInit[] = [];
  const counts = { lost: 0, received: 0 };
  let round = 0;
  let restarting: ReturnType<typeof setTimeout> | undefined;
  let work: Promise<unknown> = Promise.resolve();
  let closed = false;

  /** Runs the steps one after the other. A failed step ends neither the others nor the call. */
  const then = (step: () => Promise<unknown>) => {
    work = work
      .then(() => (closed ? undefined : step()))
      .catch((error: unknown) => {
        console.warn('video visit:', error);
      });
  };

  const senders = () =>
    peer.getTransceivers().map(({ sender, receiver }) => ({ sender, kind: receiver.track.kind as 'audio' | 'video' }));
  async function show() {
    for (const { sender, kind } of senders())
      if (sender.track !== tracks[kind]) await sender.replaceTrack(tracks[kind]);
  }

  async function offer(restart: boolean) {
    round += 1;
    await peer.setLocalDescription(await peer.createOffer({ iceRestart: restart }));
    send({ round, description: peer.localDescription });
  }

  const restart = () => {
    if (offers) then(() => offer(true));
    else send({ restart: true });
    restarting = setTimeout(restart, RESTART_EACH_MS);
  };

  async function describe({ round: of = 0, description }: Message) {
    if (!description) return;
    if (offers) {
      // An answer to an earlier offer is of no use any more.
      if (description.type !== 'answer' || of !== round || peer.signalingState !== 'have-local-offer') return;
      await peer.setRemoteDescription(description);
    } else {
      if (description.type !== 'offer') return;
      await peer.setRemoteDescription(description);
      for (const transceiver of peer.getTransceivers()) transceiver.direction = 'sendrecv';
      await show();
      await peer.setLocalDescription();
      send({ round: of, description: peer.localDescription });
    }
    for (const candidate of early.splice(0)) await peer.addIceCandidate(candidate).catch(() => {});
  }

  peer.onicecandidate = ({ candidate }) => {
    if (candidate && !closed) send({ candidate: candidate.toJSON() });
  };
  peer.ontrack = ({ track }) => {
    if (closed) return;
    remote.addTrack(track);
    events.onRemote(remote);
  };
  peer.onconnectionstatechange = () => {
    if (closed) return;
    const state = peer.connectionState;
    if (state === 'connected') {
      clearTimeout(restarting);
      events.onState('connected');
    } else if (state === 'disconnected' || state === 'failed') {
      events.onState('lost');
      clearTimeout(restarting);
      restarting = setTimeout(restart, state === 'failed' ? 0 : RESTART_AFTER_MS);
    }
  };
  channel.onopen = () => {
    if (!closed) events.onChannel(true);
  };
  channel.onclose = () => {
    if (!closed) events.onChannel(false);
  };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    try {
      events.onSaid(JSON.parse(String(data)));
    } catch {
      /* no page of ours wrote it */
    }
  };
  const looking = setInterval(() => {
    if (peer.connectionState === 'connected')
      void look(peer, counts).then((route) => {
        if (route && !closed) events.onRoute(route);
      });
  }, LOOK_EACH_MS);

  if (offers) {
    then(async () => {
      for (const kind of ['audio', 'video'] as const) peer.addTransceiver(kind, { direction: 'sendrecv' });
      await show();
      await offer(false);
    });
  }

  return {
    receive(message: unknown) {
      const known = message as Message;
      if (known.description) then(() => describe(known));
      if (known.restart && offers) then(() => offer(true));
      const { candidate } = known;
      if (!candidate) return;
      then(async () => {
        if (!peer.remoteDescription) early.push(candidate);
        // A candidate from before the restart may be invalid.
        else await peer.addIceCandidate(candidate).catch(() => {});
      });
    },
    /** Checks if the other page has described its side. */
    answered: () => peer.remoteDescription !== null,
    use(kind: 'audio' | 'video', track: MediaStreamTrack | null) {
      tracks[kind] = track;
      then(show);
    },
    /** Sends a message over the channel; false: the channel is not open. */
    say(what: object): boolean {
      if (channel.readyState !== 'open') return false;
      channel.send(JSON.stringify(what));
      return true;
    },
    close() {
      closed = true;
      clearInterval(looking);
      clearTimeout(restarting);
      peer.close();
    },
  };
}

export type Connection = ReturnType<typeof connect>;
