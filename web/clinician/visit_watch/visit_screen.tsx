// SPDX-License-Identifier: Apache-2.0
// The visit while the camera sees it: read from two meters away, and touched only to begin, pause and end.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Bone } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { engine } from '../../data/engine.ts';
import { useAwake } from '../../hooks/awake.ts';
import { useLanguage } from '../../translations/language.tsx';
import { angle, clock } from './model.ts';
import { drawPeople } from './people.tsx';
import { useMovementName } from './use_names.ts';
import { watchVisit, type Ended, type Visit, type VisitState, type Progress } from './watch_visit.ts';

interface Props {
  file: File | undefined;
  person: number;
  simulated: boolean;
  onEnded: (ended: Ended, visit: Visit) => void;
  onOther: () => void;
  onAgain: () => void;
  onLeave: () => void;
}

/** The visit goes on after this screen: `onEnded` gets it, to sum up accepted proposals. */
function useVisit({ file, person, simulated, onEnded }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const visit = useRef<Visit>(undefined);
  const ended = useRef(onEnded);
  const [state, setState] = useState<VisitState>({ kind: 'loading', share: 0 });
  useEffect(() => {
    ended.current = onEnded;
  }, [onEnded]);
  useEffect(() => {
    if (!place.current) return undefined;
    let over = false;
    let given = false;
    let bones: readonly Bone[] = [];
    engine().then(
      (reprise) => {
        bones = reprise.bones;
      },
      () => {},
    );
    const opened = watchVisit({
      place: place.current,
      file,
      person,
      simulated,
      onState: (next) => {
        if (over) return;
        setState(next);
        if (next.kind !== 'review') return;
        given = true;
        ended.current(next, opened);
      },
      onLook: (look) => {
        if (canvas.current) drawPeople(canvas.current, look, { x: 0, y: 0, ...opened.size }, bones);
      },
    });
    visit.current = opened;
    return () => {
      over = true;
      if (!given) opened.close();
    };
  }, [file, person, simulated]);
  return { place, canvas, visit, state };
}

function Recent({ recent }: Pick<Progress, 'recent'>) {
  const { t } = useLanguage();
  const nameOf = useMovementName();
  const newest = [...recent]
    .map((proposal) => ({ proposal, trial: proposal.trials.at(-1) }))
    .sort((a, b) => (b.trial?.end_s ?? 0) - (a.trial?.end_s ?? 0))
    .slice(0, 3);
  if (newest.length === 0) return <p>{t('watch.recent.none')}</p>;
  return (
    <>
      <p className="small">{t('watch.recent')}</p>
      <ol className="recent" aria-label={t('watch.recent')}>
        {newest.map(({ proposal, trial }) => (
          <li key={`${proposal.test} ${proposal.side} ${proposal.manner}`}>
            {nameOf(proposal)} <strong>{trial && angle(trial)}</strong>
          </li>
        ))}
      </ol>
    </>
  );
}

function Status({ state }: { state: VisitState }) {
  const { t } = useLanguage();
  switch (state.kind) {
    case 'loading':
      return <p>{t('camera.loading', { percent: Math.round(state.share * 100) })}</p>;
    case 'set-up':
      return (
        <p className="advice">{t(state.seen ? (state.people > 1 ? 'watch.two' : 'watch.one') : 'watch.unseen')}</p>
      );
    case 'on':
      return (
        <p className="advice">
          {state.share === undefined
            ? t(state.seen ? 'watch.on' : 'watch.unseen')
            : t('camtest.looking', { percent: Math.round(state.share * 100) })}
        </p>
      );
    case 'paused':
      return <p className="advice">{t('watch.paused')}</p>;
    case 'summing':
    case 'review':
      return <p>{t('rom.summing')}</p>;
    default:
      return null;
  }
}

export function VisitScreen(props: Props) {
  const { t } = useLanguage();
  const { place, canvas, visit, state } = useVisit(props);
  useAwake(true);
  const { kind } = state;
  const shown = kind === 'set-up' || kind === 'on' || kind === 'paused' || kind === 'loading';
  const atWork = kind === 'on' || kind === 'paused';
  const live = props.file === undefined;
  return (
    <div className="filming" data-kind={kind}>
      <div className="picture" ref={place} aria-hidden="true" hidden={!shown} data-lines={atWork || undefined}>
        <canvas ref={canvas} />
      </div>
      <div className="beside">
        <div role="status" className="said">
          <Status state={state} />
        </div>
        {kind === 'set-up' && <p>{t('watch.who')}</p>}
        {kind === 'paused' && <p>{t('watch.paused.who', { person: props.person })}</p>}
        {atWork && (
          <p className="watched" role="timer" aria-label={t('watch.time')}>
            {clock(state.watched_s)}
          </p>
        )}
        {(kind === 'loading' || (kind === 'on' && state.share !== undefined)) && (
          <progress max={1} value={state.share ?? 0} aria-label={t(kind === 'on' ? 'rom.looking' : 'loading')} />
        )}
        {kind === 'on' && live && <Recent recent={state.recent} />}
        {kind === 'on' && state.slow && <Alert tone="careful">{t('watch.slow')}</Alert>}
        {kind === 'refused' && (
          <Alert tone="careful" role="alert">
            <strong>{t('camtest.refused')}</strong>{' '}
            <span lang="en">
              {state.found}. {state.remedy}.
            </span>
          </Alert>
        )}
        {kind === 'failed' && (
          <Alert tone="careful" role="alert">
            {state.code === 'no-video' ? (
              t('rom.noVideo')
            ) : (
              <>
                <strong>{t(`camera.${state.code}`)}</strong> {t('watch.failed')}
              </>
            )}
          </Alert>
        )}
        <div className="actions">
          {kind === 'set-up' && (
            <>
              <Button size="lg" disabled={!state.seen} onClick={() => void visit.current?.begin()}>
                {t('watch.begin')}
              </Button>
              <Button size="lg" variant="default" onClick={props.onOther}>
                {t('watch.other')}
              </Button>
            </>
          )}
          {kind === 'on' && live && (
            <Button size="lg" variant="default" onClick={() => void visit.current?.pause()}>
              {t('watch.pause')}
            </Button>
          )}
          {kind === 'paused' && (
            <Button size="lg" variant="default" onClick={() => visit.current?.resume()}>
              {t('watch.resume')}
            </Button>
          )}
          {atWork && live && (
            <Button size="lg" onClick={() => void visit.current?.finish()}>
              {t('watch.end')}
            </Button>
          )}
          {(kind === 'refused' || kind === 'failed') && (
            <Button size="md" onClick={props.onAgain}>
              {t('again')}
            </Button>
          )}
          <Button size={atWork ? 'lg' : 'md'} variant="default" onClick={props.onLeave}>
            {t(atWork ? 'watch.discard' : 'rom.back')}
          </Button>
        </div>
      </div>
    </div>
  );
}
