// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PrescribedExercise, Reprise } from 'reprise-engine';
import sitting from '../../catalog/exercises/seated_knee_extension.json?raw';
import squat from '../../catalog/exercises/squat.json?raw';
import { EmergencyList } from '../components/emergency_list.tsx';
import { ExerciseCard } from '../components/exercise_card.tsx';
import { ExercisePicture } from '../components/exercise_picture.tsx';
import { MovingFigure } from '../components/figure.tsx';
import { FilmPlayer } from '../components/film_player.tsx';
import { PlainMarkdown } from '../components/plain_markdown.tsx';
import { Section } from '../components/section.tsx';
import { useEngine } from '../data/engine.ts';
import { usePrescribed } from '../exercises/use_prescribed.ts';
import { useLanguage } from '../translations/language.tsx';
import { ACCESSES, LONG_TEXT, MARKDOWN } from './sample.ts';
import { Example, Group } from './example.tsx';

const order = (json: string, more: Partial<PrescribedExercise> = {}): PrescribedExercise => ({
  request: 'sample',
  requestVersion: null,
  id: (JSON.parse(json) as { id: string }).id,
  version: (JSON.parse(json) as { version: number }).version,
  json,
  side: null,
  sets: 2,
  repetitions: 8,
  hold_s: null,
  rest_s: 60,
  daysPerWeek: 5,
  load_kg: null,
  ceiling: null,
  target: null,
  muscle: null,
  personalBests: true,
  camera: true,
  helper: false,
  held: false,
  supportNote: null,
  instruction: null,
  ...more,
});
const ORDERS = [order(squat), order(sitting, { side: 'left', load_kg: 2 }), order(squat, { ceiling: 45 })];

function Exercises({ reprise }: { reprise: Reprise }) {
  const { t } = useLanguage();
  const [plain, sided, limited] = usePrescribed(reprise, ORDERS);
  if (!plain || !sided || !limited) return null;
  return (
    <>
      <Example of="ExerciseCard" state="at rest" wide>
        <ul className="rows">
          <ExerciseCard prescribed={plain} onStart={() => {}} />
        </ul>
      </Example>
      <Example of="ExerciseCard" state="done, of one side, with the days of a week" wide>
        <ul className="rows">
          <ExerciseCard prescribed={sided} done perWeek onStart={() => {}} />
        </ul>
      </Example>
      <Example of="ExerciseCard" state="with a limit, paused, in a long text" wide>
        <ul className="rows">
          <ExerciseCard prescribed={limited} paused={LONG_TEXT} />
        </ul>
      </Example>
      <Example of="ExercisePicture" state="drawn beforehand">
        <div className="gallery-picture">
          <ExercisePicture
            exercise={plain.exercise}
            mirror={false}
            label={t('introduce.figure', { name: '1' })}
            limited={false}
          />
        </div>
      </Example>
      <Example of="ExercisePicture" state="with a limit">
        <div className="gallery-picture">
          <ExercisePicture
            exercise={limited.exercise}
            mirror={false}
            label={t('introduce.figure', { name: '2' })}
            limited
          />
        </div>
      </Example>
      <Example of="MovingFigure" state="still, and mirrored">
        <div className="gallery-picture">
          <MovingFigure exercise={sided.exercise} mirror label={t('introduce.figure', { name: '3' })} moving={false} />
        </div>
      </Example>
    </>
  );
}

/** There is none at this address. */
const FILM = { address: '/exercise-films/none/film', poster: '/icon.svg' };

export function Cards() {
  const { t } = useLanguage();
  const reprise = useEngine();
  const [now, setNow] = useState(false);
  // The pictures are asked for after the page has been drawn.
  useEffect(() => setNow(true), []);
  return (
    <Group id="cards" title="Cards and lists">
      {now && reprise && <Exercises reprise={reprise} />}
      <Example of="Section" state="with an action and a long title" wide>
        <Section title={LONG_TEXT} action={<Button variant="default">{t('again')}</Button>}>
          <p className="small">{LONG_TEXT}</p>
        </Section>
      </Example>
      <Example of="PlainMarkdown" state="of a clinic's text">
        <PlainMarkdown text={MARKDOWN} language="en" />
      </Example>
      <Example of="FilmPlayer" state="with sound, not started">
        <div className="gallery-picture">
          <FilmPlayer film={{ ...FILM, contentType: 'video/mp4' }} label={LONG_TEXT} sound />
        </div>
      </Example>
      <Example of="FilmPlayer" state="of a kind that no device plays">
        <FilmPlayer film={{ ...FILM, contentType: 'video/none' }} label={LONG_TEXT} sound instead={LONG_TEXT} />
      </Example>
      {[ACCESSES, { accesses: [] }].map((data) => (
        <Example key={data.accesses.length} of="EmergencyList" state={data.accesses.length ? 'one goes on' : 'empty'}>
          <EmergencyList query={{ data, error: null, refetch: () => Promise.resolve() } as never} showPatient />
        </Example>
      ))}
    </Group>
  );
}
