// SPDX-License-Identifier: Apache-2.0
// What a session leaves for the record: answers and sets, each a transaction of its own, made by the engine and put
// into the outbox.
import type { DoneSet, EnduranceSign, HandCountedSet, Programme, ProgrammeEngine, SafetyVerdict } from 'reprise-engine';
import type { SetReplay } from '../../coach/types.ts';
import type { Values } from '../../fhir/questionnaire/logic.ts';
import { keepHold } from '../../data/holds.ts';
import { localTime } from '../../fhir/local_time.ts';
import { post } from '../../data/outbox.ts';
import type { AskedName, Questionnaires } from '../../data/programme.ts';
import { lookedAt } from './after/looked_at.ts';
import type { By, SetDone, Why } from './flow.ts';
import type { HandResult } from './hand_set.tsx';
import type { LiveResult } from './use_live_set.ts';
import type { Prescribed } from '../../exercises/prescribed.ts';
import type { Times } from './set_times.ts';

type Reason = NonNullable<DoneSet['stopped']>;

/** What the record is told where a set ends early. */
const REASONS: Record<Why, Reason> = { pain: 'pain', unwell: 'warning_sign', enough: 'own_choice' };

/** The subject of answers and their effects, besides the questions. */
interface Beside {
  exercise?: string;
  stopped?: boolean;
  passedLimit?: EnduranceSign;
  takesBack?: string;
}

/** What answers mean; `id`: by which they can be taken back. */
export interface Answered {
  verdict: SafetyVerdict['verdict'];
  id: string;
}

export function resultsOf(
  reprise: ProgrammeEngine,
  account: string,
  programme: Programme,
  questionnaires: Questionnaires,
  session: string,
  language: string,
  onReplay: (set: string, replay: SetReplay) => void = () => {},
) {
  const { patient, simulated, limits } = programme;

  async function keepAnswers(
    asked: AskedName,
    values: Values,
    { exercise, stopped = false, passedLimit, takesBack }: Beside = {},
  ): Promise<string> {
    const { url, version, item = [] } = questionnaires[asked];
    const id = crypto.randomUUID();
    const bundle = reprise.answersBundle({
      id,
      session,
      patient,
      programme: programme.id,
      simulated,
      stopped,
      passedLimit: passedLimit ?? null,
      exercise: exercise ?? null,
      takesBack: takesBack ?? null,
      partial: item.some(({ linkId, required }) => required === true && values[linkId] === undefined),
      questionnaire: version ? `${url}|${version}` : (url ?? ''),
      authored: localTime(new Date()),
      answers: Object.entries(values).map(([question, value]) => ({ question, value })),
    });
    // Before anything else: whatever happens next, it is on hold here.
    if (stopped || takesBack) await keepHold(account, id, bundle);
    await post({ id, kind: 'answers', bundle });
    return id;
  }

  const doneSet = (
    { order }: Prescribed,
    { startedAt, endedAt, short }: Times & { short: boolean },
    reason: Reason | undefined,
  ): DoneSet => ({
    id: crypto.randomUUID(),
    session,
    patient,
    simulated,
    exercise: { request: order.request, side: order.side, ceiling: order.ceiling },
    start: localTime(new Date(startedAt)),
    end: localTime(new Date(endedAt)),
    stopped: reason ?? (short ? 'own_choice' : null),
    // Answered afterwards, in questionnaires of their own.
    pain: [],
    effort: null,
    note: null,
  });

  const keepSet = (id: string, bundle: string) => post({ id, kind: 'set', bundle });

  const keepHandCount = ({ order }: Prescribed, set: DoneSet, byHand: HandCountedSet['byHand']) =>
    keepSet(set.id, reprise.setBundle({ ...set, exercise: { ...set.exercise, json: order.json }, byHand }));

  return {
    /** Keeps the answers; what they mean for going on. */
    async answered(asked: 'red-flags' | 'next-morning', values: Values): Promise<Answered> {
      const question =
        asked === 'red-flags'
          ? {
              redFlags: values as Record<string, boolean>,
              redFlagsVersion: questionnaires['red-flags'].version ?? null,
            }
          : { settled: values.settled as boolean };
      const { verdict, holds } = reprise.safety({ limits, ...question });
      return { verdict, id: await keepAnswers(asked, values, { stopped: holds !== null }) };
    },

    /** Says that warning signs were a wrong touch; both stay in the record. */
    takeBack: (answers: string, question: string) =>
      keepAnswers('red-flags', { [question]: false }, { takesBack: answers }),

    /** `before`: today's first answer, if there is one; `request`: of the exercise that is on, if one is. */
    async pain(
      when: 'before' | 'during' | 'after',
      pain: number,
      before: number | undefined,
      request: string | undefined,
    ): Promise<SafetyVerdict['verdict']> {
      const about = when === 'before' || !request ? {} : { exercise: request };
      const { verdict, holds } = reprise.safety({
        limits,
        pain,
        painBefore: before ?? null,
        ...about,
      });
      await keepAnswers(
        when === 'before' ? 'before-exercise' : 'after-exercise',
        { [`pain-${when}`]: pain },
        { ...about, stopped: holds !== null },
      );
      return verdict;
    },

    /** Stopped because of pain, without a number. */
    hurts: (request: string | undefined) =>
      keepAnswers('after-exercise', {}, { ...(request && { exercise: request }), stopped: true }),

    /** Stopped, or not started, at a limit that the clinic set for an endurance session. */
    passedLimit: (request: string, passedLimit: EnduranceSign) =>
      keepAnswers('after-exercise', {}, { exercise: request, stopped: true, passedLimit }),

    feeling: (effort: number, comment: string) =>
      keepAnswers('after-exercise', { effort, ...(comment && { comment }) }),

    /** `why`: for what it was left in its midst. */
    async watchedSet(
      prescribed: Prescribed,
      by: By,
      { coach, count, game, ...times }: LiveResult,
      why?: Why,
    ): Promise<SetDone> {
      const reason = why && REASONS[why];
      const set = doneSet(prescribed, times, reason);
      const recording = programme.consents.movementRecording === true ? crypto.randomUUID() : undefined;
      const measured = await coach
        .finish({ language, name: by, set: { ...set, ...(game && { game }) }, recording })
        .catch(() => undefined);
      if (measured) await keepSet(set.id, measured.bundle);
      else
        await keepHandCount(
          prescribed,
          { ...set, stopped: reason ?? 'technical' },
          { repetitions: count, held_s: null },
        );
      // Beside the next screen: the set is whole without it.
      if (measured)
        void coach.replay?.().then(
          (replay) => replay && onReplay(set.id, replay),
          () => {},
        );
      return {
        id: set.id,
        ...times,
        ...(!measured && { short: true }),
        by,
        count: measured?.count ?? count,
        held_s: null,
        quality: measured?.meanQuality ?? null,
        ...(measured && { looked: lookedAt(measured.repetitions, measured.bundle) }),
        ...(game && { game: { kind: game.kind, succeeded: game.succeeded, tasks: game.tasks } }),
      };
    },

    async handSet(prescribed: Prescribed, { count, held_s, ...times }: HandResult, why?: Why): Promise<SetDone> {
      const set = doneSet(prescribed, times, why && REASONS[why]);
      await keepHandCount(prescribed, set, { repetitions: count, held_s });
      return { id: set.id, ...times, by: 'hand', count, held_s, quality: null };
    },
  };
}
