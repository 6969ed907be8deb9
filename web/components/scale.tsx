// SPDX-License-Identifier: Apache-2.0
import { useId } from 'react';

interface Props {
  label: string;
  value: number | undefined;
  onValue: (value: number) => void;
  from?: number;
  /** At most fourteen steps on. */
  to?: number;
  /** What the ends mean. */
  least?: string;
  most?: string;
  invalid?: boolean;
}

/** A number from 0 to 10, or of another short row: one touch or the arrow keys. */
export function Scale({ label, value, onValue, from = 0, to = 10, least, most, invalid = false }: Props) {
  const id = useId();
  return (
    <fieldset className="scale" aria-describedby={least && `${id}-ends`} aria-invalid={invalid || undefined}>
      <legend>{label}</legend>
      <div className="steps">
        {Array.from({ length: to - from + 1 }, (_, i) => from + i).map((step) => (
          <label key={step} data-chosen={step === value || undefined}>
            <input type="radio" name={id} value={step} checked={step === value} onChange={() => onValue(step)} />
            <span>{step}</span>
          </label>
        ))}
      </div>
      {least && most && (
        <p id={`${id}-ends`} className="ends">
          <span>
            {from}: {least}
          </span>
          <span>
            {to}: {most}
          </span>
        </p>
      )}
    </fieldset>
  );
}
