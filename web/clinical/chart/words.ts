// SPDX-License-Identifier: Apache-2.0
// How a chart says things in the reader's language.
import type { Condition } from 'fhir/r4';
import { unitCode } from '../../fhir/amount.ts';
import { useAmount } from '../../hooks/use_amount.ts';
import { useDose } from '../../exercises/dose.ts';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { said } from '../../fhir/questionnaire/model.ts';
import { useLanguage } from '../../translations/language.tsx';
import { conditionWords, saysSide } from './conditions.ts';
import type { Change, TimelineEvent } from './days.ts';
import type { Prescription } from './prescription.ts';
import { sideIn } from './records.ts';
import type { Side } from './series.ts';

const MEASURES = [
  'ankle_dorsiflexion',
  'elbow_flexion',
  'foot_lift',
  'heel_lift',
  'hip_abduction',
  'hip_flexion',
  'hip_height',
  'hip_shift',
  'knee_flexion',
  'knee_separation',
  'muscle_activity',
  'neck_flexion',
  'neck_lateral_flexion',
  'neck_rotation',
  'pelvic_obliquity',
  'shoulder_abduction',
  'shoulder_elevation',
  'shoulder_external_rotation',
  'shoulder_flexion',
  'shoulder_obliquity',
  'shoulder_plane',
  'stance_width',
  'step_length',
  'trunk_flexion',
  'trunk_inclination',
  'trunk_lateral_flexion',
  'trunk_rotation',
  'wrist_flexion',
] as const;

/**
 * The questionnaires of the catalog that are asked around sets. They have names that clinicians know; all others go by
 * their titles.
 */
const QUESTIONNAIRES = ['after-exercise', 'before-exercise', 'next-morning', 'red-flags'] as const;

export function useWords(prescription: Prescription | undefined) {
  const { t, language, number } = useLanguage();
  const { amount } = useAmount();
  const doseWords = useDose();

  const measure = (name: string | undefined) => {
    const known = MEASURES.find((one) => one === name);
    return known ? t(`chart.measure.${known}`) : (name ?? t('chart.range'));
  };
  /** An exercise that is in no programme any more keeps the record's name. */
  const exercise = (id: string, recorded: string | undefined) => {
    const found = prescription?.exercises.find(({ order }) => order.id === id);
    return found ? exerciseWords(found.file, language).name : (recorded ?? id);
  };
  const side = (one: Side | undefined | null) => (one ? t(`chart.side.${one}`) : undefined);
  /** A problem with its side, said once. */
  const problem = (condition: Condition) =>
    [conditionWords(condition), saysSide(condition) ? undefined : side(sideIn(condition.bodySite))]
      .filter(Boolean)
      .join(', ');
  const value = (of: number, unit: 'degree' | 'ratio', measured: string | undefined, uncertainty?: number) =>
    amount(of, unitCode(unit), measured, uncertainty);

  const change = ({ what, name, details, dose }: Change) => {
    const changed = t(`chart.change.${what}`, {
      name: [name, dose && doseWords(dose)].filter(Boolean).join(', '),
    }).trim();
    const parts = details.map(({ field, before, after }) =>
      t('chart.change.detail', {
        what: t(`chart.field.${field}`),
        before: before === undefined ? t('chart.unset') : number(before),
        after: after === undefined ? t('chart.unset') : number(after),
      }),
    );
    return parts.length === 0 ? changed : `${changed}: ${parts.join(', ')}`;
  };
  const byCarer = ({ carer }: TimelineEvent) =>
    carer
      ? [
          t('chart.byCarer', {
            carer: carer.name ?? t('carers.unnamed'),
            relation: t(`carers.relation.${carer.relation}`),
          }),
        ]
      : [];
  const happening = (one: TimelineEvent) => [eventWords(one), ...byCarer(one)].join(', ');
  const eventWords = (one: TimelineEvent) => {
    if (one.change) return [change(one.change), ...(one.words ? [one.words] : [])].join(': ');
    if (one.kind === 'message') return t(one.fromPatient ? 'chart.message.patient' : 'chart.message.clinic');
    const kind = t(`chart.kind.${one.kind}`);
    if (one.visit)
      return [
        kind,
        ...(one.visit.kind ? [t(`cal.kind.${one.visit.kind}`)] : []),
        ...(one.visit.missed ? [t('cal.status.noshow')] : []),
      ].join(', ');
    const known = QUESTIONNAIRES.find((name) => name === one.words);
    const title = one.questionnaire && said(one.questionnaire.title, one.questionnaire._title, language);
    const words = one.kind !== 'questionnaire' ? one.words : known ? t(`chart.questionnaire.${known}`) : title;
    return words ? `${kind}: ${words}` : kind;
  };
  return { measure, exercise, side, problem, value, happening };
}

export type Words = ReturnType<typeof useWords>;
