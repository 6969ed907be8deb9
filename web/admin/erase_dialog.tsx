// SPDX-License-Identifier: Apache-2.0
import { Stack } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../components/dialog.tsx';
import { Field, Form } from '../components/form.tsx';
import { Alert } from '../components/alert.tsx';
import { ask } from '../data/api.ts';
import { WhoIs } from '../components/who.tsx';
import { useLanguage } from '../translations/language.tsx';
import type { Person } from '../clinical/persons.ts';
import { useTypeWords } from './type_words.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { apiQuery } from '../data/api_query.ts';

export interface Erased {
  resources: number;
  versions: number;
  shared: number;
  accounts: number;
  types: Record<string, number>;
}

const SHORTEST_REASON = 10;
const same = (a: string, b: string) =>
  a.trim().replace(/\s+/g, ' ').toLocaleLowerCase() === b.trim().replace(/\s+/g, ' ').toLocaleLowerCase();

function What({ erased: { types, versions, shared, accounts } }: { erased: Erased }) {
  const { t, counted, number } = useLanguage();
  const typeWords = useTypeWords();
  return (
    <div>
      <p>{t('adm.erase.gone')}</p>
      <ul className="plain counts">
        {Object.entries(types)
          .sort(([, a], [, b]) => b - a)
          .map(([type, count]) => (
            <li key={type}>
              {typeWords(type)}: {number(count)}
            </li>
          ))}
        {versions > 0 && <li>{counted('adm.erase.versions', versions)}</li>}
        <li>{counted('adm.erase.accounts', accounts)}</li>
      </ul>
      {shared > 0 && <p className="small">{counted('adm.erase.shared', shared)}</p>}
    </div>
  );
}

/** Erases all of a patient's data for good. `asked`: the patient requested it in the app. */
export function EraseDialog({
  person,
  asked = false,
  onClose,
  onErased,
}: {
  person: Person;
  asked?: boolean;
  onClose: () => void;
  onErased: (erased: Erased) => void;
}) {
  const { t } = useLanguage();
  const counts = useQuery(apiQuery<Erased>(`erasure/${person.id}`));
  const [reason, setReason] = useState(asked ? t('adm.erase.reason.asked') : '');
  const [typed, setTyped] = useState('');
  const erase = useCallback(
    async () =>
      onErased(await ask<Erased>('POST', 'erasure', { patient: person.id, reason: reason.trim() }, 'results')),
    [person.id, reason, onErased],
  );
  return (
    <Dialog title={t('adm.erase.title', { name: person.name })} onClose={onClose}>
      <Stack gap="md">
        <p>
          <WhoIs who={person} />{' '}
          <span className="small">
            · <code>{person.id}</code>
          </span>
        </p>
        <QueryBoundary query={counts}>{(erased) => <What erased={erased} />}</QueryBoundary>
        <Alert tone="bad">{t('adm.erase.forGood')}</Alert>
        <p className="small">{t('adm.erase.stays')}</p>
        {counts.data && (
          <Form submit={t('adm.erase.action')} onSubmit={erase} danger>
            <Field
              label={t('adm.erase.reason')}
              description={t('adm.erase.reason.what')}
              value={reason}
              onValue={setReason}
              maxLength={1000}
              autoCapitalize="sentences"
              problem={reason.trim().length < SHORTEST_REASON ? t('adm.erase.reason.short') : undefined}
            />
            <Field
              label={t('adm.erase.name')}
              description={t('adm.erase.name.what', { name: person.name })}
              value={typed}
              onValue={setTyped}
              problem={same(typed, person.name) ? undefined : t('adm.erase.name.other')}
            />
          </Form>
        )}
      </Stack>
    </Dialog>
  );
}
