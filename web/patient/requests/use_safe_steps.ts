// SPDX-License-Identifier: Apache-2.0
// What the steps of tests and endurance sessions share: answers about warning signs and pain are stored before anything
// goes on, and a warning sign can be taken back on the same screen.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RequestTerms } from 'reprise-engine';
import { failureOf, type Failure } from '../../data/api.ts';
import { holdScreen, useAccount } from '../../data/session.ts';
import type { Values } from '../../fhir/questionnaire/logic.ts';
import { useLanguage } from '../../translations/language.tsx';
import { rememberFlags } from '../session/remembered.ts';
import { resultsOf } from '../session/results.ts';
import { keepMeasured, type Measured } from './results.ts';
import type { StepsProps } from './requested_page.tsx';

/**
 * `answered`: the step after the questions about warning signs; `danger`: an answer tells of one. `baseline`: today's
 * first answer about pain, where it was said before a reload.
 */
export function useSafeSteps<Step>(
  { asked, programme, questionnaires, reprise, look }: StepsProps<RequestTerms>,
  first: Step,
  answered: (step: Step, danger: boolean) => Step,
  baseline?: number,
) {
  const { language } = useLanguage();
  const {
    account: { id: account },
  } = useAccount();
  const [step, setStep] = useState(first);
  const [session] = useState(() => crypto.randomUUID());
  const [painBefore, setPainBefore] = useState(baseline);
  const [isHurting, setHurting] = useState(false);
  const [undo, setUndo] = useState<{ before: Step; answers: string; question: string }>();
  const [failure, setFailure] = useState<Failure>();
  const [working, setWorking] = useState(false);
  const busy = useRef(false);
  useEffect(holdScreen, []);
  // Without a request of its own, it holds everything.
  const request = asked.request || undefined;
  const results = useMemo(
    () => resultsOf(reprise, account, programme, questionnaires, session, language),
    [reprise, account, programme, questionnaires, session, language],
  );

  /** Stores something. A second touch meanwhile is ignored. */
  const keep = (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    setWorking(true);
    setFailure(undefined);
    work()
      .catch((error: unknown) => setFailure(failureOf(error)))
      .finally(() => {
        busy.current = false;
        setWorking(false);
      });
  };
  /** Stores something, also while something else is stored. */
  const keepAtOnce = (work: () => Promise<void>) => {
    work().catch((error: unknown) => setFailure(failureOf(error)));
  };
  /** Stores an answer or a result, then goes on. */
  const act = (work: () => Promise<Step>) =>
    keep(async () => {
      setStep(await work());
    });
  /** As soon as the record had a moment to tell of a hold. */
  const lookFirst = (next: Step) =>
    act(async () => {
      await look();
      return next;
    });
  /** Returns whether it was past the patient's limits. */
  const painSaid = async (when: 'before' | 'during' | 'after', pain: number) =>
    (await results.pain(when, pain, painBefore, request)) !== 'go_on';
  const said = (next: Step) => {
    setHurting(false);
    act(async () => {
      await results.hurts(request);
      return next;
    });
  };
  const rated = (pain: number, next: (tooMuch: boolean) => Step) => {
    if (busy.current) return; // the dialog stays: an answer about pain must not be lost
    setHurting(false);
    act(async () => next(await painSaid('during', pain)));
  };
  return {
    step,
    setStep,
    act,
    lookFirst,
    /** For what must be on the screen whether or not it can be stored. */
    keep,
    keepAtOnce,
    working,
    failure,
    results,
    painSaid,
    /** Today's first answer; undefined: not said yet. */
    painBefore,
    isBusy: () => busy.current,
    /** `onDanger`: what else is stored then. */
    flagsAnswered: (values: Values, onDanger: () => Promise<void> = async () => {}) =>
      act(async () => {
        const { verdict, id } = await results.answered('red-flags', values);
        const danger = verdict !== 'go_on';
        await rememberFlags(account, !danger);
        if (danger) await onDanger().catch((error: unknown) => setFailure(failureOf(error)));
        const question = Object.entries(values).find(([, yes]) => yes === true)?.[0];
        setUndo(question === undefined ? undefined : { before: step, answers: id, question });
        return answered(step, danger);
      }),
    /** `keepMore`: what else is stored then. */
    painBeforeSaid: (
      pain: number,
      next: (tooMuch: boolean) => Step,
      keepMore: (tooMuch: boolean) => Promise<void> = async () => {},
    ) =>
      act(async () => {
        const tooMuch = await painSaid('before', pain);
        if (!tooMuch) setPainBefore((first) => first ?? pain);
        await keepMore(tooMuch).catch((error: unknown) => setFailure(failureOf(error)));
        return next(tooMuch);
      }),
    /** The questions about warning signs are asked at once, and again before the next start. */
    feelsUnwell: (next: Step) => {
      setStep(() => next);
      keep(() => rememberFlags(account, false));
    },
    /** The hold of the screen's own warning sign can be taken back; undefined: there is none. */
    takeBack:
      undo &&
      (() =>
        act(async () => {
          await results.takeBack(undo.answers, undo.question);
          setUndo(undefined);
          return undo.before;
        })),
    /** Without its curves, and whatever comes next. `done`: the request counts as followed. */
    keepValues: (measured: Measured, done: boolean) =>
      keepMeasured(reprise, account, programme, done ? asked : undefined, measured, false),
    /** `share`: with the curves; `kept`: done once it is stored. */
    send: (measured: Measured, share: boolean, sent: Step, kept: () => Promise<void> = async () => {}) =>
      act(async () => {
        await keepMeasured(reprise, account, programme, asked, measured, share);
        await kept();
        void look();
        return sent;
      }),
    /** Pain as the reason for a stop. */
    hurting: {
      is: isHurting,
      set: setHurting,
      /** Without a number. */
      said,
      rated,
      /** For the frame of the steps, where the same comes next whatever the pain. */
      leadingTo: (next: Step) => ({
        close: () => setHurting(false),
        said: () => said(next),
        rated: (pain: number) => rated(pain, () => next),
      }),
    },
  };
}
