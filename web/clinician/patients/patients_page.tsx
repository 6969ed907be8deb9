// SPDX-License-Identifier: Apache-2.0
import { Button, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '../../components/link.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page } from '../../components/section.tsx';
import { useWhoWords, WhoIs } from '../../components/who.tsx';
import { isMeant } from '../../fhir/people.ts';
import { useLanguage } from '../../translations/language.tsx';
import { addressOfChart } from '../../clinical/chart/address.ts';
import { NewAccountDialog } from '../../account/people/new_account_dialog.tsx';
import { PersonDialog } from '../../account/people/person_dialog.tsx';
import { State } from '../../account/people/state.tsx';
import { loadListed, type Listed } from './load.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

function Row({ listed: { who, account, next }, onAccount }: { listed: Listed; onAccount: () => void }) {
  const { t, moment } = useLanguage();
  return (
    <li className="row">
      <span>
        <WhoIs who={who}>
          <Link href={addressOfChart(who.id)}>
            <strong>{who.name}</strong>
          </Link>
        </WhoIs>
        {next !== undefined && (
          <span className="small"> · {t('patients.next', { when: moment(new Date(next).toISOString()) })}</span>
        )}
      </span>
      <span className="end">
        {account ? <State account={account} /> : <Badge tone="plain">{t('patients.noAccount')}</Badge>}
        <Button
          size="compact-sm"
          variant="default"
          onClick={onAccount}
          aria-label={t('adm.of', { what: t(account ? 'patients.account' : 'patients.invite'), name: who.name })}
        >
          {t(account ? 'patients.account' : 'patients.invite')}
        </Button>
      </span>
    </li>
  );
}

function List({ all, reload }: { all: readonly Listed[]; reload: () => Promise<unknown> }) {
  const { t, counted } = useLanguage();
  const { date } = useWhoWords();
  const [typed, setTyped] = useState('');
  const sought = useDeferredValue(typed);
  const [open, setOpen] = useState<string>();
  const shown = useMemo(() => all.filter(({ who }) => isMeant(who, sought, date(who))), [all, sought, date]);
  const one = all.find(({ who }) => who.id === open);
  return (
    <section className="card">
      <div className="tools">
        <TextInput
          type="search"
          label={t('patients.search')}
          description={t('who.search.what')}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <Button component={Link} href="/new-patient">
          {t('newPatient.open')}
        </Button>
      </div>
      <p className="hidden" role="status">
        {counted('adm.patients.found', shown.length)}
      </p>
      {all.length === 0 && <p className="none">{t('work.empty')}</p>}
      {all.length > 0 && shown.length === 0 && <p className="none">{t('who.noOne')}</p>}
      <ul className="rows">
        {shown.map((listed) => (
          <Row key={listed.who.id} listed={listed} onAccount={() => setOpen(listed.who.id)} />
        ))}
      </ul>
      {one?.account && (
        <PersonDialog
          key={one.account.id}
          account={one.account}
          onClose={() => setOpen(undefined)}
          onChanged={() => {
            void reload();
          }}
        />
      )}
      {one && !one.account && (
        <NewAccountDialog
          whose={one.who}
          onClose={() => setOpen(undefined)}
          onMade={() => {
            void reload();
          }}
        />
      )}
    </section>
  );
}

/** A clinician's patients, whether they have an account or not. */
export function PatientsPage() {
  const { t } = useLanguage();
  const query = useQuery({ queryKey: queryKeys.patientAccounts(), queryFn: loadListed });
  return (
    <Page title={t('people.patients')} lead={t('patients.lead')}>
      <QueryBoundary query={query} keepsData>
        {(all) => <List all={all} reload={query.refetch} />}
      </QueryBoundary>
    </Page>
  );
}
