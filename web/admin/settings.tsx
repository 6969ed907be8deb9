// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Section } from '../components/section.tsx';
import { useLanguage } from '../translations/language.tsx';
import { ClinicData } from './clinic_data.tsx';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { apiQuery } from '../data/api_query.ts';

interface Setting {
  key: string;
  help: string;
  value: string;
  place: string;
  hidden: boolean;
}

function List({ settings }: { settings: readonly Setting[] }) {
  const { t, counted } = useLanguage();
  const [typed, setTyped] = useState('');
  const sought = typed.trim().toLowerCase();
  const shown = settings.filter(({ key, help }) => `${key} ${help}`.toLowerCase().includes(sought));
  return (
    <>
      <TextInput
        type="search"
        label={t('adm.settings.search')}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        mb="sm"
      />
      <p className="hidden" role="status">
        {counted('adm.settings.found', shown.length)}
      </p>
      <ul className="rows">
        {shown.map(({ key, help, value, place, hidden }) => (
          <li key={key} className="row">
            <span>
              <code>{key}</code>
              <span className="small setting" lang="en">
                {help}
              </span>
            </span>
            <span className="end setting">
              <code>{hidden ? t('adm.settings.hidden') : value === '' ? t('adm.settings.empty') : value}</code>
              <span className="small">{place === '' ? t('adm.settings.default') : place}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Shows the server's effective settings and edits the clinic's data. */
export function Settings() {
  const { t } = useLanguage();
  const query = useQuery(apiQuery<{ settings: Setting[] }>('administration/settings'));
  return (
    <>
      <ClinicData />
      <Section title={t('adm.settings.title')}>
        <p className="note">{t('adm.settings.lead')}</p>
        <QueryBoundary query={query}>{({ settings }) => <List settings={settings} />}</QueryBoundary>
      </Section>
    </>
  );
}
