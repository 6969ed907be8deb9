// SPDX-License-Identifier: Apache-2.0
// A visit that a camera watches hands-free: set up, watched while the clinician treats, then accepted one by one.
import '../clips/clips.css';
import './visit_watch.css';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useWho } from '../../clinical/chart/header.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Alert } from '../../components/alert.tsx';
import { Section } from '../../components/section.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { ageOn } from '../../fhir/people.ts';
import { useLanguage } from '../../translations/language.tsx';
import { ids, useAccept } from '../assess/accept.ts';
import { FilmOrFile } from '../clips/film_or_file.tsx';
import type { Manner } from './model.ts';
import { Review } from './review.tsx';
import type { Ended, Visit } from './watch_visit.ts';
import { VisitScreen } from './visit_screen.tsx';

type Step =
  | { kind: 'choose'; accepted?: number }
  /** `file`: a video instead of the camera. `turn`: begun anew. */
  | { kind: 'watch'; file: File | undefined; person: number; turn: number }
  | { kind: 'review'; file: File | undefined; person: number; ended: Ended };

const CHOOSE: Step = { kind: 'choose' };
const other = (person: number) => (person === 1 ? 2 : 1);
let turns = 0;
const watching = (file: File | undefined, person: number): Step => ({ kind: 'watch', file, person, turn: ++turns });

export function VisitWatch({ chart }: { chart: Chart }) {
  const { t } = useLanguage();
  const { patient } = chart.standing;
  const id = patient.id ?? '';
  const { simulated } = useWho(chart.standing);
  const [step, setStep] = useState<Step>(CHOOSE);
  const visit = useRef<Visit>(undefined);
  const end = () => {
    visit.current?.close();
    visit.current = undefined;
  };
  useEffect(() => () => visit.current?.close(), []);
  const keep = useAccept(id, () => {}, [queryKeys.rangeOfMotion(id)]);
  // The same UUIDs in each try: a repeated request changes nothing.
  const of = useRef(ids());
  const accept = useMutation({
    mutationFn: async ({ accepted, ended }: { accepted: { number: number; manner: Manner }[]; ended: Ended }) => {
      const { gender } = patient;
      const result = await visit.current?.accept({
        accepted,
        age: ageOn(patient.birthDate, new Date()) ?? null,
        sex: gender === 'female' || gender === 'male' ? gender : null,
      });
      if (!result) return 0;
      const { startedAt, duration_s } = ended;
      await keep.mutateAsync({ result, of: { ...of.current, startedAt, duration_s } });
      return accepted.length;
    },
    onSuccess: (number) => {
      end();
      setStep({ kind: 'choose', accepted: number });
    },
  });
  const begin = (next: Step) => {
    end();
    accept.reset();
    of.current = ids();
    setStep(next);
  };
  return (
    <div className="clip-page visit-watch">
      <Section title={t('watch.title')}>
        {step.kind === 'choose' && (
          <>
            <p>{t('watch.lead')}</p>
            <ul>
              <li>{t('watch.setUp.stand')}</li>
              <li>{t('watch.setUp.people')}</li>
              <li>{t('watch.setUp.side')}</li>
            </ul>
            <p className="small">{t('watch.private')}</p>
            {step.accepted !== undefined && (
              <Alert tone="good" role="status">
                {t('watch.accepted', { count: step.accepted })}
              </Alert>
            )}
            <FilmOrFile
              film="watch.open"
              onFilm={() => begin(watching(undefined, 1))}
              onFiles={([file]) => begin(watching(file, 1))}
            />
          </>
        )}
        {step.kind === 'watch' && (
          <VisitScreen
            key={step.turn}
            file={step.file}
            person={step.person}
            simulated={simulated}
            onEnded={(ended, opened) => {
              visit.current = opened;
              setStep({ kind: 'review', file: step.file, person: step.person, ended });
            }}
            onOther={() => begin(watching(step.file, other(step.person)))}
            onAgain={() => begin(watching(step.file, step.person))}
            onLeave={() => begin(CHOOSE)}
          />
        )}
        {step.kind === 'review' && (
          <Review
            ended={step.ended}
            busy={accept.isPending}
            failure={accept.error}
            onAccept={(accepted) => accept.mutate({ accepted, ended: step.ended })}
            onOther={step.file && (() => begin(watching(step.file, other(step.person))))}
            onDiscard={() => begin(CHOOSE)}
          />
        )}
      </Section>
    </div>
  );
}
