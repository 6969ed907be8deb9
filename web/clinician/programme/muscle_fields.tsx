// SPDX-License-Identifier: Apache-2.0
// A target for a muscle, which a patient's EMG sensor follows. Nothing of it is preset.
import { NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { MuscleTarget } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import type { Item } from './draft.ts';
import { MUSCLES } from './measures.ts';

type Half = { [Field in keyof MuscleTarget]: MuscleTarget[Field] | null };

const NONE: Half = { muscle: null, side: null, share: null, hold: null };

export function MuscleFields({ item, onEdit }: { item: Item; onEdit: (change: Pick<Item, 'muscle'>) => void }) {
  const { t } = useLanguage();
  const [half, setHalf] = useState<Half>({ ...NONE, muscle: item.muscle?.muscle ?? null });
  const given: Half = item.muscle === null ? NONE : item.muscle.share > 0 ? item.muscle : half;
  const change = (part: Partial<Half>) => {
    const next = { ...given, ...part };
    setHalf(next);
    const { muscle, side, share, hold } = next;
    if (muscle === null) onEdit({ muscle: null });
    else if (side && share !== null && hold !== null) onEdit({ muscle: { muscle, side, share, hold } });
    // No such share: a target that is not whole cannot be sent.
    else onEdit({ muscle: { muscle, side: 'left', share: 0, hold: 0 } });
  };
  const amount = (key: 'share' | 'hold') => (value: number | string) =>
    change({ [key]: typeof value === 'number' ? value : null });
  const missing = (value: unknown) => value === null && t('field.missing');
  return (
    <div className="plan-fields" role="group" aria-label={t('plan.field.muscle')}>
      <NativeSelect
        label={t('plan.field.muscle')}
        description={t('plan.muscle.what')}
        value={given.muscle ?? ''}
        data={[
          { value: '', label: t('plan.muscle.none') },
          ...MUSCLES.map((muscle) => ({ value: muscle, label: t(`plan.muscle.${muscle}`) })),
        ]}
        onChange={({ currentTarget }) => change({ muscle: MUSCLES.find((one) => one === currentTarget.value) ?? null })}
      />
      {given.muscle !== null && (
        <>
          <NativeSelect
            label={t('plan.muscle.side')}
            value={given.side ?? ''}
            error={missing(given.side)}
            data={[
              ...(given.side === null ? [{ value: '', label: t('plan.side.unset') }] : []),
              { value: 'left', label: t('plan.side.left') },
              { value: 'right', label: t('plan.side.right') },
            ]}
            onChange={({ currentTarget }) => change({ side: currentTarget.value === 'right' ? 'right' : 'left' })}
          />
          <NumberInput
            label={t('plan.muscle.share')}
            value={given.share ?? ''}
            error={missing(given.share)}
            min={5}
            max={100}
            suffix=" %"
            onChange={amount('share')}
          />
          <NumberInput
            label={t('plan.muscle.hold')}
            value={given.hold ?? ''}
            error={missing(given.hold)}
            min={1}
            max={60}
            suffix=" s"
            onChange={amount('hold')}
          />
        </>
      )}
    </div>
  );
}
