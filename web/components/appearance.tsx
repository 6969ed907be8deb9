// SPDX-License-Identifier: Apache-2.0
// How the pages look and read on this device: language and theme.
import { ActionIcon, Button, NativeSelect, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Badge } from './badge.tsx';
import { Icon } from '../design/icons.tsx';
import { useLanguage, type Language } from '../translations/language.tsx';
import { LANGUAGES } from '../translations/languages.ts';

export function LanguageChoice({ titled = false }: { titled?: boolean }) {
  const { t, language, choose, offered } = useLanguage();
  // No one has reviewed a further language: that stands in the list, too.
  const data = [...new Set([...offered, language])].map((value) => {
    const { label, extra } = LANGUAGES[value];
    return { value, label: extra ? t('language.labelNotReviewed', { label }) : label };
  });
  return (
    <NativeSelect
      className="language"
      size={titled ? 'md' : 'sm'}
      {...(titled ? { label: t('language') } : { 'aria-label': t('language') })}
      value={language}
      data={data}
      onChange={(event) => choose(event.currentTarget.value as Language)}
    />
  );
}

/** Shown wherever a language is that no professional has reviewed. */
export function LanguageNotice() {
  const { t, language } = useLanguage();
  return (
    LANGUAGES[language].extra && (
      <p className="language-notice">
        <Badge tone="careful">{t('language.notReviewed')}</Badge> {t('language.notReviewed.what')}
      </p>
    )
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
