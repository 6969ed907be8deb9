// SPDX-License-Identifier: Apache-2.0
// A clip of someone at work: filmed or chosen, looked at, then scored with the answers as they come.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { WorkLoadResult, WorkMethod } from 'reprise-engine';
import type { ClipMeasured, ClipReader } from '../../coach/clips.ts';
import { engine } from '../../data/engine.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useLanguage } from '../../translations/language.tsx';
import { FilmOrFile } from '../clips/film_or_file.tsx';
import { Record } from '../clips/record.tsx';
import { Refused } from '../clips/refused.tsx';
import { Watch, type ReaderOnce, type ShownClip, type Watched } from '../clips/watch.tsx';
import { answersOf, NOTHING, type Answered } from './model.ts';
import { Result } from './result.tsx';
import { useScoring } from './use_scoring.ts';
import type { Keep } from './keep.ts';

type Step =
  | { kind: 'choose' }
  | { kind: 'film' }
  | { kind: 'watch'; clips: ShownClip[] }
  | { kind: 'refused'; found: string; remedy: string }
  | { kind: 'result'; of: { startedAt: string; duration_s: number } };

const CHOOSE: Step = { kind: 'choose' };

function Guidance() {
  const { t } = useLanguage();
  return (
    <div className="guidance">
      <dl>
        <dt>{t('camtest.setUp')}</dt>
        <dd>{t('workload.setUp')}</dd>
        <dt>{t('camtest.say')}</dt>
        <dd>{t('workload.does')}</dd>
      </dl>
      <p>
        <strong>{t('workload.consent')}</strong>
      </p>
      <p className="small">{t('workload.limits')}</p>
    </div>
  );
}

interface Props {
  method: WorkMethod;
  /** The clip and its answers stay, but nothing is filmed or looked at. */
  hidden: boolean;
  simulated: boolean;
  reader: ReaderOnce;
  keep: Keep;
}

export function WorkClip({ method, hidden, simulated, reader, keep }: Props) {
  const { t } = useLanguage();
  const [step, setStep] = useState<Step>(CHOOSE);
  const [answered, setAnswered] = useState(NOTHING);
  const [turn, setTurn] = useState(0);
  const { scored, scoring, lost, begin, score } = useScoring(reader);
  const result = scored?.result;
  const bones = useQuery({ queryKey: queryKeys.bones(), queryFn: async () => (await engine()).bones }).data ?? [];

  const measure = useCallback(
    (clips: ClipReader, startedAt: string) => clips.workLoad({ method, side: null, answers: {}, startedAt, simulated }),
    [method, simulated],
  );
  // The same clip by another method: answers stay where it asks for them.
  const seenAt = step.kind === 'result' ? step.of.startedAt : undefined;
  const stale = result !== undefined && result.load.method !== method && !scoring && !lost;
  useEffect(() => {
    if (!stale || seenAt === undefined) return;
    score({ method, side: answered.side, answers: answersOf(answered), startedAt: seenAt, simulated });
  }, [stale, seenAt, method, answered, simulated, score]);
  const answer = (next: Answered, startedAt: string) => {
    keep.onBegin();
    setAnswered(next);
    score({ method, side: next.side, answers: answersOf(next), startedAt, simulated });
  };
  const go = (next: Step) => {
    keep.onBegin();
    setStep(next);
  };
  const watch = (clips: ShownClip[]) => {
    setTurn(turn + 1);
    setAnswered(NOTHING);
    go({ kind: 'watch', clips });
  };
  const watched = ({ measured, startedAt, duration_s }: Watched<ClipMeasured<WorkLoadResult>>) => {
    if (measured.refused) setStep({ kind: 'refused', ...measured.refused });
    if (!measured.result) return;
    begin(measured.result);
    setStep({ kind: 'result', of: { startedAt, duration_s } });
  };
  if (hidden) return null;
  switch (step.kind) {
    case 'choose':
      return (
        <div className="choose">
          <div className="fields">
            <FilmOrFile
              onFilm={() => go({ kind: 'film' })}
              onFiles={(files) => watch(files.map((file) => ({ file })))}
            />
          </div>
          <Guidance />
        </div>
      );
    case 'film':
      return (
        <Record
          filmed={{ name: t(`workload.method.${method}`), does: t('workload.does'), setUp: t('workload.setUp') }}
          onClip={(clip) => watch([clip])}
          onLeave={() => go(CHOOSE)}
        />
      );
    case 'watch':
      return (
        <Watch
          key={turn}
          clips={step.clips}
          more={false}
          reader={reader}
          measure={measure}
          onDone={watched}
          onLost={() => {}}
          onLeave={() => go(CHOOSE)}
        />
      );
    case 'refused':
      return <Refused found={step.found} remedy={step.remedy} onAgain={() => go(CHOOSE)} onLeave={() => go(CHOOSE)} />;
    case 'result':
      return scored ? (
        <Result
          result={scored.result}
          startedAt={step.of.startedAt}
          bones={bones}
          answered={answered}
          onAnswered={(next) => answer(next, step.of.startedAt)}
          scoring={scoring || stale}
          lost={lost}
          failure={keep.failure}
          busy={keep.busy}
          onAccept={() => keep.onAccept({ result: scored.result, of: { ...step.of, ...scored.own } })}
          onDiscard={() => go(CHOOSE)}
        />
      ) : null;
  }
}
