// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, Stack } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { prefer, usePreferences } from '../../data/preferences.ts';
import { listDevices, openDevice, openDevices, watchLevel, type Devices, type Kind } from './devices.ts';
import { Picture } from './picture.tsx';
import type { Tracks } from './use_call.ts';

function Level({ track }: { track: MediaStreamTrack }) {
  const { t } = useLanguage();
  const [level, setLevel] = useState(0);
  useEffect(() => watchLevel(track, setLevel), [track]);
  return (
    <label className="level">
      {t('visit.level')}
      <meter min={0} max={1} value={level}>
        {Math.round(level * 100)} %
      </meter>
    </label>
  );
}

function Choice({
  kind,
  all,
  track,
  onChoose,
}: {
  kind: Kind;
  all: readonly MediaDeviceInfo[];
  track: MediaStreamTrack;
  onChoose: (deviceId: string) => void;
}) {
  const { t } = useLanguage();
  const these = all.filter((one) => one.kind === `${kind}input` && one.deviceId !== '');
  if (these.length < 2) return null;
  return (
    <NativeSelect
      label={t(`visit.choose.${kind}`)}
      value={track.getSettings().deviceId ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={these.map(({ deviceId, label }, i) => ({
        value: deviceId,
        label: label || t('visit.device', { number: i + 1 }),
      }))}
    />
  );
}

interface Props {
  name: string;
  there: boolean;
  ready: boolean;
  onJoin: (tracks: Tracks) => void;
}

/** Tests camera and microphone before the visit. No picture or sound leaves the device here. */
export function Lobby({ name, there, ready, onJoin }: Props) {
  const { t } = useLanguage();
  const { camera } = usePreferences();
  const wish = useRef(camera);
  const opened = useRef<Devices>(undefined);
  const [devices, setDevices] = useState<Devices>();
  const [all, setAll] = useState<readonly MediaDeviceInfo[]>([]);
  const [joined, setJoined] = useState(false);
  const opening = useRef(0); // only the last one counts
  const close = useCallback(() => {
    opening.current += 1;
    if (opened.current) release(opened.current);
  }, []);
  const open = useCallback(async () => {
    close();
    const mine = opening.current;
    const now = await openDevices(wish.current);
    if (mine !== opening.current) return release(now);
    opened.current = now;
    setDevices(now);
    setAll(await listDevices());
  }, [close]);
  useEffect(() => {
    void open();
    return close;
  }, [open, close]);
  const video = devices?.video.track;
  const audio = devices?.audio.track;
  const stream = useMemo(() => (video ? new MediaStream([video]) : undefined), [video]);
  const choose = async (kind: Kind, deviceId: string) => {
    devices?.[kind].track?.stop();
    const found = await openDevice(kind, deviceId);
    if (kind === 'video') prefer({ camera: deviceId });
    if (!opened.current) return;
    opened.current = { ...opened.current, [kind]: found };
    setDevices(opened.current);
  };
  const join = (withCamera: boolean) => {
    setJoined(true);
    // The tracks of this screen end with it.
    onJoin({ audio: audio?.clone() ?? null, video: withCamera ? (video?.clone() ?? null) : null });
  };
  return (
    <div className="visit-lobby">
      <div className="visit-stage">
        {stream ? (
          <Picture stream={stream} label={t('visit.own')} mirrored muted />
        ) : (
          <p>{t(devices ? 'visit.noPicture' : 'visit.opening')}</p>
        )}
      </div>
      <Stack gap="md">
        <div role="status">
          {there ? (
            <Badge tone="good">{t('visit.there', { name })}</Badge>
          ) : (
            <Badge tone="plain">{t('visit.notThere', { name })}</Badge>
          )}
        </div>
        {devices?.video.missing && (
          <Alert tone="careful" role="alert">
            {t(`visit.video.${devices.video.missing}`)}
          </Alert>
        )}
        {devices?.audio.missing && (
          <Alert tone="careful" role="alert">
            {t(`visit.audio.${devices.audio.missing}`)}
          </Alert>
        )}
        {devices && (devices.video.missing || devices.audio.missing) && (
          <Button variant="default" onClick={() => void open()}>
            {t('visit.tryDevices')}
          </Button>
        )}
        {video && (
          <Choice
            kind="video"
            all={all}
            track={video}
            onChoose={(id) => {
              void choose('video', id);
            }}
          />
        )}
        {audio && (
          <Choice
            kind="audio"
            all={all}
            track={audio}
            onChoose={(id) => {
              void choose('audio', id);
            }}
          />
        )}
        {audio && <Level track={audio} />}
        <div className="actions">
          {video && (
            <Button size="lg" disabled={!ready || joined} onClick={() => join(true)}>
              {t('visit.join')}
            </Button>
          )}
          {devices && (
            <Button
              size="lg"
              variant={video ? 'default' : 'filled'}
              disabled={!ready || joined}
              onClick={() => join(false)}
            >
              {t('visit.joinWithout')}
            </Button>
          )}
        </div>
        <p className="small">{t('visit.private')}</p>
      </Stack>
    </div>
  );
}

function release({ audio, video }: Devices) {
  audio.track?.stop();
  video.track?.stop();
}
