// SPDX-License-Identifier: Apache-2.0
import { useId } from 'react';
import { useLanguage } from '../translations/language.tsx';

/** A question that wants a plain answer; nothing is chosen beforehand. */
export function YesNo({
  question,
  value,
  onValue,
  missing = false,
}: {
  question: string;
  value: boolean | undefined;
  onValue: (yes: boolean) => void;
  missing?: boolean;
}) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <fieldset className="yes-no" aria-invalid={missing || undefined}>
      <legend>{question}</legend>
      <div className="steps">
        {[false, true].map((yes) => (
          <label key={String(yes)} data-chosen={value === yes || undefined}>
            <input type="radio" name={id} checked={value === yes} onChange={() => onValue(yes)} />
            <span>{t(yes ? 'yes' : 'no')}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
