// SPDX-License-Identifier: Apache-2.0
import './after.css';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { TwoReplays } from '../../../body/two_replays.tsx';
import type { SetReplay } from '../../../coach/types.ts';
import { Page } from '../../../components/section.tsx';
import { isHold, mirrored, type Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { meanQuality, type LookBack, type QualityLevel } from './look_back.ts';
import type { ExerciseDone } from '../flow.ts';
import { chooseReplay } from './replay_choice.ts';
import { useLookBackWords } from './words.ts';

/** A verdict in words; its number on request. */
export function QualityInWords({
  prescribed,
  level,
  quality,
}: {
  prescribed: Prescribed;
  level: QualityLevel;
  quality: number;
}) {
  const { t } = useLanguage();
  const { words, what } = useLookBackWords(prescribed).quality(level);
  return (
    <div className="after-quality">
      <p>
        <strong>{words}.</strong> {what}
      </p>
      <details>
        <summary>{t('after.quality.show')}</summary>
        <p>{t('after.quality.number', { quality: Math.round(quality) })}</p>
      </details>
    </div>
  );
}

interface Props {
  prescribed: Prescribed;
  name: string;
  done: ExerciseDone;
  back: LookBack;
  /** By set; those of this page. */
  replays: ReadonlyMap<string, SetReplay>;
  painBefore: number | undefined;
  onGoOn: () => void;
}

/** After the last set of an exercise: its success, one thing to try, and a change that is certain. */
export function AfterExercise({ prescribed, name, done, back, replays, painBefore, onGoOn }: Props) {
  const { t } = useLanguage();
  const words = useLookBackWords(prescribed);
  const { well, attempt, farther, quality } = back;
  const good = well && words.well(well);
  const tried = attempt && words.attempt(attempt);
  const more = farther && words.farther(farther);
  const number = meanQuality(done.sets);
  const [drawn, setDrawn] = useState(true);
  const played = useMemo(
    () =>
      chooseReplay(
        done,
        replays,
        { hasCeiling: prescribed.facts.ceiling !== null, isHold: isHold(prescribed) },
        painBefore,
      ),
    [done, replays, prescribed, painBefore],
  );
  return (
    <Page title={t('after.title', { name })} narrow>
      {good && (
        <section className="after-card" data-tone="good" aria-labelledby="after-well">
          <h2 id="after-well">{t('after.well')}</h2>
          <p className="after-large">{good.words}</p>
          <p>{good.why}</p>
        </section>
      )}
      {more && (
        <section className="after-card" aria-label={t('after.more')}>
          <p className="after-large">{more.words}</p>
          <p>{more.why}</p>
        </section>
      )}
      {tried && (
        <section className="after-card" aria-labelledby="after-try">
          <h2 id="after-try">{t('after.try')}</h2>
          <p className="after-large">{tried.cue}</p>
          <p>{tried.why}</p>
        </section>
      )}
      {played && drawn && (
        <section className="after-card" aria-label={t('after.replay')}>
          <h2>{t('after.replay')}</h2>
          <TwoReplays
            exercise={prescribed.exercise}
            mirror={mirrored(prescribed)}
            label={name}
            onNone={() => setDrawn(false)}
            played={[
              { replay: played.first, title: t('after.first') },
              { replay: played.best, title: t('after.best') },
            ]}
          />
        </section>
      )}
      {quality && number !== null && (
        <section className="after-card" aria-labelledby="after-quality">
          <h2 id="after-quality">{t('after.quality')}</h2>
          <QualityInWords prescribed={prescribed} level={quality} quality={number} />
        </section>
      )}
      <div className="actions">
        <Button size="lg" onClick={onGoOn}>
          {t('goOn')}
        </Button>
      </div>
    </Page>
  );
}

/** The same between two sets: one line each. */
export function BetweenSets({ prescribed, back: { well, attempt } }: { prescribed: Prescribed; back: LookBack }) {
  const { t } = useLanguage();
  const words = useLookBackWords(prescribed);
  if (!attempt && (!well || well.kind === 'full')) return null;
  return (
    <div className="after-between">
      {well && well.kind !== 'full' && <p data-tone="good">{words.well(well).words}</p>}
      {attempt && (
        <p>
          {t('after.try')}: <strong>{words.attempt(attempt).cue}</strong>
        </p>
      )}
    </div>
  );
}
