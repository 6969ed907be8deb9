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

const exercises = import.meta.glob<string>('../../../catalog/exercises/*.json', { query: '?raw', import: 'default' });

/** `more`: the clips before count, too. */
type Step =
  | { kind: 'choose'; more: boolean }
  | { kind: 'film'; more: boolean }
  | { kind: 'watch'; more: boolean; clips: ShownClip[] }
  | { kind: 'refused'; found: string; remedy: string }
  | { kind: 'result'; result: MeasuredResult; of: Measured };

const CHOOSE: Step = { kind: 'choose', more: false };

async function exerciseOf(id: string | null): Promise<string | undefined> {
  return id === null ? undefined : exercises[`../../../catalog/exercises/${id}.json`]?.();
}

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
    exercise: await exerciseOf((await engine()).exerciseOfTest(facts.id)),
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
  /** The result that another pass is added to. */
  const [before, setBefore] = useState<Step>();
  const reader = useReader();
  /** Of all clips together. */
  const all = useRef<{ startedAt: string; duration_s: number }>(undefined);

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
  const watched = ({ measured, startedAt, duration_s }: Watched, more: boolean) => {
    if (measured.refused) setStep({ kind: 'refused', ...measured.refused });
    if (!measured.result) return;
    const once = { startedAt, duration_s };
    all.current = more && all.current ? { ...all.current, duration_s: all.current.duration_s + duration_s } : once;
    setStep({ kind: 'result', result: measured.result, of: { ...ids(), ...all.current } });
  };
  const watch = (clips: ShownClip[], more: boolean) => {
    setTurn(turn + 1);
    begin({ kind: 'watch', more, clips });
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
            onBack={step.more ? leave : undefined}
            onFilm={() => begin({ kind: 'film', more: step.more })}
            onFiles={(files) =>
              watch(
                files.map((file) => ({ file })),
                step.more,
              )
            }
          />
        )}
        {step.kind === 'film' && (
          <Record facts={input.facts} onClip={(clip) => watch([clip], step.more)} onLeave={leave} />
        )}
        {step.kind === 'watch' && (
          <Watch
            key={turn}
            clips={step.clips}
            more={step.more}
            reader={reader}
            requestOf={request}
            onDone={(done) => watched(done, step.more)}
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
              <Button size="md" onClick={() => begin({ kind: 'choose', more: before !== undefined })}>
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
              kind === 'gait'
                ? () => {
                    setBefore(step);
                    begin({ kind: 'choose', more: true });
                  }
                : undefined
            }
          />
        )}
      </Section>
    </div>
  );
}
