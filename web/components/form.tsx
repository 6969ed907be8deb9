// SPDX-License-Identifier: Apache-2.0
import { Button, Stack, TextInput, type TextInputProps } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { createContext, use, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { flushSync } from 'react-dom';
import { useLanguage } from '../translations/language.tsx';
import { useRetryWait } from '../hooks/use_retry_wait.ts';
import { FailureAlert } from './failure_alert.tsx';

/** Whether the user tried to send the form: fields show their problems only then. */
export const Attempted = createContext(false);

/** Returns the problem of a field's value; undefined before the user tried to send the form. */
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
 * Sends when all fields are valid, else focuses the first that is not; shows why sending failed. `submit`: the text of
 * the button.
 */
export function Form({ submit, onSubmit, children, danger = false, beside }: FormProps) {
  const [attempted, setAttempted] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = (selector: string) => form.current?.querySelector<HTMLElement>(selector)?.focus();
  const { mutate, isPending, error } = useMutation({
    mutationFn: onSubmit,
    onSuccess: () => setAttempted(false),
    onError: () => focus('input:not([type="hidden"]), textarea'),
  });
  const isWaiting = useRetryWait(error) > 0;

  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isPending || isWaiting) return;
    flushSync(() => setAttempted(true));
    if (form.current?.querySelector('[aria-invalid="true"]')) focus('[aria-invalid="true"]');
    else mutate();
  };

  return (
    <form ref={form} noValidate onSubmit={send}>
      <Stack gap="md">
        <Attempted value={attempted}>{children}</Attempted>
        <FailureAlert failure={error} />
        <div className="actions">
          <Button type="submit" size="md" loading={isPending} disabled={isWaiting} {...(danger && { color: 'red.9' })}>
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
  /** The problem of the value, unless it is missing. */
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
