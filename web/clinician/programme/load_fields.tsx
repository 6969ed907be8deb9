// SPDX-License-Identifier: Apache-2.0
// The most load of a leg that bears part of the weight, which load sensors follow. Nothing of it is preset.
import { Checkbox, NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { LoadLimit } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import type { Draft } from './draft.ts';

type Half = Omit<LoadLimit, 'amount' | 'bodyMass_kg'> & { amount: number | null; bodyMass_kg: number | null };

/** `limit`: in the draft; a number of it that is 0 is missing, and such a draft cannot be sent. */
export function LoadFields({ limit, onEdit }: { limit: Draft['loadLimit']; onEdit: (change: Partial<Draft>) => void }) {
  const { t } = useLanguage();
  const [unit, setUnit] = useState<LoadLimit['unit']>('kg');
  const given: Half = limit
    ? { ...limit, amount: limit.amount || null, bodyMass_kg: limit.bodyMass_kg || null }
    : { amount: null, unit, bodyMass_kg: null, helper: true };
  const change = (part: Partial<Half>) => {
    const next = { ...given, ...part };
    setUnit(next.unit);
    const { amount, bodyMass_kg } = next;
    const none = amount === null && bodyMass_kg === null;
    if (none) onEdit({ loadLimit: null });
    else
      onEdit({
        loadLimit: { ...next, amount: amount ?? 0, bodyMass_kg: bodyMass_kg ?? 0 },
        // It takes the place of one that cannot be read.
        loadLimitUnread: false,
      });
  };
  const amountOf = (value: number | string) => (typeof value === 'number' ? value : null);
  const missing = (value: number | null) => limit !== null && value === null && t('field.missing');
  return (
    <fieldset>
      <legend>{t('plan.field.loadLimit')}</legend>
      <div className="plan-fields">
        <NumberInput
          label={t('plan.load.limit')}
          value={given.amount ?? ''}
          error={missing(given.amount)}
          min={0}
          max={given.unit === '%' ? 100 : 300}
          suffix={` ${given.unit}`}
          onChange={(value) => change({ amount: amountOf(value) })}
        />
        <NativeSelect
          label={t('plan.load.unit')}
          value={given.unit}
          data={[
            { value: 'kg', label: t('plan.load.unit.kg') },
            { value: '%', label: t('plan.load.unit.percent') },
          ]}
          // 30 % are not 30 kg.
          onChange={({ currentTarget }) => change({ unit: currentTarget.value === '%' ? '%' : 'kg', amount: null })}
        />
        <NumberInput
          label={t('plan.load.mass')}
          description={t('plan.load.mass.what')}
          value={given.bodyMass_kg ?? ''}
          error={missing(given.bodyMass_kg)}
          min={0}
          max={300}
          suffix=" kg"
          onChange={(value) => change({ bodyMass_kg: amountOf(value) })}
        />
        <Checkbox
          label={t('plan.load.helper')}
          checked={given.helper}
          disabled={limit === null}
          onChange={({ currentTarget }) => change({ helper: currentTarget.checked })}
        />
      </div>
      <p className="small">{t('plan.load.what')}</p>
    </fieldset>
  );
}
