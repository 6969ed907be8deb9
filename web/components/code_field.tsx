// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../translations/language.tsx';
import { Field } from './form.tsx';

const withoutBlanks = (code: string) => code.replace(/[\s-]/g, '');

/** Six digits of the app; pasted with blanks, they count without. */
export function CodeField({
  label,
  value,
  onValue,
  autoFocus = false,
}: {
  label: string;
  value: string;
  onValue: (code: string) => void;
  autoFocus?: boolean;
}) {
  const { t } = useLanguage();
  return (
    <Field
      label={label}
      value={value}
      onValue={(typed) => onValue(withoutBlanks(typed))}
      problem={/^\d{6}$/.test(value) ? undefined : t('code.digits')}
      inputMode="numeric"
      autoComplete="one-time-code"
      data-autofocus={autoFocus || undefined}
      autoFocus={autoFocus}
      className="code"
    />
  );
}
