// SPDX-License-Identifier: Apache-2.0
import { Button, TextInput } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useEffect, useEffectEvent, useMemo, useRef, useState, type FormEvent } from 'react';
import { useAwake } from '../../hooks/awake.ts';
import { Confirm } from '../../components/dialog.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { useLanguage, type Key } from '../../translations/language.tsx';
import { holdScreen } from '../../data/session.ts';
import type { FailureCode } from '../../data/api.ts';
import { openDevice } from './devices.ts';
import { Picture } from './picture.tsx';
import { LONGEST_LINE, useCall, type CallState, type Tracks } from './use_call.ts';

export interface Ended {
  code: FailureCode | undefined;
  minutes: number;
}

/** Returns the text and tone of the state of the call. */
function callStatus({ other, left, state, stuck, route, trouble }: CallState): {
  key: Key;
  tone: 'good' | 'careful' | 'bad' | 'plain';
} {
  if (state === 'lost') return { key: 'visit.state.lost', tone: 'bad' };
  if (state === 'connected')
    return route?.weak
      ? { key: 'visit.state.weak', tone: 'careful' }
      : { key: route?.relay ? 'visit.state.relay' : 'visit.state.connected', tone: 'good' };
  if (trouble) return { key: trouble === 'no-session' ? 'visit.state.session' : 'visit.state.server', tone: 'bad' };
  if (!other) return { key: left ? 'visit.state.left' : 'visit.state.alone', tone: 'plain' };
  return stuck ? { key: 'visit.state.stuck', tone: 'bad' } : { key: 'visit.state.connecting', tone: 'plain' };
}

function Clock({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 1000, { autoInvoke: true });
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return (
    <span className="clock" aria-hidden="true">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  );
}

const intoView = (line: HTMLLIElement | null) => line?.scrollIntoView({ block: 'nearest' });

function Lines({ call, name, say }: { call: CallState; name: string; say: (text: string) => boolean }) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && say(text.trim())) setText('');
  };
  return (
    <section className="card visit-lines" aria-label={t('visit.lines')}>
      <p className="small">{t('visit.linesWhat')}</p>
      {/* Scrolled by keys, too. */}
      <div role="log" aria-label={t('visit.lines')} tabIndex={0}>
        <ul>
          {call.said.map((one) => (
            <li key={one.id} ref={intoView}>
              <strong>{one.own ? t('visit.you') : name}:</strong> {one.text}
            </li>
          ))}
        </ul>
      </div>
      <form onSubmit={send} className="tools">
        <TextInput
          label={t('visit.line')}
          value={text}
          maxLength={LONGEST_LINE}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!call.canSay}>
          {t('visit.send')}
        </Button>
      </form>
    </section>
  );
}

interface Props {
  appointment: string;
  offers: boolean;
  name: string;
  first: Tracks;
  hasRelay: boolean;
  onEnd: (ended: Ended) => void;
}

export function InCall({ appointment, offers, name, first, hasRelay, onEnd }: Props) {
  const { t } = useLanguage();
  const { call, use, mute, say } = useCall(appointment, offers, first);
  const [video, setVideo] = useState(first.video);
  const [audio, setAudio] = useState(first.audio);
  const [muted, setMuted] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [trouble, setTrouble] = useState<Key>();
  useAwake(true);
  useEffect(holdScreen, []);
  const here = useRef({ video, audio });
  useEffect(() => {
    here.current = { video, audio };
  }, [video, audio]);
  useEffect(
    () => () => {
      here.current.video?.stop();
      here.current.audio?.stop();
    },
    [],
  );
  const own = useMemo(() => (video ? new MediaStream([video]) : undefined), [video]);

  const turnVideo = async () => {
    setTrouble(undefined);
    if (video) {
      video.stop();
      setVideo(null);
      use('video', null);
      return;
    }
    const { track, missing } = await openDevice('video');
    if (missing) setTrouble(`visit.video.${missing}`);
    if (track) set('video', track);
  };
  const set = (kind: 'audio' | 'video', track: MediaStreamTrack) => {
    (kind === 'video' ? setVideo : setAudio)(track);
    use(kind, track);
  };
  const turnAudio = async () => {
    setTrouble(undefined);
    if (audio) {
      mute(!muted);
      setMuted(!muted);
      return;
    }
    const { track, missing } = await openDevice('audio');
    if (missing) setTrouble(`visit.audio.${missing}`);
    if (track) set('audio', track);
  };
  // The camera was unplugged, or withdrawn by the system.
  const lost = useEffectEvent((kind: 'audio' | 'video') => {
    (kind === 'video' ? setVideo : setAudio)(null);
    use(kind, null);
    setTrouble(`visit.${kind}.ended`);
  });
  useEffect(() => {
    const gone = () => lost('video');
    const silent = () => lost('audio');
    video?.addEventListener('ended', gone);
    audio?.addEventListener('ended', silent);
    return () => {
      video?.removeEventListener('ended', gone);
      audio?.removeEventListener('ended', silent);
    };
  }, [video, audio]);

  const { since, ended } = call;
  const finish = (code?: FailureCode) =>
    onEnd({ code, minutes: since === undefined ? 0 : Math.round((Date.now() - since) / 60_000) });
  useEffect(() => {
    if (ended) finish(ended);
  });
  const { key, tone } = callStatus(call);
  const seen = call.state !== 'connecting' && call.sending?.video !== false;
  return (
    <div className="visit">
      <div className="visit-stage" data-tone={tone}>
        {call.remote && (
          <div className={seen ? 'visit-other' : 'visit-other away'}>
            <Picture stream={call.remote} label={t('visit.other', { name })} />
          </div>
        )}
        {!(call.remote && seen) && (
          <p>
            {call.state !== 'connecting' && call.sending?.video === false
              ? t('visit.otherNoPicture', { name })
              : t('visit.noOther', { name })}
          </p>
        )}
        {own && (
          <div className="visit-own">
            <Picture stream={own} label={t('visit.own')} mirrored muted />
          </div>
        )}
      </div>
      <div className="visit-state">
        <div role="status">
          <Badge tone={tone}>{t(key, { name })}</Badge>
          {call.state === 'connected' && call.sending?.audio === false && (
            <>
              {' '}
              <Badge tone="careful">{t('visit.otherMuted', { name })}</Badge>
            </>
          )}
        </div>
        {since !== undefined && <Clock since={since} />}
      </div>
      {call.stuck && call.state === 'connecting' && (
        <Alert tone="careful" role="alert">
          {t(hasRelay ? 'visit.stuck.relay' : 'visit.stuck.none')}
        </Alert>
      )}
      {call.trouble && call.state !== 'connecting' && (
        <Alert tone="careful" role="status">
          {t(call.trouble === 'no-session' ? 'visit.trouble.session' : 'visit.trouble.server')}
        </Alert>
      )}
      {trouble && (
        <Alert tone="careful" role="alert">
          {t(trouble)}
        </Alert>
      )}
      <div className="actions visit-controls">
        <Button
          variant="default"
          size="md"
          aria-pressed={audio !== null && muted}
          onClick={() => {
            void turnAudio();
          }}
        >
          {t(!audio ? 'visit.microphone.on' : muted ? 'visit.unmute' : 'visit.mute')}
        </Button>
        <Button
          variant="default"
          size="md"
          onClick={() => {
            void turnVideo();
          }}
        >
          {t(video ? 'visit.camera.off' : 'visit.camera.on')}
        </Button>
        <Button color="red.9" size="md" onClick={() => setLeaving(true)}>
          {t('visit.end')}
        </Button>
      </div>
      <p className="small">{t('visit.nobodyElse')}</p>
      <Lines call={call} name={name} say={say} />
      {leaving && (
        <Confirm
          title={t('visit.end.ask')}
          text={t('visit.end.what')}
          action={t('visit.end')}
          onClose={() => setLeaving(false)}
          onConfirm={async () => finish()}
        />
      )}
    </div>
  );
}
