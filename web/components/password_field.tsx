// SPDX-License-Identifier: Apache-2.0
import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useLanguage, type Key } from '../translations/language.tsx';
import { useProblem } from './form.tsx';
import { Icon } from '../design/icons.tsx';

const MOST_BYTES = 512;

/** The record's rules (docs/operations/access.md), so that they can be told before a password is sent. */
function rules(password: string, account: string): { text: Key; kept: boolean }[] {
  const bytes = new TextEncoder().encode(password);
  const small = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  let rest = small(password);
  while (account && rest.includes(small(account))) rest = rest.replace(small(account), '');
  return [
    { text: 'password.rule.length', kept: [...password].length >= 12 && bytes.length <= MOST_BYTES },
    { text: 'password.rule.different', kept: new Set(bytes).size >= 5 },
    { text: 'password.rule.name', kept: [...rest].length >= 8 },
  ];
}

interface Props extends Omit<PasswordInputProps, 'value' | 'onChange' | 'error' | 'label'> {
  label: string;
  value: string;
  onValue: (value: string) => void;
  problem?: string | undefined;
}

export function PasswordField({ label, value, onValue, problem, ...others }: Props) {
  const { t } = useLanguage();
  const error = useProblem(value === '' ? t('field.missing') : problem);
  return (
    <PasswordInput
      label={label}
      value={value}
      required
      withAsterisk={false}
      onChange={(event) => onValue(event.currentTarget.value)}
      error={error}
      aria-invalid={error ? true : undefined}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
      {...others}
    />
  );
}

interface NewProps {
  label: string;
  account: string;
  value: string;
  onValue: (value: string) => void;
}

/** Shows the password rules, and which of them the typed password meets. */
export function NewPasswordField({ label, account, value, onValue }: NewProps) {
  const { t } = useLanguage();
  const now = rules(value, account);
  const broken = now.find(({ kept }) => !kept);
  return (
    <PasswordField
      label={label}
      value={value}
      onValue={onValue}
      autoComplete="new-password"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      problem={broken && t('password.weak', { rule: t(broken.text) })}
      description={
        <span className="rules">
          {now.map(({ text, kept }) => (
            <span key={text} className="rule" data-kept={kept || undefined}>
              <Icon name={kept ? 'done' : 'open'} />
              <span>
                {t(text)}
                <span className="hidden"> {t(kept ? 'password.kept' : 'password.notKept')}</span>
              </span>
            </span>
          ))}
        </span>
      }
    />
  );
}
