// SPDX-License-Identifier: Apache-2.0
// A readable summary of a patient's record: what the FHIR file has, in words. It judges nothing. Pure.
import type {
  Appointment,
  Communication,
  Condition,
  Consent,
  Goal,
  HumanName,
  Observation,
  Patient,
  Procedure,
  Questionnaire,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Resource,
} from 'fhir/r4';
import { unitCode } from '../../../fhir/amount.ts';
import { consentAnswer, type ConsentCode } from '../../../fhir/consents.ts';
import { nameOf } from '../../../fhir/people.ts';
import { said } from '../../../fhir/questionnaire/model.ts';
import { namedBy, type Stored } from '../../../fhir/resources.ts';
import { dayOf } from '../../../fhir/results.ts';
import type { Spoken } from '../../../translations/language.tsx';
import { setsOf, type SetSeen } from '../../progress/history.ts';
import { PAIN_MOMENTS, painsOf, type Pains } from '../../progress/pain/pain.ts';

export interface PaperTable {
  head: string[];
  rows: string[][];
  /** Of the width, each column. */
  shares: number[];
}

export interface PaperSection {
  title: string;
  texts: string[];
  table?: PaperTable;
  pains?: Pains;
}

export interface RecordSpeech extends Pick<Spoken, 't' | 'counted' | 'number' | 'day' | 'moment' | 'language'> {
  amount: (value: number, code: string, measure?: string, uncertainty?: number) => string;
}

/** Answers of the newest of each questionnaire are printed; of the others only their days. */
interface Known {
  resources: readonly Resource[];
  questionnaires: readonly Questionnaire[];
  /** The programme's exercises as Today shows them. */
  programme: { title: string; exercises: { id: string; name: string; dose: string; limit: string }[] } | undefined;
  speech: RecordSpeech;
}

const CONSENTS: readonly ConsentCode[] = ['app-use', 'movement-recording', 'video-visit', 'posture-photo'];

const wrong = ({ status }: { status?: string }) => status === 'entered-in-error' || status === 'not-done';
const all = <T extends Resource>({ resources }: Known, type: string): Stored<T>[] =>
  resources.filter(({ resourceType }) => resourceType === type) as unknown as Stored<T>[];
const newestFirst = <T>(list: readonly T[], at: (one: T) => string | undefined) =>
  [...list].sort((a, b) => Date.parse(at(b) ?? '') - Date.parse(at(a) ?? '') || 0);

function dated(time: string | undefined, { day }: RecordSpeech): string {
  const at = new Date(time ?? '');
  return Number.isNaN(at.getTime()) ? '' : day(dayOf(at));
}

function personOf(known: Known): PaperSection {
  const { t, day } = known.speech;
  const [patient] = all<Patient>(known, 'Patient');
  const reach = (patient?.telecom ?? []).flatMap(({ value, use }) => (value && use !== 'old' ? [value] : []));
  return {
    title: t('paper.record.person'),
    texts: [
      (patient && nameOf(patient)) ?? '',
      patient?.birthDate
        ? t('paper.record.born', { day: patient.birthDate.length === 10 ? day(patient.birthDate) : patient.birthDate })
        : '',
      ...reach,
    ].filter(Boolean),
  };
}

function conditionsOf(known: Known): PaperSection {
  const { t } = known.speech;
  const rows = all<Condition>(known, 'Condition')
    .filter(({ verificationStatus }) => verificationStatus?.coding?.[0]?.code !== 'entered-in-error')
    .map(({ code, onsetDateTime, recordedDate, clinicalStatus }) => {
      const state = clinicalStatus?.coding?.[0]?.code ?? '';
      return [
        code?.text ?? code?.coding?.[0]?.display ?? code?.coding?.[0]?.code ?? '',
        dated(onsetDateTime ?? recordedDate, known.speech),
        ['active', 'recurrence', 'relapse'].includes(state)
          ? t('paper.record.current')
          : state && t('paper.record.over'),
      ];
    });
  return {
    title: t('paper.record.conditions'),
    texts: rows.length === 0 ? [t('paper.record.none')] : [],
    table: {
      head: [t('paper.record.what'), t('paper.record.since'), t('paper.record.state')],
      rows,
      shares: [0.6, 0.22, 0.18],
    },
  };
}

function programmeOf({ programme, speech: { t } }: Known): PaperSection {
  return {
    title: t('paper.record.programme'),
    texts: [programme?.title ?? t('paper.record.none')],
    table: {
      head: [t('paper.record.exercise'), t('paper.record.dose'), t('paper.record.limit')],
      rows: (programme?.exercises ?? []).map(({ name, dose, limit }) => [name, dose, limit]),
      shares: [0.34, 0.38, 0.28],
    },
  };
}

/** The newest range with its error: no change is claimed. */
function rangeOf(sets: readonly SetSeen[], { t, day, amount }: RecordSpeech): string {
  const last = sets.findLast(({ range }) => range);
  if (!last?.range) return t('paper.record.notMeasured');
  const { value, uncertainty, unit } = last.range;
  return `${amount(value, unitCode(unit), last.measure, uncertainty)}, ${day(last.day)}`;
}

function exercisesOf(known: Known): PaperSection {
  const { t, number, day } = known.speech;
  const procedures = all<Procedure>(known, 'Procedure').filter((one) => !wrong(one));
  const sets = setsOf(
    procedures,
    all<Observation>(known, 'Observation').filter((one) => !wrong(one)),
  );
  const ids = [...new Set(sets.map(({ exercise }) => exercise))];
  // In the reader's language; of those no longer prescribed as the record calls them.
  const called = new Map(known.programme?.exercises.map(({ id, name }) => [id, name]));
  const rows = ids.map((id) => {
    const own = sets.filter(({ exercise }) => exercise === id);
    const days = new Set(own.map((one) => one.day));
    return [
      called.get(id) ?? own.at(-1)?.name ?? id,
      `${day(own[0]?.day ?? '')} – ${day(own.at(-1)?.day ?? '')}`,
      number(days.size),
      number(own.length),
      number(own.reduce((sum, { count }) => sum + count, 0)),
      rangeOf(own, known.speech),
    ];
  });
  return {
    title: t('paper.record.done'),
    texts: [rows.length === 0 ? t('paper.record.none') : t('paper.record.doneHow')],
    table: {
      head: (['exercise', 'period', 'days', 'sets', 'repetitions', 'range'] as const).map((name) =>
        t(`paper.record.${name}`),
      ),
      rows,
      shares: [0.25, 0.26, 0.08, 0.08, 0.12, 0.21],
    },
  };
}

function painOf(known: Known): PaperSection {
  const { t } = known.speech;
  const pains = painsOf(all<Observation>(known, 'Observation'));
  const some = PAIN_MOMENTS.some((moment) => pains[moment].length > 0);
  return {
    title: t('paper.record.pain'),
    texts: [t(some ? 'paper.record.painHow' : 'paper.record.none')],
    ...(some && { pains }),
  };
}

const answerIn = (answer: NonNullable<QuestionnaireResponseItem['answer']>[number], { t, number }: RecordSpeech) => {
  const { valueBoolean, valueInteger, valueDecimal, valueString, valueDate, valueCoding, valueQuantity } = answer;
  if (valueBoolean !== undefined) return t(valueBoolean ? 'yes' : 'no');
  const amount = valueInteger ?? valueDecimal ?? valueQuantity?.value;
  if (amount !== undefined) return [number(amount), valueQuantity?.unit].filter(Boolean).join(' ');
  return valueString ?? valueDate ?? valueCoding?.display ?? valueCoding?.code ?? '';
};

function answersOf(
  items: readonly QuestionnaireResponseItem[],
  definition: Questionnaire | undefined,
  speech: RecordSpeech,
): string[][] {
  const flat = (list: Questionnaire['item'] = []): NonNullable<Questionnaire['item']> =>
    list.flatMap((item) => [item, ...flat(item.item)]);
  const asked = new Map(flat(definition?.item).map((item) => [item.linkId, item]));
  return items.flatMap(({ linkId, text, answer = [], item = [] }) => {
    const question = asked.get(linkId);
    const words = question ? said(question.text, question._text, speech.language) : (text ?? linkId);
    return [
      ...(answer.length > 0 ? [[words, answer.map((one) => answerIn(one, speech)).join(', ')]] : []),
      ...answersOf([...item, ...answer.flatMap((one) => one.item ?? [])], definition, speech),
    ];
  });
}

function questionnairesOf(known: Known): PaperSection[] {
  const { t, counted, language } = known.speech;
  const answered = new Map<string, QuestionnaireResponse[]>();
  for (const one of all<QuestionnaireResponse>(known, 'QuestionnaireResponse').filter((each) => !wrong(each))) {
    const url = (one.questionnaire ?? '').replace(/\|.*$/, '');
    answered.set(url, [...(answered.get(url) ?? []), one]);
  }
  return [...answered.values()].flatMap((list) => {
    const [last, ...others] = newestFirst(list, ({ authored }) => authored);
    if (!last) return [];
    const definition = namedBy(last.questionnaire, known.questionnaires);
    const title = definition ? said(definition.title, definition._title, language) : '';
    return [
      {
        title: t('paper.record.answers', {
          title: title || t('paper.record.questions'),
          day: dated(last.authored, known.speech),
        }),
        texts: others.length > 0 ? [counted('paper.record.answersMore', others.length)] : [],
        table: {
          head: [t('paper.record.question'), t('paper.record.answer')],
          rows: answersOf(last.item ?? [], definition, known.speech),
          shares: [0.68, 0.32],
        },
      },
    ];
  });
}

function writersOf(known: Known): ReadonlyMap<string, string> {
  const people = known.resources.filter(({ resourceType }) => ['Patient', 'Practitioner'].includes(resourceType));
  return new Map(
    people.map((one) => [`${one.resourceType}/${one.id}`, nameOf(one as unknown as { name?: HumanName[] }) ?? '']),
  );
}

function messagesOf(known: Known): PaperSection {
  const { t, moment } = known.speech;
  const writers = writersOf(known);
  const sent = all<Communication>(known, 'Communication').filter((one) => !wrong(one));
  const rows = newestFirst(sent, (one) => one.sent)
    .map(({ sent: at, sender, payload = [] }) => [
      at ? moment(at) : '',
      writers.get(sender?.reference ?? '') || (sender?.display ?? ''),
      payload.flatMap(({ contentString }) => contentString ?? []).join('\n'),
    ])
    .filter(([, , words]) => words);
  return {
    title: t('paper.record.messages'),
    texts: rows.length === 0 ? [t('paper.record.none')] : [],
    table: {
      head: [t('paper.record.when'), t('paper.record.from'), t('paper.record.words')],
      rows,
      shares: [0.2, 0.2, 0.6],
    },
  };
}

function consentsOf(known: Known): PaperSection {
  const { t } = known.speech;
  const consents = all<Consent>(known, 'Consent');
  return {
    title: t('paper.record.consents'),
    texts: [],
    table: {
      head: [t('paper.record.what'), t('paper.record.answer'), t('paper.record.when')],
      rows: CONSENTS.map((code) => {
        const { state, at } = consentAnswer(consents, code);
        return [t(`paper.consent.${code}`), t(`paper.consent.${state}`), dated(at, known.speech)];
      }),
      shares: [0.56, 0.22, 0.22],
    },
  };
}

function goalsOf(known: Known): PaperSection[] {
  const { t } = known.speech;
  const texts = all<Goal>(known, 'Goal')
    .filter(({ lifecycleStatus }) => lifecycleStatus !== 'entered-in-error')
    .flatMap(({ description, startDate }) => {
      const since = dated(startDate, known.speech);
      return description?.text ? [since ? `${description.text} (${since})` : description.text] : [];
    });
  return texts.length === 0 ? [] : [{ title: t('paper.record.goals'), texts }];
}

function appointmentsOf(known: Known): PaperSection[] {
  const { t, moment } = known.speech;
  const texts = newestFirst(
    all<Appointment>(known, 'Appointment').filter((one) => !wrong(one)),
    ({ start }) => start,
  ).flatMap(({ start, status }) =>
    start ? [status === 'cancelled' ? t('paper.record.cancelled', { when: moment(start) }) : moment(start)] : [],
  );
  return texts.length === 0 ? [] : [{ title: t('paper.record.appointments'), texts }];
}

export function recordPaper(known: Known): PaperSection[] {
  return [
    personOf(known),
    conditionsOf(known),
    ...goalsOf(known),
    programmeOf(known),
    exercisesOf(known),
    painOf(known),
    ...questionnairesOf(known),
    messagesOf(known),
    ...appointmentsOf(known),
    consentsOf(known),
  ];
}
