import { Button, NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAct, useLoaded } from '../hooks/act.ts';
import { Icon } from '../components/icons.tsx';
import { Asked, Page } from '../components/section.tsx';
import { useWhoWords } from '../components/who.tsx';
import { ask, ROLES, type Account } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { patientsById } from '../clinical/persons.ts';
import { NewAccountDialog } from '../account/people/new_account_dialog.tsx';
import { PersonDialog } from '../account/people/person_dialog.tsx';
import { State } from '../account/people/state.tsx';

const PAGE = 50;
interface Found {
  accounts: Account[];
  more: boolean;
}

/** As the server's list knows them. */
const STATES = ['no-second-factor', 'invited', 'not-invited', 'disabled'] as const;

const stateInAddress = () =>
  STATES.find((one) => one === new URLSearchParams(window.location.search).get('state')) ?? '';

/** Those whose names are searched, page after page. */
function usePeople(search: string, role: string, state: string) {
  const [found, setFound] = useState<Found>();
  const { failure, busy, act } = useAct();
  const newest = useRef(0);
  const load = useCallback(
    (before: Account[]) =>
      act(async () => {
        const turn = ++newest.current;
        const after = before.at(-1)?.name ?? '';
        const query = { after, search, count: String(PAGE), ...(role && { role }), ...(state && { state }) };
        const answer = await ask<Found>('GET', `accounts?${new URLSearchParams(query).toString()}`);
        // An answer to what was typed before comes too late.
        if (turn === newest.current) setFound({ ...answer, accounts: [...before, ...answer.accounts] });
      }),
    [act, search, role, state],
  );
  useEffect(() => {
    void load([]);
  }, [load]);
  /** Shows an account as it is now. */
  const put = (account: Account) =>
    setFound(
      (now) =>
        now && {
          ...now,
          accounts: now.accounts.some(({ id }) => id === account.id)
            ? now.accounts.map((one) => (one.id === account.id ? account : one))
            : [account, ...now.accounts],
        },
    );
  return { found, failure, busy, load, put };
}

/** All accounts, for administrators. */
export function PeoplePage() {
  const { t, counted } = useLanguage();
  const { line } = useWhoWords();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const [role, setRole] = useState('');
  const [state, setState] = useState<string>(stateInAddress);
  const { found, failure, busy, load, put } = usePeople(search, role, state);
  const [shown, setShown] = useState<string>();
  const [making, setMaking] = useState(false);
  const person = found?.accounts.find(({ id }) => id === shown);
  const patients = useLoaded(
    useCallback(
      () =>
        patientsById(
          (found?.accounts ?? []).flatMap((one) => (one.role === 'patient' && one.person ? [one.person] : [])),
        ),
      [found],
    ),
  ).value;
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
              ...STATES.map((value) => ({ value, label: t(`people.state.${value}`) })),
            ]}
          />
          <Button onClick={() => setMaking(true)}>{t('people.new')}</Button>
        </div>
        <p className="hidden" role="status">
          {found && counted('people.found', found.accounts.length)}
        </p>
        <Asked
          asked={{
            value: found,
            failure,
            reload: async () => {
              await load([]);
            },
          }}
        >
          {({ accounts, more }) => (
            <>
              {accounts.length === 0 && (
                <p className="none">{t(search || role || state ? 'people.nobody' : 'people.empty')}</p>
              )}
              <ul className="rows">
                {accounts.map((account) => (
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
              {more && (
                <Button
                  variant="default"
                  mt="md"
                  loading={busy}
                  onClick={() => {
                    void load(accounts);
                  }}
                >
                  {t('people.more')}
                </Button>
              )}
            </>
          )}
        </Asked>
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
