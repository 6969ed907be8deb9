// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core';
import { useProblem } from '../../components/form.tsx';
import { useLanguage } from '../../translations/language.tsx';

/** A day that is not over, or none. */
export function DayField({
  label,
  value,
  onValue,
  least,
}: {
  label: string;
  value: string;
  onValue: (day: string) => void;
  least: string;
}) {
  const { t } = useLanguage();
  const error = useProblem(value !== '' && value < least ? t('orders.by.problem') : undefined);
  return (
    <TextInput
      type="date"
      label={t('field.optional', { label })}
      value={value}
      min={least}
      onChange={(event) => onValue(event.currentTarget.value)}
      error={error}
    />
  );
}
