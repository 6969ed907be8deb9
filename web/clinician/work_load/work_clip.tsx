// SPDX-License-Identifier: Apache-2.0
// A clip of someone at work: filmed or chosen, looked at, then scored with the answers as they come.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { WorkLoadResult, WorkMethod } from 'reprise-engine';
import type { ClipMeasured, ClipReader } from '../../coach/clips.ts';
import { engine } from '../../data/engine.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useLanguage } from '../../translations/language.tsx';
import { ids, type Measured } from '../assess/accept.ts';
import { FilmOrFile } from '../clips/film_or_file.tsx';
import { Record } from '../clips/record.tsx';
import { Refused } from '../clips/refused.tsx';
import { Watch, type ReaderOnce, type ShownClip, type Watched } from '../clips/watch.tsx';
import type { Answered } from './questions.tsx';
import { Result } from './result.tsx';
import { useScoring } from './use_scoring.ts';
import type { Keep } from './keep.ts';

type Step =
  | { kind: 'choose' }
  | { kind: 'film' }
  | { kind: 'watch'; clips: ShownClip[] }
  | { kind: 'refused'; found: string; remedy: string }
  | { kind: 'result'; of: Measured };

const CHOOSE: Step = { kind: 'choose' };
const NOTHING: Answered = { side: null, answers: {} };

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
  simulated: boolean;
  reader: ReaderOnce;
  keep: Keep;
}

export function WorkClip({ method, simulated, reader, keep }: Props) {
  const { t } = useLanguage();
  const [step, setStep] = useState<Step>(CHOOSE);
  const [answered, setAnswered] = useState(NOTHING);
  const [turn, setTurn] = useState(0);
  const { result, scoring, lost, begin, score } = useScoring(reader);
  const bones = useQuery({ queryKey: queryKeys.bones(), queryFn: async () => (await engine()).bones }).data ?? [];

  const measure = useCallback(
    (clips: ClipReader, startedAt: string) => clips.workLoad({ method, ...NOTHING, startedAt, simulated }),
    [method, simulated],
  );
  // The same clip by another method: answers stay where it asks for them.
  const seenAt = step.kind === 'result' ? step.of.startedAt : undefined;
  const stale = result !== undefined && result.load.method !== method && !scoring && !lost;
  useEffect(() => {
    if (stale && seenAt !== undefined) score({ method, ...answered, startedAt: seenAt, simulated });
  }, [stale, seenAt, method, answered, simulated, score]);
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
    setStep({ kind: 'result', of: { ...ids(), startedAt, duration_s } });
  };
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
      return result ? (
        <Result
          result={result}
          startedAt={step.of.startedAt}
          bones={bones}
          answered={answered}
          onAnswered={(next) => {
            setAnswered(next);
            score({ method, ...next, startedAt: step.of.startedAt, simulated });
          }}
          scoring={scoring || stale}
          lost={lost}
          failure={keep.failure}
          busy={keep.busy}
          onAccept={() => keep.onAccept({ result, of: step.of })}
          onDiscard={() => go(CHOOSE)}
        />
      ) : null;
  }
}
