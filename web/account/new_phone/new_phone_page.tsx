// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { Choices } from '../../components/choices.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { Lost } from './lost.tsx';
import { Moving } from './moving.tsx';
import './new_phone.css';

const WAYS = ['moving', 'lost'] as const;

/** Leads to another phone, step by step, with this account's own state. */
export function NewPhonePage() {
  const { t } = useLanguage();
  const [way, setWay] = useState<(typeof WAYS)[number]>('moving');
  return (
    <Page title={t('newPhone.title')} lead={t('newPhone.lead')}>
      <Choices
        label={t('newPhone.which')}
        choices={WAYS.map((value) => ({ value, label: t(`newPhone.which.${value}`) }))}
        value={way}
        onValue={setWay}
      />
      {way === 'moving' ? <Moving /> : <Lost />}
    </Page>
  );
}
