// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';

/** On the account's page: the way to the steps. */
export function NewPhoneEntry() {
  const { t } = useLanguage();
  return (
    <Section
      title={t('newPhone.entry')}
      action={
        <Button variant="default" onClick={() => go('/new-phone')}>
          {t('newPhone.open')}
        </Button>
      }
    >
      <p className="note">{t('newPhone.entry.what')}</p>
    </Section>
  );
}
