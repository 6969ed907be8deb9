// SPDX-License-Identifier: Apache-2.0
// A self-assessment from the questions about warning signs to what to do, with or without an account.
import { useEffect, useRef, useState } from 'react';
import type { Questionnaire } from 'fhir/r4';
import type { Reprise, SelfAnswers, SelfMeasured, SelfOutcome } from 'reprise-engine';
import { rangeTest } from '../../coach/range/range_tests.ts';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { failureOf, type Failure } from '../../data/api.ts';
import type { Clinic } from '../../fhir/clinic.ts';
import type { Values } from '../../fhir/questionnaire/logic.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Ask, Pain } from '../session/asking.tsx';
import { StopDialog } from '../session/stop_dialog.tsx';
import { Unwell } from '../session/unwell.tsx';
import { ChairStep } from './chair_step.tsx';
import { definitionIn, hasStandingTest, regionFlags, regionsOf } from './definition.ts';
import type { FilmEnds } from './film_actions.tsx';
import { FilmStep } from './film_step.tsx';
import { stepAfter, filmsOf, notMeasured, withMeasured, type Film, type Sides, type Step } from './flow.ts';
import type { Keeper } from './keeper.ts';
import { measureCounted, measureFilm } from './measure.ts';
import { OutcomeStep } from './outcome_step.tsx';
import { QuestionsStep } from './questions_step.tsx';
import { RegionsStep } from './regions_step.tsx';
import { TestsStep } from './tests_step.tsx';

type Person = Pick<SelfAnswers, 'age' | 'sex'>;

export interface SelfCheckProps {
  reprise: Reprise;
  clinic: Clinic;
  flags: Questionnaire;
  simulated: boolean;
  /** Undefined: nothing is kept anywhere. */
  keeper: Keeper | undefined;
  limits?: SelfAnswers['limits'];
  /** By the clinic. */
  limited?: boolean;
  /** By the clinic; without an account nothing is. */
  released?: SelfAnswers['released'];
  earlier?: SelfAnswers['earlier'];
  onEnd: { text: string; go: () => void };
}

const flagsIn = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([id, yes]) => [id, typeof yes === 'boolean' ? yes : null]));

const isSided = (test: string) => rangeTest(test)?.sided === true;

/** The side that hurts of the region that a test is of. */
const hurting = (regions: readonly string[], sides: Sides) => (test: string) => {
  const region = regionsOf(regions).find(({ tests }) => tests.some(({ id }) => id === test));
  return region && sides[region.id];
};

export function SelfCheck(props: SelfCheckProps) {
  const { reprise, clinic, flags, simulated, keeper, limits, limited = false, released, earlier, onEnd } = props;
  const { t, language } = useLanguage();
  const [step, setStep] = useState<Step>({ kind: 'flags' });
  const [answers, setAnswers] = useState<SelfAnswers>({
    limited,
    ...(limits && { limits }),
    ...(released && { released }),
    ...(earlier && { earlier }),
  });
  const [sides, setSides] = useState<Sides>({});
  const [films, setFilms] = useState<Film[]>([]);
  const [isHurting, setHurting] = useState(false);
  const [undo, setUndo] = useState<() => Promise<void>>();
  const [failure, setFailure] = useState<Failure>();
  const busy = useRef(false);
  const judged = (of: SelfAnswers, definition = definitionIn(language)): SelfOutcome =>
    reprise.selfAssessment({ definition, answers: of, language });
  const outcome = judged(answers);
  const regions = answers.regions ?? [];

  /** Stores something first; a second touch meanwhile is ignored. Without an account there is nothing to store. */
  const keep = (work: (to: Keeper) => Promise<void>) => {
    if (!keeper) return;
    work(keeper).catch((error: unknown) => setFailure(failureOf(error)));
  };
  const act = (next: SelfAnswers, work: (to: Keeper) => Promise<void> = async () => {}) => {
    if (busy.current) return;
    busy.current = true;
    const go = () => {
      busy.current = false;
      setAnswers(next);
      setStep(stepAfter(step, judged(next), films.length));
    };
    if (!keeper) return go();
    setFailure(undefined);
    // The next screen comes on a device that cannot store, too.
    void work(keeper)
      .catch((error: unknown) => setFailure(failureOf(error)))
      .finally(go);
  };

  // Once, when the outcome is there.
  const isFinished = useRef(false);
  useEffect(() => {
    if (step.kind !== 'outcome' || isFinished.current || regions.length === 0) return;
    isFinished.current = true;
    keep(async (to) => {
      // A clinician reads its title in the record, and may not read a further language: it is in English then.
      const takeBack = await to.finish(answers, sides, judged(answers, definitionIn('en')));
      if (takeBack) setUndo(() => takeBack);
    });
  });

  const flagsAnswered = (values: Values, stopped: SelfAnswers['stop'] = null) =>
    act({ ...answers, flags: { ...answers.flags, ...flagsIn(values) }, stop: stopped }, async (to) => {
      const takeBack = await to.flags(values);
      setUndo(() => takeBack);
      if (stopped && !takeBack) await to.stopped();
    });
  const takeBack = () => {
    const again = () => {
      isFinished.current = false;
      setUndo(undefined);
      setAnswers({ ...answers, flags: {}, stop: null });
      setStep({ kind: 'flags' });
    };
    if (!undo) return again();
    undo().then(again, (error: unknown) => setFailure(failureOf(error)));
  };
  const current = step.kind === 'film' ? films[step.number] : undefined;
  const filmed = (one: SelfMeasured, person: Person = {}) => act(withMeasured({ ...answers, ...person }, one));
  const endsOf = ({ test, side }: Film): FilmEnds => ({
    onSkip: (why) => filmed(notMeasured(test, side, why)),
    onHurts: () => setHurting(true),
    onUnwell: () => setStep({ kind: 'unwell', test }),
  });
  const stoppedBy = (pain: number | undefined) => {
    if (!current) return;
    setHurting(false);
    const measured = withMeasured(answers, notMeasured(current.test, current.side, 'pain'));
    act({ ...measured, stop: { test: current.test, pain: pain ?? null } }, (to) =>
      pain === undefined ? to.stopped() : to.pain('during', pain, answers.pain ?? undefined),
    );
  };

  const shown = () => {
    switch (step.kind) {
      case 'flags':
        return <Ask key="flags" questionnaire={flags} title={t('self.flags')} yesEnds onAnswered={flagsAnswered} />;
      case 'regions':
        return (
          <RegionsStep
            onDone={(chosen, chosenSides) => {
              setSides(chosenSides);
              act({ ...answers, regions: chosen });
            }}
          />
        );
      case 'regionFlags':
        return (
          <Ask
            key="regions"
            questionnaire={regionFlags(regions)}
            title={t('self.flags.more')}
            yesEnds
            onAnswered={(values) => act({ ...answers, flags: { ...answers.flags, ...flagsIn(values) } })}
          />
        );
      case 'pain':
        return (
          <Pain
            title={t('pain.before')}
            lead={t('self.pain')}
            onSaid={(pain) => act({ ...answers, pain }, (to) => to.pain('before', pain, undefined))}
          />
        );
      case 'questions':
        return <QuestionsStep stands={hasStandingTest(regions)} onDone={(asked) => act({ ...answers, ...asked })} />;
      case 'tests':
        return (
          <TestsStep
            outcome={outcome}
            support={answers.support_in_reach ?? undefined}
            onSupport={(inReach) => setAnswers({ ...answers, support_in_reach: inReach })}
            onLeaveOut={() => setStep({ kind: 'outcome' })}
            onDone={() => {
              const next = filmsOf(outcome, isSided, hurting(regions, sides));
              setFilms(next);
              setStep(stepAfter(step, outcome, next.length));
            }}
          />
        );
      case 'film': {
        const offer = outcome.tests.find((one) => one.test === current?.test);
        if (current && offer?.kind === 'function' && !isHurting)
          return (
            <ChairStep
              key={current.test}
              name={offer.name}
              number={step.number + 1}
              of={films.length}
              simulated={simulated}
              onDone={(done, person) => {
                const measured = measureCounted(current.test, done);
                keep((to) => to.measured(measured));
                filmed(measured.one, person);
              }}
              ends={endsOf(current)}
            />
          );
        const test = current && rangeTest(current.test);
        // While it is asked how much it hurts, nothing is filmed: the movement has stopped.
        if (!current || !test || !offer || isHurting) return null;
        return (
          <FilmStep
            key={`${current.test} ${current.side ?? ''}`}
            test={test}
            side={current.side}
            posture={offer.position === 'seated' || offer.position === 'lying' ? offer.position : 'standing'}
            byHand={offer.position !== 'seated' && offer.position !== 'lying' && offer.position !== 'standing'}
            name={offer.name}
            number={step.number + 1}
            of={films.length}
            onDone={(done) => {
              const measured = measureFilm(reprise, test, current.side, done, simulated);
              keep((to) => to.measured(measured));
              filmed(measured.one);
            }}
            ends={endsOf(current)}
          />
        );
      }
      case 'unwell':
        return (
          <Unwell
            clinic={clinic}
            questionnaire={flags}
            onAnswered={(values) => flagsAnswered(values, { test: step.test, pain: null })}
          />
        );
      case 'outcome':
        return (
          <OutcomeStep
            outcome={outcome}
            clinic={clinic}
            simulated={simulated}
            kept={
              failure ? undefined : t(keeper ? (outcome.tells_clinic ? 'self.kept.told' : 'self.kept') : 'self.notKept')
            }
            onUndo={!keeper && outcome.reasons.some(({ kind }) => kind === 'red_flag') ? takeBack : undo && takeBack}
            onEnd={onEnd}
          />
        );
    }
  };
  return (
    <div className="self-check">
      {failure && <FailureAlert failure={failure} />}
      {shown()}
      {isHurting && (
        <StopDialog
          hurts
          onClose={() => setHurting(false)}
          onEnough={() => stoppedBy(undefined)}
          onPain={(pain) => stoppedBy(pain)}
        />
      )}
    </div>
  );
}
