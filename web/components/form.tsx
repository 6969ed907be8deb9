import { Button, Stack, TextInput, type TextInputProps } from '@mantine/core';
import { createContext, use, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { flushSync } from 'react-dom';
import { useLanguage } from '../translations/language.tsx';
import { useAct } from '../hooks/act.ts';
import { FailureAlert } from './failure_alert.tsx';

/** Whether somebody tried to send the form: fields complain only then. */
const Attempted = createContext(false);

/** What a field says about its value; nothing before somebody tried to send the form. */
export function useProblem(problem: string | undefined): string | undefined {
  return use(Attempted) ? problem : undefined;
}

interface FormProps {
  submit: string;
  onSubmit: () => Promise<unknown>;
  children: ReactNode;
  danger?: boolean;
  beside?: ReactNode;
}

/**
 * Sends when all fields are right, else goes to the first that is not; says why it failed. `submit`: the button's text.
 */
export function Form({ submit, onSubmit, children, danger = false, beside }: FormProps) {
  const { busy, failure, wait, act } = useAct();
  const [attempted, setAttempted] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = (selector: string) => form.current?.querySelector<HTMLElement>(selector)?.focus();

  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (busy || wait > 0) return;
    flushSync(() => setAttempted(true));
    if (form.current?.querySelector('[aria-invalid="true"]')) return focus('[aria-invalid="true"]');
    if (await act(onSubmit)) setAttempted(false);
    else focus('input:not([type="hidden"]), textarea');
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        void send(event);
      }}
    >
      <Stack gap="md">
        <Attempted value={attempted}>{children}</Attempted>
        <FailureAlert failure={failure} wait={wait} />
        <div className="actions">
          <Button type="submit" size="md" loading={busy} disabled={wait > 0} {...(danger && { color: 'red.9' })}>
            {submit}
          </Button>
          {beside}
        </div>
      </Stack>
    </form>
  );
}

interface FieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'error' | 'label'> {
  label: string;
  value: string;
  onValue: (value: string) => void;
  optional?: boolean;
  /** What is wrong with the value, apart from its being missing. */
  problem?: string | undefined;
}

export function Field({ label, value, onValue, optional = false, problem, ...others }: FieldProps) {
  const { t } = useLanguage();
  const error = useProblem(!optional && value.trim() === '' ? t('field.missing') : problem);
  return (
    <TextInput
      label={optional ? t('field.optional', { label }) : label}
      value={value}
      required={!optional}
      withAsterisk={false}
      onChange={(event) => onValue(event.currentTarget.value)}
      error={error}
      spellCheck={false}
      autoCapitalize="none"
      autoComplete="off"
      {...others}
    />
  );
}
