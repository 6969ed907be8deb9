// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core';
import { MINUTES } from '../../fhir/appointments.ts';
import { VISIT_KINDS, type VisitKind } from '../../fhir/visit_kinds.ts';
import { useLanguage } from '../../translations/language.tsx';

export interface KindAndLength {
  kind: VisitKind;
  minutes: number;
}

/** What kind of visit it is, and how long. */
export function PlanFields({
  value: { kind, minutes },
  onChange,
}: {
  value: KindAndLength;
  onChange: (value: KindAndLength) => void;
}) {
  const { t } = useLanguage();
  const lengths = [...new Set([...MINUTES, minutes])].sort((a, b) => a - b);
  return (
    <>
      <NativeSelect
        label={t('cal.kind')}
        value={kind}
        data={VISIT_KINDS.map((one) => ({ value: one, label: t(`cal.kind.${one}`) }))}
        onChange={({ currentTarget }) => onChange({ kind: currentTarget.value as VisitKind, minutes })}
      />
      <NativeSelect
        label={t('cal.minutes')}
        value={String(minutes)}
        data={lengths.map((one) => ({ value: String(one), label: t('cal.minutes.of', { count: one }) }))}
        onChange={({ currentTarget }) => onChange({ kind, minutes: Number(currentTarget.value) })}
      />
    </>
  );
}
