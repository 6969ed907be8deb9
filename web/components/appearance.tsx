// SPDX-License-Identifier: Apache-2.0
// How the pages look and read on this device: language and theme.
import { ActionIcon, Button, NativeSelect, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Icon } from '../design/icons.tsx';
import { LANGUAGES, useLanguage, type Language } from '../translations/language.tsx';

export function LanguageChoice({ titled = false }: { titled?: boolean }) {
  const { t, language, choose } = useLanguage();
  return (
    <NativeSelect
      className="language"
      size={titled ? 'md' : 'sm'}
      {...(titled ? { label: t('language') } : { 'aria-label': t('language') })}
      value={language}
      data={LANGUAGES.map((one) => ({ ...one }))}
      onChange={(event) => choose(event.currentTarget.value as Language)}
    />
  );
}

export function ThemeChoice({ titled = false }: { titled?: boolean }) {
  const { t } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light';
  const change = () => setColorScheme(other);
  return titled ? (
    <Button variant="default" leftSection={<Icon name={other} />} onClick={change}>
      {t(`theme.${other}`)}
    </Button>
  ) : (
    <ActionIcon
      variant="default"
      size={44}
      aria-label={t(`theme.${other}`)}
      title={t(`theme.${other}`)}
      onClick={change}
    >
      <Icon name={other} />
    </ActionIcon>
  );
}
