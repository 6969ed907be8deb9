// SPDX-License-Identifier: Apache-2.0
// A test that one camera measures: choose it, film it or take a file, accept or discard the result.
import './camera_tests.css';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { MeasuredResult } from 'reprise-engine';
import { useWho } from '../../clinical/chart/header.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import type { ClipRequest } from '../../coach/clips.ts';
import { exerciseText } from '../../coach/range/range_tests.ts';
import { Alert } from '../../components/alert.tsx';
import { Section } from '../../components/section.tsx';
import { Failure } from '../../data/api.ts';
import { engine } from '../../data/engine.ts';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { ageOn } from '../../fhir/people.ts';
import { useLanguage } from '../../translations/language.tsx';
import { accept, ids, type Measured } from '../assess/accept.ts';
import { Choose } from './choose.tsx';
import { Record } from './record.tsx';
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
import { Watch, type ReaderOnce, type ShownClip, type Watched } from './watch.tsx';

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
  if (facts.id === 'gait') {
    const beltSpeed_mps = treadmill ? (numberIn(belt, LEAST_MPS, MOST_MPS) ?? null) : null;
    return { kind: 'gait', request: { height_cm: treadmill ? null : height_cm, treadmill, beltSpeed_mps, ...of } };
  }
  const exercise = (await engine()).exerciseOfTest(facts.id);
  const sex = person.sex === 'female' || person.sex === 'male' ? person.sex : null;
  return {
    kind: 'test',
    request: {
      test: facts.id,
      side: facts.sided && side !== 'both' ? side : null,
      height_cm: facts.height ? height_cm : null,
      age: ageForReference(person.age),
      sex,
      ...of,
    },
    exercise: exercise === null ? undefined : await exerciseText(exercise),
  };
}

/** Its networks are freed when the page is left. */
function useReader(): ReaderOnce {
  const reader = useRef<ReaderOnce['current']>(undefined);
  useEffect(
    () => () => {
      reader.current?.then(
        (one) => one.close(),
        () => {},
      );
      reader.current = undefined;
    },
    [],
  );
  return reader;
}

export function CameraTests({ chart, kind }: { chart: Chart; kind: 'gait' | 'function' }) {
  const { t } = useLanguage();
  const {
    account: { person },
  } = useAccount();
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

  const request = useCallback(
    (startedAt: string) =>
      requestOf(input, { age: ageOn(patient.birthDate, new Date()), sex: patient.gender }, { startedAt, simulated }),
    [input, patient, simulated],
  );
  const keep = useMutation({
    mutationFn: async ({ result, of }: { result: MeasuredResult; of: Measured }) => {
      if (person === undefined) throw new Failure('not-allowed');
      await accept(result, of, id, person);
    },
    onSuccess: async () => {
      setAccepted(true);
      setBefore(undefined);
      setStep(CHOOSE);
      await reload(queryKeys.chart(id));
    },
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
  const watched = ({ measured, startedAt, duration_s }: Watched) => {
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

  return (
    <div className="camera-tests">
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
        {step.kind === 'film' && <Record facts={input.facts} onClip={(clip) => watch([clip])} onLeave={leave} />}
        {step.kind === 'watch' && (
          <Watch
            key={turn}
            clips={step.clips}
            more={before !== undefined}
            reader={reader}
            requestOf={request}
            onDone={watched}
            onLost={() => setLost(true)}
            onLeave={leave}
          />
        )}
        {step.kind === 'refused' && (
          <>
            <Alert tone="careful" role="alert">
              <strong>{t('camtest.refused')}</strong>{' '}
              <span lang="en">
                {step.found}. {step.remedy}.
              </span>
            </Alert>
            <div className="actions">
              <Button size="md" onClick={() => begin(CHOOSE)}>
                {t('again')}
              </Button>
              <Button size="md" variant="default" onClick={leave}>
                {t('rom.back')}
              </Button>
            </div>
          </>
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
