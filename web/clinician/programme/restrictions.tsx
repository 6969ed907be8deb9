// SPDX-License-Identifier: Apache-2.0
import type { Condition } from 'fhir/r4';
import { Button, Checkbox, NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Alert } from '../../components/alert.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/section.tsx';
import { dayOf } from '../../fhir/results.ts';
import { change, create } from '../../data/write.ts';
import { useLanguage } from '../../translations/language.tsx';
import { conditionWords, isOpen, notWrong } from '../../clinical/chart/conditions.ts';
import { BEARINGS, SIDES, type Draft, type RangeLimit } from './draft.ts';
import { LoadFields } from './load_fields.tsx';
import { isAngle, LIMITABLE } from './measures.ts';
import type { BuilderWords } from './words.ts';

const PRECAUTION = 'urn:reprise:precaution';
const PRECAUTIONS = [
  'no-weight-bearing-leg',
  'partial-weight-bearing-leg',
  'no-weight-bearing-arm',
  'fall-risk',
  'pacemaker',
  'beta-blocker',
  'no-overhead',
  'no-deep-hip-flexion',
  'no-spine-flexion',
  'no-lying-on-front',
  'no-lying-flat',
  'no-exertion',
] as const;
type Precaution = (typeof PRECAUTIONS)[number];
const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const status = (code: 'active' | 'resolved') => ({ coding: [{ system: CLINICAL, code }] });

export const isPrecaution = ({ code }: Condition) => code?.coding?.some(({ system }) => system === PRECAUTION) ?? false;
const precautionIn = (conditions: readonly Condition[], code: Precaution) =>
  conditions
    .filter((one) => isOpen(one) && notWrong(one))
    .find((one) => one.code?.coding?.some((coding) => coding.system === PRECAUTION && coding.code === code));

const conditionOf = (patient: string, code: Precaution, text: string): Condition => ({
  resourceType: 'Condition',
  clinicalStatus: status('active'),
  code: { coding: [{ system: PRECAUTION, code, display: code.replaceAll('-', ' ') }], text },
  subject: { reference: `Patient/${patient}` },
  recordedDate: dayOf(new Date()),
});

/** Sets precautions: they are conditions of the record, written at once. */
function Precautions({
  patient,
  simulated,
  conditions,
  reload,
}: {
  patient: string;
  simulated: boolean;
  conditions: readonly Condition[];
  reload: () => Promise<void>;
}) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({ code, on }: { code: Precaution; on: boolean }) => {
      const there = precautionIn(conditions, code);
      if (there && !on)
        await change({
          ...there,
          clinicalStatus: status('resolved'),
          abatementDateTime: dayOf(new Date()),
        } as Condition);
      if (!there && on) await create(conditionOf(patient, code, t(`plan.precaution.${code}`)), simulated);
    },
    onSuccess: () => reload(),
  });
  return (
    <fieldset>
      <legend>{t('plan.precautions')}</legend>
      <div className="plan-checks">
        {PRECAUTIONS.map((code) => (
          <Checkbox
            key={code}
            label={t(`plan.precaution.${code}`)}
            checked={precautionIn(conditions, code) !== undefined}
            disabled={isPending}
            onChange={({ currentTarget }) => mutate({ code, on: currentTarget.checked })}
          />
        ))}
      </div>
      <p className="small">{t('plan.precautions.what')}</p>
      <FailureAlert failure={error} />
    </fieldset>
  );
}

const EMPTY: RangeLimit = { measure: 'knee_flexion', side: null, min: null, max: null };
const numberIn = (value: number | string) => (typeof value === 'number' ? value : null);

function Limits({
  draft,
  edit,
  words,
}: {
  draft: Draft;
  edit: (change: (draft: Draft) => Draft) => void;
  words: BuilderWords;
}) {
  const { t } = useLanguage();
  const [next, setNext] = useState<RangeLimit>();
  const right =
    next !== undefined &&
    (next.min !== null || next.max !== null) &&
    !(next.min !== null && next.max !== null && next.min >= next.max);
  const set = (change: Partial<RangeLimit>) => setNext((now) => now && { ...now, ...change });
  return (
    <fieldset>
      <legend>{t('plan.limits')}</legend>
      <ul className="plan-limits">
        {draft.limits.map((limit, i) => (
          <li key={`${limit.measure} ${limit.side ?? ''} ${i}`}>
            <Badge tone="bad">{words.limit(limit)}</Badge>{' '}
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t('plan.limit.remove', { limit: words.limit(limit) })}
              onClick={() => edit((now) => ({ ...now, limits: now.limits.filter((_, j) => j !== i) }))}
            >
              {t('plan.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {draft.limits.length === 0 && !next && <p className="none">{t('plan.limits.none')}</p>}
      {next ? (
        <div className="plan-fields">
          <NativeSelect
            label={t('plan.limit.measure')}
            value={next.measure}
            data={LIMITABLE.map((one) => ({ value: one, label: words.measure(one) }))}
            onChange={({ currentTarget }) => set({ measure: currentTarget.value })}
          />
          <NativeSelect
            label={t('plan.field.side')}
            value={next.side ?? ''}
            data={[
              { value: '', label: t('plan.side.either') },
              { value: 'left', label: t('plan.side.left') },
              { value: 'right', label: t('plan.side.right') },
            ]}
            onChange={({ currentTarget }) =>
              set({ side: currentTarget.value === '' ? null : (currentTarget.value as 'left' | 'right') })
            }
          />
          <NumberInput
            label={t('plan.limit.min')}
            value={next.min ?? ''}
            suffix={isAngle(next.measure) ? '°' : ''}
            min={-180}
            max={180}
            onChange={(value) => set({ min: numberIn(value) })}
          />
          <NumberInput
            label={t('plan.limit.max')}
            value={next.max ?? ''}
            suffix={isAngle(next.measure) ? '°' : ''}
            min={-180}
            max={180}
            onChange={(value) => set({ max: numberIn(value) })}
          />
          <div className="actions">
            <Button
              disabled={!right}
              onClick={() => {
                edit((now) => ({ ...now, limits: [...now.limits, next] }));
                setNext(undefined);
              }}
            >
              {t('plan.limit.set')}
            </Button>
            <Button variant="default" onClick={() => setNext(undefined)}>
              {t('cancel')}
            </Button>
          </div>
        </div>
      ) : (
        <Button size="compact-sm" variant="default" onClick={() => setNext(EMPTY)}>
          {t('plan.limit.add')}
        </Button>
      )}
      <p className="small">{t('plan.limits.what')}</p>
    </fieldset>
  );
}

interface Props {
  patient: string;
  simulated: boolean;
  draft: Draft;
  conditions: readonly Condition[];
  edit: (change: (draft: Draft) => Draft) => void;
  reload: () => Promise<void>;
  words: BuilderWords;
}

/** What binds every exercise comes before any of them. */
export function RestrictionsSection({ patient, simulated, draft, conditions, edit, reload, words }: Props) {
  const { t } = useLanguage();
  const open = conditions.filter((one) => isOpen(one) && notWrong(one) && !isPrecaution(one));
  const active = PRECAUTIONS.filter((code) => precautionIn(conditions, code));
  const set = (change: Partial<Draft>) => edit((now) => ({ ...now, ...change }));
  const binding = [
    ...(draft.affected ? [t('plan.affected.is', { side: t(`plan.side.${draft.affected}`) })] : []),
    ...(draft.bearing === 'full' ? [] : [t(`plan.bearing.${draft.bearing}`)]),
    ...(draft.loadLimit ? [words.loadLimit(draft.loadLimit)] : []),
    ...draft.limits.map(words.limit),
    ...active.map((code) => t(`plan.precaution.${code}`)),
  ];
  return (
    <Section title={t('plan.first')}>
      <p>
        {t('plan.problems')}: {open.length === 0 ? t('chart.problems.none') : open.map(conditionWords).join('; ')}
      </p>
      <div className="plan-fields">
        <NativeSelect
          label={t('plan.field.affected')}
          value={draft.affected ?? ''}
          data={[
            { value: '', label: t('plan.side.unset') },
            ...SIDES.map((side) => ({ value: side, label: t(`plan.side.${side}`) })),
          ]}
          onChange={({ currentTarget }) =>
            set({ affected: currentTarget.value === '' ? null : (currentTarget.value as Draft['affected']) })
          }
        />
        <NativeSelect
          label={t('plan.field.bearing')}
          value={draft.bearing}
          data={BEARINGS.map((one) => ({ value: one, label: t(`plan.bearing.${one}`) }))}
          onChange={({ currentTarget }) => {
            const bearing = currentTarget.value as Draft['bearing'];
            // Only a part of the weight has a limit.
            set({ bearing, ...(bearing !== 'partial' && { loadLimit: null, loadLimitUnread: false }) });
          }}
        />
        <NumberInput
          label={t('plan.field.painStop')}
          value={draft.painStop}
          min={0}
          max={10}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={(value) => {
            if (typeof value === 'number') set({ painStop: value });
          }}
        />
        <NumberInput
          label={t('plan.field.painRise')}
          value={draft.painRise}
          min={1}
          max={10}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={(value) => {
            if (typeof value === 'number') set({ painRise: value });
          }}
        />
      </div>
      {draft.loadLimitUnread && (
        <Alert tone="bad">
          <p>{t('plan.load.unread')}</p>
          <Button size="compact-sm" variant="default" onClick={() => set({ loadLimitUnread: false })}>
            {t('plan.load.unread.remove')}
          </Button>
        </Alert>
      )}
      {draft.bearing === 'partial' && <LoadFields limit={draft.loadLimit} onEdit={set} />}
      {binding.length > 0 && (
        <p className="facts-line" aria-label={t('plan.binding')}>
          {binding.map((one) => (
            <Badge key={one} tone="bad">
              {one}
            </Badge>
          ))}
        </p>
      )}
      <details>
        <summary>{t('plan.first.more')}</summary>
        <Limits draft={draft} edit={edit} words={words} />
        <Precautions patient={patient} simulated={simulated} conditions={conditions} reload={reload} />
        <div className="plan-fields">
          <TextInput
            type="date"
            label={t('plan.field.start')}
            value={draft.start}
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== '') set({ start: currentTarget.value });
            }}
          />
          <Switch
            label={t('plan.field.personalBests')}
            description={t('plan.bests.what')}
            checked={draft.personalBests}
            onChange={({ currentTarget }) => set({ personalBests: currentTarget.checked })}
          />
        </div>
      </details>
    </Section>
  );
}
