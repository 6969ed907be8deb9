// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useQuery, keepPreviousData, useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { Icon } from '../design/icons.tsx';
import { Page } from '../components/section.tsx';
import { useWhoWords } from '../components/who.tsx';
import { ask, ROLES, type Account } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { patientsById } from '../clinical/persons.ts';
import { NewAccountDialog } from '../account/people/new_account_dialog.tsx';
import { PersonDialog } from '../account/people/person_dialog.tsx';
import { State } from '../account/people/state.tsx';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { queryKeys } from '../data/query_keys.ts';
import { queryClient } from '../data/query_client.ts';
import { ACCOUNT_STATES, type PeoplePlace } from './address.ts';

const PAGE = 50;
interface Found {
  accounts: Account[];
  more: boolean;
}

/** Loads the accounts that match a search, page by page. */
function usePeople(search: string, role: string, state: string) {
  const queryKey = queryKeys.accounts(search, role, state);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam: after }) => {
      const sought = { after, search, count: String(PAGE), ...(role && { role }), ...(state && { state }) };
      return ask<Found>('GET', `accounts?${new URLSearchParams(sought).toString()}`);
    },
    initialPageParam: '',
    getNextPageParam: ({ accounts, more }) => (more ? accounts.at(-1)?.name : undefined),
    placeholderData: keepPreviousData,
  });
  const accounts = query.data?.pages.flatMap((page) => page.accounts);
  /** Shows an account as it is now. */
  const put = (account: Account) =>
    queryClient.setQueryData<InfiniteData<Found, string>>(
      queryKey,
      (now) =>
        now && {
          ...now,
          pages: accounts?.some(({ id }) => id === account.id)
            ? now.pages.map((page) => ({
                ...page,
                accounts: page.accounts.map((one) => (one.id === account.id ? account : one)),
              }))
            : now.pages.map((page, i) => (i === 0 ? { ...page, accounts: [account, ...page.accounts] } : page)),
        },
    );
  return { query, accounts, put };
}

/** Lists all accounts, for administrators. */
export function PeoplePage({ state: first }: PeoplePlace) {
  const { t, counted } = useLanguage();
  const { line } = useWhoWords();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const [role, setRole] = useState('');
  const [state, setState] = useState<string>(first ?? '');
  const { query, accounts, put } = usePeople(search, role, state);
  const [shown, setShown] = useState<string>();
  const [making, setMaking] = useState(false);
  const person = accounts?.find(({ id }) => id === shown);
  const patientIds = (accounts ?? []).flatMap((one) => (one.role === 'patient' && one.person ? [one.person] : []));
  const { data: patients } = useQuery({
    queryKey: queryKeys.patientsById(patientIds.join(',')),
    queryFn: () => patientsById(patientIds),
    placeholderData: keepPreviousData,
  });
  const whose = (account: Account) => {
    const who = patients?.get(account.person ?? '');
    return account.role === 'patient' && who ? ` · ${line(who)}` : '';
  };
  return (
    <Page title={t('people.title')} lead={t('people.lead')}>
      <section className="card">
        <div className="tools">
          <TextInput
            type="search"
            label={t('people.search')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
          <NativeSelect
            label={t('people.role')}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value)}
            data={[
              { value: '', label: t('people.role.all') },
              ...ROLES.map((value) => ({ value, label: t(`role.${value}`) })),
            ]}
          />
          <NativeSelect
            label={t('people.state')}
            value={state}
            onChange={(event) => setState(event.currentTarget.value)}
            data={[
              { value: '', label: t('people.state.all') },
              ...ACCOUNT_STATES.map((value) => ({ value, label: t(`people.state.${value}`) })),
            ]}
          />
          <Button onClick={() => setMaking(true)}>{t('people.new')}</Button>
        </div>
        <p className="hidden" role="status">
          {accounts && counted('people.found', accounts.length)}
        </p>
        <QueryBoundary query={{ data: accounts, error: query.error, refetch: query.refetch }}>
          {(all) => (
            <>
              {all.length === 0 && (
                <p className="none">{t(search || role || state ? 'people.noOne' : 'people.empty')}</p>
              )}
              <ul className="rows">
                {all.map((account) => (
                  <li key={account.id}>
                    <UnstyledButton className="row person" onClick={() => setShown(account.id)}>
                      <span>
                        <strong>{account.name}</strong>
                        <span className="small">
                          {' '}
                          {t(`role.${account.role}`)}
                          {whose(account)}
                        </span>
                      </span>
                      <span className="end">
                        <State account={account} />
                        <Icon name="right" />
                      </span>
                    </UnstyledButton>
                  </li>
                ))}
              </ul>
              {query.hasNextPage && (
                <Button
                  variant="default"
                  mt="md"
                  loading={query.isFetching}
                  onClick={() => {
                    void query.fetchNextPage();
                  }}
                >
                  {t('people.more')}
                </Button>
              )}
            </>
          )}
        </QueryBoundary>
      </section>
      {making && (
        <NewAccountDialog
          onClose={() => setMaking(false)}
          onMade={(account) => {
            put(account);
            setMaking(false);
            setShown(account.id);
          }}
        />
      )}
      {person && <PersonDialog key={person.id} account={person} onClose={() => setShown(undefined)} onChanged={put} />}
    </Page>
  );
}
