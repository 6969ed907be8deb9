// SPDX-License-Identifier: Apache-2.0
// A test that one camera measures: choose it, film it or take a file, accept or discard the result.
import '../clips/clips.css';
import { useCallback, useState } from 'react';
import type { MeasuredResult } from 'reprise-engine';
import { useWho } from '../../clinical/chart/header.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { ClipMeasured, ClipReader, ClipRequest } from '../../coach/clips.ts';
import { exerciseText } from '../../coach/range/range_tests.ts';
import { Alert } from '../../components/alert.tsx';
import { Section } from '../../components/section.tsx';
import { engine } from '../../data/engine.ts';
import { ageOn } from '../../fhir/people.ts';
import { useLanguage } from '../../translations/language.tsx';
import { ids, useAccept, type Measured } from '../assess/accept.ts';
import { Record } from '../clips/record.tsx';
import { Refused } from '../clips/refused.tsx';
import { useReader, Watch, type ShownClip, type Watched } from '../clips/watch.tsx';
import { Choose } from './choose.tsx';
import { Result } from './result.tsx';
import {
  ageForReference,
  FUNCTION_TESTS,
  GAIT,
  LEAST_CM,
  LEAST_MPS,
  MOST_CM,
  MOST_MPS,
  numberIn,
  type TestFacts,
  type TestInput,
} from './tests.ts';

interface Done {
  kind: 'result';
  result: MeasuredResult;
  of: Measured;
}
type Step =
  | { kind: 'choose' }
  | { kind: 'film' }
  | { kind: 'watch'; clips: ShownClip[] }
  | { kind: 'refused'; found: string; remedy: string }
  | Done;

const CHOOSE: Step = { kind: 'choose' };

const inputOf = (facts: TestFacts): TestInput => ({ facts, side: 'both', height: '', treadmill: false, belt: '' });

/** What the engine is asked of the clips. */
async function requestOf(
  { facts, side, height, treadmill, belt }: TestInput,
  person: { age: number | undefined; sex: string | undefined },
  of: { startedAt: string; simulated: boolean },
): Promise<ClipRequest> {
  const height_cm = numberIn(height, LEAST_CM, MOST_CM) ?? null;
  const sex = person.sex === 'female' || person.sex === 'male' ? person.sex : null;
  const age = ageForReference(person.age);
  if (facts.id === 'gait') {
    const beltSpeed_mps = treadmill ? (numberIn(belt, LEAST_MPS, MOST_MPS) ?? null) : null;
    return {
      kind: 'gait',
      request: { height_cm: treadmill ? null : height_cm, treadmill, beltSpeed_mps, age, sex, ...of },
    };
  }
  const exercise = (await engine()).exerciseOfTest(facts.id);
  return {
    kind: 'test',
    request: {
      test: facts.id,
      side: facts.sided && side !== 'both' ? side : null,
      height_cm: facts.height ? height_cm : null,
      age,
      sex,
      ...of,
    },
    exercise: exercise === null ? undefined : await exerciseText(exercise),
  };
}

export function CameraTests({ chart, kind }: { chart: Chart; kind: 'gait' | 'function' }) {
  const { t } = useLanguage();
  const { patient } = chart.standing;
  const id = patient.id ?? '';
  const { simulated } = useWho(chart.standing);
  const [input, setInput] = useState(() => inputOf(kind === 'gait' ? GAIT : (FUNCTION_TESTS[0] ?? GAIT)));
  const [step, setStep] = useState<Step>(CHOOSE);
  const [accepted, setAccepted] = useState(false);
  const [turn, setTurn] = useState(0);
  /** The result that another pass is added to: the next clip counts together with its clips. */
  const [before, setBefore] = useState<Done>();
  /** The reader failed, and the clips before went with it. */
  const [lost, setLost] = useState(false);
  const reader = useReader();

  const measure = useCallback(
    async (clips: ClipReader, startedAt: string) => {
      const about = { age: ageOn(patient.birthDate, new Date()), sex: patient.gender };
      return clips.measure(await requestOf(input, about, { startedAt, simulated }));
    },
    [input, patient, simulated],
  );
  const keep = useAccept(id, () => {
    setAccepted(true);
    setBefore(undefined);
    setStep(CHOOSE);
  });
  const begin = (next: Step) => {
    setAccepted(false);
    keep.reset();
    setStep(next);
  };
  const choose = () => {
    setBefore(undefined);
    begin(CHOOSE);
  };
  const leave = () => (before ? begin(before) : choose());
  const watched = ({ measured, startedAt, duration_s }: Watched<ClipMeasured>) => {
    if (measured.refused) setStep({ kind: 'refused', ...measured.refused });
    if (!measured.result) return;
    const of = before
      ? { startedAt: before.of.startedAt, duration_s: before.of.duration_s + duration_s }
      : { startedAt, duration_s };
    setStep({ kind: 'result', result: measured.result, of: { ...ids(), ...of } });
  };
  const watch = (clips: ShownClip[]) => {
    setTurn(turn + 1);
    setLost(false);
    begin({ kind: 'watch', clips });
  };

  const { id: test, rate_hz } = input.facts;
  const filmed = {
    name: t(`camtest.name.${test}`),
    does: t(`camtest.say.${test}`),
    setUp: t(`camtest.setUp.${test}`),
    rate_hz,
  };
  return (
    <div className="clip-page">
      <Section title={t(`camtest.title.${kind}`)}>
        <p className="small">{t(`camtest.lead.${kind}`)}</p>
        {accepted && step.kind === 'choose' && (
          <Alert tone="good" role="status">
            {t('rom.accepted')}
          </Alert>
        )}
        {step.kind === 'choose' && (
          <Choose
            input={input}
            onInput={(next) => {
              setAccepted(false);
              setInput(next);
            }}
            onBack={before && leave}
            onFilm={() => begin({ kind: 'film' })}
            onFiles={(files) => watch(files.map((file) => ({ file })))}
          />
        )}
        {step.kind === 'film' && <Record filmed={filmed} onClip={(clip) => watch([clip])} onLeave={leave} />}
        {step.kind === 'watch' && (
          <Watch
            key={turn}
            clips={step.clips}
            more={before !== undefined}
            reader={reader}
            measure={measure}
            onDone={watched}
            onLost={() => setLost(true)}
            onLeave={leave}
          />
        )}
        {step.kind === 'refused' && (
          <Refused found={step.found} remedy={step.remedy} onAgain={() => begin(CHOOSE)} onLeave={leave} />
        )}
        {step.kind === 'result' && (
          <Result
            facts={input.facts}
            patient={id}
            startedAt={step.of.startedAt}
            result={step.result}
            failure={keep.error}
            busy={keep.isPending}
            onAccept={() => keep.mutate(step)}
            onDiscard={choose}
            onMore={
              kind === 'gait' && !lost
                ? () => {
                    setBefore(step);
                    begin(CHOOSE);
                  }
                : undefined
            }
          />
        )}
      </Section>
    </div>
  );
}
