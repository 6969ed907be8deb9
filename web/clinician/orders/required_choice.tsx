// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core';
import { useProblem } from '../../components/form.tsx';
import { useLanguage } from '../../translations/language.tsx';

/** Starts empty, so that nothing is requested by oversight. */
export function RequiredChoice<Value extends string>({
  label,
  description,
  choices,
  value,
  problem,
  onValue,
}: {
  label: string;
  description?: string;
  choices: readonly { value: Value; label: string }[];
  value: Value | '';
  /** The problem of a choice that was made. */
  problem?: string | undefined;
  onValue: (value: Value | '') => void;
}) {
  const { t } = useLanguage();
  const error = useProblem(value === '' ? t('field.missing') : problem);
  return (
    <NativeSelect
      label={label}
      description={description}
      value={value}
      data={[{ value: '', label: '' }, ...choices]}
      onChange={(event) => onValue(choices.find((one) => one.value === event.currentTarget.value)?.value ?? '')}
      error={error}
    />
  );
}
