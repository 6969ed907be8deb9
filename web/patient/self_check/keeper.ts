// SPDX-License-Identifier: Apache-2.0
// What a self-assessment of a patient leaves for the record: answers and values as every other page leaves them. What
// raises a Flag is decided by the server's rules.
import type { Programme, Reprise, SelfAnswers, SelfOutcome } from 'reprise-engine';
import { keepHold } from '../../data/holds.ts';
import { post } from '../../data/outbox.ts';
import type { Questionnaires } from '../../data/programme.ts';
import type { Values } from '../../fhir/questionnaire/logic.ts';
import { localTime } from '../../fhir/local_time.ts';
import type { Language } from '../../translations/language.tsx';
import { keepMeasured, measuredNow } from '../requests/results.ts';
import { rememberFlags } from '../session/remembered.ts';
import { resultsOf } from '../session/results.ts';
import { answersOf, type SideWords } from './answers.ts';
import { DEFINITION } from './definition.ts';
import type { Sides } from './flow.ts';
import type { MeasuredFilm } from './measure.ts';

export interface Keeper {
  /** Returns how to take a yes back; undefined: there was none. */
  flags: (values: Values) => Promise<(() => Promise<void>) | undefined>;
  pain: (when: 'before' | 'during', pain: number, before: number | undefined) => Promise<void>;
  /** Stopped because of pain without a number, or feeling unwell without a warning sign: the clinic is told. */
  stopped: () => Promise<void>;
  measured: (film: MeasuredFilm) => Promise<void>;
  /** Returns how to take a warning sign of a region back; undefined: there was none. */
  finish: (answers: SelfAnswers, sides: Sides, outcome: SelfOutcome) => Promise<(() => Promise<void>) | undefined>;
}

const QUESTIONNAIRE = `urn:reprise:questionnaire:self-assessment|${DEFINITION.version}`;

export function keeperOf(
  reprise: Reprise,
  account: string,
  programme: Programme,
  questionnaires: Questionnaires,
  language: Language,
  sideWords: SideWords,
): Keeper {
  const session = crypto.randomUUID();
  const results = resultsOf(reprise, account, programme, questionnaires, session, language);

  /** `takesBack`: id of the answers that these withdraw. Returns their own id. */
  async function keepSelf(answers: ReturnType<typeof answersOf>, stopped: boolean, takesBack: string | null) {
    const id = crypto.randomUUID();
    const bundle = reprise.answersBundle({
      id,
      session,
      patient: programme.patient,
      programme: programme.id,
      simulated: programme.simulated,
      stopped,
      takesBack,
      partial: false,
      questionnaire: QUESTIONNAIRE,
      authored: localTime(new Date()),
      answers,
    });
    // Before anything else: whatever happens next, it is on hold here.
    if (stopped || takesBack !== null) await keepHold(account, id, bundle);
    await post({ id, kind: 'answers', bundle });
    return id;
  }

  return {
    async flags(values) {
      const { verdict, id } = await results.answered('red-flags', values);
      await rememberFlags(account, verdict === 'go_on');
      const question = Object.entries(values).find(([, yes]) => yes === true)?.[0];
      if (question === undefined) return undefined;
      return async () => {
        await results.takeBack(id, question);
      };
    },
    async pain(when, pain, before) {
      await results.pain(when, pain, before, undefined);
    },
    async stopped() {
      await results.hurts(undefined);
    },
    async measured({ result, startedAt, duration_s }) {
      if (!result) return;
      const endedAt = new Date(new Date(startedAt).getTime() + duration_s * 1000).toISOString();
      const measured = measuredNow(result, startedAt, endedAt, programme.simulated);
      await keepMeasured(reprise, account, programme, undefined, measured, false);
    },
    async finish(answers, sides, outcome) {
      const given = answersOf(answers, sides, outcome, language, sideWords);
      // A warning sign of a region holds everything until the clinic has looked, as every other does.
      const signs = given.filter(({ question, value }) => question.startsWith('self-flag-') && value === true);
      const id = await keepSelf(given, signs.length > 0, null);
      if (signs.length === 0) return undefined;
      const withdrawn = signs.map(({ question }) => ({ question, value: false }));
      return async () => {
        await keepSelf(withdrawn, false, id);
      };
    },
  };
}
