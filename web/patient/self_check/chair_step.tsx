// SPDX-License-Identifier: Apache-2.0
// Standing up from a chair for 30 seconds: how it goes, what must be there, the clock and the count. The picture stays
// on the device.
import { Button, Checkbox, Group, Radio, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Exercise, SelfAnswers } from 'reprise-engine';
import { useAdvice } from '../../coach/range/use_advice.ts';
import { exerciseText } from '../../coach/range/range_tests.ts';
import { COUNTDOWN_S } from '../../coach/function/counted.ts';
import { useCounted, type CountedDone } from '../../coach/function/use_counted.ts';
import { wakeVoice } from '../../coach/voice.ts';
import { Alert } from '../../components/alert.tsx';
import { MovingFigure } from '../../components/figure.tsx';
import { Page } from '../../components/section.tsx';
import { drawSkeleton } from '../../components/skeleton.ts';
import { useEngine } from '../../data/engine.ts';
import { useAwake } from '../../hooks/awake.ts';
import { useLanguage } from '../../translations/language.tsx';
import { StepsList } from '../requests/safe_steps.tsx';
import { FilmActions, type FilmEnds } from './film_actions.tsx';
import { ageIn } from './flow.ts';

const TEST = 'sit_to_stand_30';
const EXERCISE = 'sit_to_stand';

type Person = Pick<SelfAnswers, 'age' | 'sex'>;
type Sex = 'female' | 'male' | null;

function Drawn({ name }: { name: string }) {
  const { t } = useLanguage();
  const reprise = useEngine();
  const [drawn, setDrawn] = useState<Exercise>();
  useEffect(() => {
    let over = false;
    if (reprise)
      void exerciseText(EXERCISE).then((text) => {
        if (!over && text !== undefined) setDrawn(reprise.exercise(text));
      });
    return () => {
      over = true;
    };
  }, [reprise]);
  return (
    drawn && (
      <div className="drawn">
        <MovingFigure exercise={drawn} mirror={false} label={t('rom.drawn', { name })} />
      </div>
    )
  );
}

/** What the number is compared with; both may be left out. */
function WhoIsCounted({
  age,
  sex,
  wrong,
  onAge,
  onSex,
}: {
  age: string;
  sex: Sex;
  wrong: boolean;
  onAge: (typed: string) => void;
  onSex: (sex: Sex) => void;
}) {
  const { t } = useLanguage();
  return (
    <div className="card">
      <p>{t('self.chair.person')}</p>
      <TextInput
        size="md"
        inputMode="numeric"
        autoComplete="off"
        label={t('self.chair.age')}
        value={age}
        error={wrong ? t('self.chair.age.wrong') : undefined}
        onChange={(event) => onAge(event.currentTarget.value)}
      />
      <Radio.Group
        mt="md"
        label={t('self.chair.sex')}
        value={sex ?? 'none'}
        onChange={(chosen) => onSex(chosen === 'female' || chosen === 'male' ? chosen : null)}
      >
        <Group gap="md" mt="xs">
          {(['female', 'male', 'none'] as const).map((one) => (
            <Radio key={one} size="md" value={one} label={t(`self.chair.sex.${one}`)} />
          ))}
        </Group>
      </Radio.Group>
    </div>
  );
}

function BeforeCamera({
  simulated,
  onDone,
  onAgain,
}: {
  simulated: boolean;
  onDone: (done: CountedDone) => void;
  onAgain: () => void;
}) {
  const { t } = useLanguage();
  // No one touches the phone meanwhile.
  useAwake(true);
  const adviceOf = useAdvice('side', undefined);
  // Age and sex stay on this page: a reference in the result would tell the record.
  const request = { test: TEST, side: null, height_cm: null, age: null, sex: null, simulated } as const;
  const { place, canvas, running, state } = useCounted(EXERCISE, { request, name: TEST }, drawSkeleton, onDone);
  return (
    <div className="before-camera">
      <div className="picture" ref={place} aria-hidden="true" hidden={state.kind === 'failed'}>
        <canvas ref={canvas} />
      </div>
      {state.kind === 'loading' && (
        <>
          <p>{t('camera.loading', { percent: Math.round(state.share * 100) })}</p>
          <progress max={1} value={state.share} aria-label={t('loading')} />
        </>
      )}
      {state.kind === 'set-up' && (
        <>
          <p role="status" className="advice">
            {adviceOf(state.readiness)}
          </p>
          <div className="actions">
            <Button
              size="lg"
              onClick={() => {
                wakeVoice();
                running.current?.begin();
              }}
            >
              {t('self.chair.begin')}
            </Button>
          </div>
        </>
      )}
      {state.kind === 'countdown' && (
        <p className="chair-clock">
          {t(state.left_s > COUNTDOWN_S ? 'self.chair.back' : 'self.chair.countdown', { seconds: state.left_s })}
        </p>
      )}
      {state.kind === 'on' && (
        <p className="chair-clock">
          {t('self.chair.count')} <strong>{state.count}</strong>
          <br />
          {t('self.chair.left', { seconds: state.left_s })}
        </p>
      )}
      {(state.kind === 'summing' || state.kind === 'done') && <p role="status">{t('rom.summing')}</p>}
      {state.kind === 'failed' && (
        <>
          <Alert tone="careful" role="alert">
            <strong>{state.code === 'no-video' ? t('camera.unexpected') : t(`camera.${state.code}`)}</strong>{' '}
            {t('self.film.failed')}
          </Alert>
          <div className="actions">
            <Button size="lg" onClick={onAgain}>
              {t('again')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

interface Props {
  name: string;
  number: number;
  of: number;
  simulated: boolean;
  onDone: (done: CountedDone, person: Person) => void;
  ends: FilmEnds;
}

export function ChairStep({ name, number, of, simulated, onDone, ends }: Props) {
  const { t } = useLanguage();
  // How often the camera was started.
  const [turn, setTurn] = useState(0);
  const [isSafe, setSafe] = useState(false);
  const [attempted, setAttempted] = useState(false);
  const [age, setAge] = useState('');
  const [sex, setSex] = useState<Sex>(null);
  const years = ageIn(age);
  const person: Person = { age: years ?? null, sex };
  const isMissing = !isSafe || years === undefined;
  const start = () => {
    setAttempted(true);
    if (!isMissing) setTurn(1);
  };
  return (
    <Page title={name} lead={t('self.film.number', { number, of })}>
      {turn === 0 ? (
        <>
          <div className="card film">
            <Drawn name={name} />
            <StepsList lines={[...t('self.chair.place').split('\n'), ...t(`phone.steps.${TEST}`).split('\n')]} />
          </div>
          <WhoIsCounted age={age} sex={sex} wrong={attempted && years === undefined} onAge={setAge} onSex={setSex} />
          <div className="card">
            <Checkbox
              size="md"
              label={t(`phone.support.${TEST}`)}
              checked={isSafe}
              error={attempted && !isSafe ? t('self.chair.safe') : undefined}
              onChange={(event) => setSafe(event.currentTarget.checked)}
            />
          </div>
        </>
      ) : (
        <div className="card film">
          <BeforeCamera
            key={turn}
            simulated={simulated}
            onDone={(done) => onDone(done, person)}
            onAgain={() => setTurn(turn + 1)}
          />
        </div>
      )}
      <p className="note">{t('self.chair.stop')}</p>
      <FilmActions turn={turn} onStart={start} ends={ends} />
    </Page>
  );
}
