// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Bone, ReadinessState } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { drawSkeleton } from '../../components/skeleton.ts';
import { engine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Choice } from './choose.tsx';
import { isTurnedAway } from './angles.ts';
import { film, WANTED_TRIALS, type Film, type FilmState } from './film.ts';
import { ids } from '../assess/accept.ts';
import type { Measurement } from './measured.ts';
import { exerciseOf, nameOf, textOf } from './range_tests.ts';

interface Props {
  choice: Choice;
  file: File | undefined;
  busy: boolean;
  onDone: (measurement: Measurement) => void;
  onLeave: () => void;
}

/** What to change before the test can begin. */
function useAdvice(view: 'front' | 'side', side: 'left' | 'right' | undefined) {
  const { t } = useLanguage();
  return (readiness: ReadinessState | undefined) => {
    if (!readiness) return t('rom.setUp.looking');
    const [finding] = readiness.findings;
    if (!finding) return t(isTurnedAway({ view, side }, readiness) ? `rom.setUp.turn.${view}` : 'rom.setUp.stay');
    switch (finding.kind) {
      case 'other_position':
        return t(`position.${finding.position ?? 'standing'}`);
      case 'other_view':
        return t('rom.setUp.view', { view: t(`view.${view}`) });
      case 'cut_off':
      case 'hidden':
        return t('rom.setUp.hidden', { part: finding.part ? t(`part.${finding.part}`) : '' });
      default:
        return t(`rom.setUp.${finding.kind}`);
    }
  };
}

/** Begun anew by "again". */
export function Filming(props: Props) {
  const [turn, setTurn] = useState(0);
  return <OneFilm key={turn} {...props} onAgain={() => setTurn(turn + 1)} />;
}

function OneFilm({ choice, file, busy, onDone, onLeave, onAgain }: Props & { onAgain: () => void }) {
  const { t, language } = useLanguage();
  const { test, side, passive } = choice;
  const mirror = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const running = useRef<Film>(undefined);
  const done = useRef(onDone);
  const [state, setState] = useState<FilmState>({ kind: 'loading', share: 0 });
  const adviceOf = useAdvice(test.camera?.view ?? 'side', test.sided ? side : undefined);
  useEffect(() => {
    done.current = onDone;
  }, [onDone]);

  useEffect(() => {
    let over = false;
    let bones: readonly Bone[] = [];
    const open = async () => {
      const [exercise, reprise] = await Promise.all([exerciseOf(test), engine()]);
      if (over || exercise === undefined || !mirror.current) return;
      bones = reprise.bones;
      running.current = film({
        test: {
          source: test.source,
          view: test.camera?.view ?? 'side',
          exercise,
          side: test.sided ? side : undefined,
          passive,
          language,
        },
        place: mirror.current,
        file,
        onState: (next) => {
          if (over) return;
          setState(next);
          if (next.kind !== 'done') return;
          done.current({
            ...ids(),
            test,
            method: 'camera',
            passive,
            trials: next.found.trials,
            warnings: next.found.warnings,
            startedAt: next.startedAt,
            duration_s: next.duration_s,
          });
        },
        onLook: (look) => {
          if (canvas.current && running.current) drawSkeleton(canvas.current, look, running.current.size, bones);
        },
      });
    };
    open().catch(() => setState({ kind: 'failed', code: 'unreachable' }));
    return () => {
      over = true;
      running.current?.close();
    };
  }, [test, side, passive, language, file]);

  const { kind } = state;
  return (
    <div className="filming">
      <p>
        <strong>{nameOf(test, language)}</strong>
        {test.sided && `, ${t(`side.${side}`)}`}. {textOf(test, language)?.[passive ? 'helper' : 'movement']}
      </p>
      <div className="picture" ref={mirror} aria-hidden="true" hidden={kind === 'failed'}>
        <canvas ref={canvas} />
      </div>
      <div role="status" className="said">
        {kind === 'loading' && (
          <>
            <p>{t('camera.loading', { percent: Math.round(state.share * 100) })}</p>
            <progress max={1} value={state.share} aria-label={t('loading')} />
          </>
        )}
        {kind === 'set-up' && <p className="advice">{adviceOf(state.readiness)}</p>}
        {kind === 'on' && (
          <>
            <p className="advice">{t('rom.trial', { count: state.trials, wanted: WANTED_TRIALS })}</p>
            {state.share !== undefined && <progress max={1} value={state.share} aria-label={t('rom.looking')} />}
          </>
        )}
        {(kind === 'summing' || kind === 'done' || busy) && <p>{t('rom.summing')}</p>}
      </div>
      {kind === 'nothing' && (
        <Alert tone="careful" role="alert">
          {t('rom.nothing')}
        </Alert>
      )}
      {kind === 'failed' && (
        <Alert tone="careful" role="alert">
          {state.code === 'no-video' ? (
            t('rom.noVideo')
          ) : (
            <>
              <strong>{t(`camera.${state.code}`)}</strong> {t('rom.failed')}
            </>
          )}
        </Alert>
      )}
      <div className="actions">
        {kind === 'set-up' && (
          <Button size="md" onClick={() => void running.current?.begin()}>
            {t('rom.begin')}
          </Button>
        )}
        {kind === 'on' && (
          <Button size="md" onClick={() => void running.current?.finish()}>
            {t('rom.finish')}
          </Button>
        )}
        {(kind === 'nothing' || kind === 'failed') && (
          <Button size="md" onClick={onAgain}>
            {t('again')}
          </Button>
        )}
        <Button size="md" variant="default" onClick={onLeave}>
          {t('rom.back')}
        </Button>
      </div>
    </div>
  );
}
