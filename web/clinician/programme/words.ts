// SPDX-License-Identifier: Apache-2.0
// How the builder says things in the reader's language.
import { useCallback } from 'react';
import type { IntensityProposal, ContraindicationHit, LoadLimit, MuscleTarget } from 'reprise-engine';
import { useAmount } from '../../hooks/use_amount.ts';
import { useDose } from '../../exercises/dose.ts';
import { useLanguage, type Key } from '../../translations/language.tsx';
import { said, type Criterion, type Known } from './catalog.ts';
import type { Change, ItemField, PlanField } from './changes.ts';
import type { Item, RangeLimit } from './draft.ts';
import { isAngle, LIMITABLE } from './measures.ts';

const EQUIPMENT = [
  'chair',
  'wall',
  'bed_or_mat',
  'weight',
  'elastic_band',
  'towel',
  'strap',
  'step',
  'firm_support',
] as const;
const REGIONS = [
  'neck',
  'shoulder',
  'elbow',
  'wrist_hand',
  'upper_back',
  'lower_back',
  'hip',
  'knee',
  'ankle_foot',
  'whole_body',
] as const;
const POSITIONS = ['standing', 'sitting', 'long_sitting', 'lying_on_back', 'lying_on_side', 'lying_on_front'] as const;
/** Without a value the exercise's own holds. */
const OWN: readonly ItemField[] = ['ceiling', 'target', 'hold'];
export const CHOICES = { equipment: EQUIPMENT, region: REGIONS, position: POSITIONS };

/** How far joints may go, in words. */
export function useLimitWords() {
  const { t, number } = useLanguage();
  const { unit } = useAmount();
  const measure = (name: string) =>
    LIMITABLE.some((one) => one === name) ? t(`chart.measure.${name}` as Key) : name.replaceAll('_', ' ');
  const amount = (value: number, of: string) =>
    isAngle(of) ? `${number(value)}°` : `${number(value)} ${unit('1', of)}`;
  const limit = ({ measure: of, side, min, max }: RangeLimit) =>
    [
      measure(of),
      ...(side ? [t(`side.${side}`)] : []),
      ...(min === null ? [] : [`≥ ${amount(min, of)}`]),
      ...(max === null ? [] : [`≤ ${amount(max, of)}`]),
    ].join(' ');
  return { measure, amount, limit };
}

export function useBuilderWords(catalog: ReadonlyMap<string, Known>) {
  const { t, language, number, day } = useLanguage();
  const dose = useDose();
  const { measure, amount, limit } = useLimitWords();

  const exercise = useCallback(
    (id: string) => {
      const file = catalog.get(id)?.file;
      return file?.text[language]?.name ?? file?.text.en?.name ?? id;
    },
    [catalog, language],
  );
  const muscle = (of: MuscleTarget) =>
    t('plan.muscle.target', {
      muscle: t(`plan.muscle.${of.muscle}`),
      side: t(`plan.side.${of.side}`),
      share: number(of.share),
      seconds: number(of.hold),
    });
  const loadLimit = ({ amount, unit, bodyMass_kg, helper }: LoadLimit) =>
    t(helper ? 'plan.load.is.helper' : 'plan.load.is', {
      limit: `${number(amount)} ${unit}`,
      mass: number(bodyMass_kg),
    });
  const value = (field: ItemField | PlanField, of: unknown): string => {
    if (isEmpty(of)) return t(OWN.some((one) => one === field) ? 'chart.unset' : 'plan.nothing');
    if (typeof of === 'number') return number(of);
    if (typeof of === 'boolean') return t(of ? 'plan.yes' : 'plan.no');
    if (field === 'side' || field === 'affected') return t(`plan.side.${of as 'left'}`);
    if (field === 'bearing') return t(`plan.bearing.${of as 'none'}`);
    if (field === 'loadLimit') return loadLimit(of as LoadLimit);
    if (field === 'limits') return (of as RangeLimit[]).map(limit).join('; ');
    if (field === 'template') {
      const { canonical, phase } = of as { canonical: string; phase: string };
      return `${canonical.replace(/^.*:/, '').replace(/\|.*$/, '')}, ${phase}`;
    }
    if (field === 'muscle') return muscle(of as MuscleTarget);
    if (field === 'start') return day(of as string);
    return String(of);
  };
  const isEmpty = (of: unknown) =>
    of === null || of === undefined || of === '' || (Array.isArray(of) && of.length === 0);
  // A template is told by the title that it brings.
  const details = (all: readonly { field: ItemField | PlanField; before: unknown; after: unknown }[]) =>
    all
      .filter(({ field }) => field !== 'template' || all.length === 1)
      .map(({ field, before, after }) =>
        isEmpty(before) && !OWN.some((one) => one === field)
          ? t('plan.change.set', { what: t(`plan.field.${field}`), after: value(field, after) })
          : t('chart.change.detail', {
              what: t(`plan.field.${field}`),
              before: value(field, before),
              after: value(field, after),
            }),
      )
      .join('; ');
  const called = (item: Item) => exercise(item.exercise) + (item.side ? `, ${t(`plan.side.${item.side}`)}` : '');
  const change = (one: Change): string => {
    if (one.what === 'order') return t('plan.change.order');
    if (one.what === 'plan') return details(one.details);
    const name = called(one.item);
    return one.what === 'changed'
      ? `${name}: ${details(one.details)}`
      : t(`plan.change.${one.what}`, { name: `${exercise(one.item.exercise)}, ${dose(one.item)}` });
  };

  const contraindication = ({ words, because, assumed, measure: of, min, max, weightBearing }: ContraindicationHit) => {
    const bounds = of
      ? [...(min === null ? [] : [`≥ ${amount(min, of)}`]), ...(max === null ? [] : [`≤ ${amount(max, of)}`])].join(
          ', ',
        )
      : '';
    const limits = [
      ...(of && bounds ? [`${measure(of)} ${bounds}`] : []),
      ...(weightBearing ? [t(`plan.bearing.${weightBearing}`)] : []),
    ];
    const reasons = [because.display || because.code, ...limits, ...(assumed ? [t('plan.assumed')] : [])];
    return `${said(words, language)} (${reasons.join('; ')})`;
  };
  const proposal = (one: IntensityProposal, item: Item) =>
    t(`plan.proposal.${one.change}`, {
      days: one.days.length,
      why: one.reasons.map((reason) => t(`plan.reason.${reason}`)).join(', '),
      what:
        one.instead.length > 0
          ? t('plan.proposal.instead', { names: one.instead.map(exercise).join(', ') })
          : dose({ ...item, sets: one.sets, repetitions: one.repetitions, hold: one.hold_s }),
    });
  const criterion = ({
    kind,
    exercise: of,
    measure: what,
    comparator = '>=',
    value: wanted = 0,
    text,
  }: Criterion): string => {
    const sign = comparator === '>=' ? '≥' : '≤';
    if (kind === 'measure')
      return `${exercise(of ?? '')}: ${measure(what ?? '')} ${sign} ${amount(wanted, what ?? '')}`;
    if (kind === 'pain') return t('plan.criterion.pain', { limit: `${sign} ${number(wanted)}` });
    if (kind === 'sessions') return t('plan.criterion.sessions', { limit: `${sign} ${number(wanted)}` });
    return said(text, language);
  };
  return {
    exercise,
    called,
    muscle,
    measure,
    amount,
    limit,
    loadLimit,
    change,
    contraindication,
    dose,
    proposal,
    criterion,
  };
}
export type BuilderWords = ReturnType<typeof useBuilderWords>;
