import { useId } from 'react';

interface Props {
  label: string;
  value: number | undefined;
  onValue: (value: number) => void;
  /** What 0 and 10 mean. */
  least: string;
  most: string;
  invalid?: boolean;
}

const STEPS = Array.from({ length: 11 }, (_, i) => i);

/** A number from 0 to 10, one touch or the arrow keys. */
export function Scale({ label, value, onValue, least, most, invalid = false }: Props) {
  const id = useId();
  return (
    <fieldset className="scale" aria-describedby={`${id}-ends`} aria-invalid={invalid || undefined}>
      <legend>{label}</legend>
      <div className="steps">
        {STEPS.map((step) => (
          <label key={step} data-chosen={step === value || undefined}>
            <input type="radio" name={id} value={step} checked={step === value} onChange={() => onValue(step)} />
            <span>{step}</span>
          </label>
        ))}
      </div>
      <p id={`${id}-ends`} className="ends"><span>0: {least}</span><span>10: {most}</span></p>
    </fieldset>
  );
}
