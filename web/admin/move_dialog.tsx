// SPDX-License-Identifier: Apache-2.0
import type { CareTeam } from 'fhir/r4';
import { Button, Checkbox, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Dialog } from '../components/dialog.tsx';
import { FailureAlert } from '../components/failure_alert.tsx';
import { Alert } from '../components/alert.tsx';
import { WhoIs } from '../components/who.tsx';
import { useLanguage } from '../translations/language.tsx';
import { caringFor, cliniciansOf, isActive } from '../clinical/care_team.ts';
import { loadStanding, move, type Standing } from './move.ts';
import { idIn, loadPractitioners, type Person } from '../clinical/persons.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { queryKeys } from '../data/query_keys.ts';

interface Named {
  id: string;
  name: string;
}

const nameIn = (all: readonly Named[], id: string) => all.find((one) => one.id === id)?.name ?? id;

/** Lists the former care teams: until the end of their period, else until their last version in the record. */
function Before({
  teams,
  staff,
  clinics,
}: {
  teams: readonly CareTeam[];
  staff: readonly Named[];
  clinics: readonly Named[];
}) {
  const { t, moment } = useLanguage();
  const past = teams.filter((team) => !isActive(team));
  if (past.length === 0) return null;
  return (
    <details>
      <summary>{t('adm.move.before')}</summary>
      <ul className="plain small">
        {past.map((team) => {
          const end = team.period?.end ?? team.meta?.lastUpdated;
          const clinic = idIn(team.managingOrganization?.[0]?.reference, 'Organization');
          return (
            <li key={team.id}>
              {cliniciansOf(team)
                .map((id) => nameIn(staff, id))
                .join(', ') || '–'}
              {clinic && <> ({nameIn(clinics, clinic)})</>}
              {end && <> · {t('adm.move.until', { end: moment(end) })}</>}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Choices({
  standing,
  staff,
  clinics,
  person,
  onClose,
  onMoved,
}: {
  standing: Standing;
  staff: readonly Named[];
  clinics: readonly Named[];
  person: Person;
  onClose: () => void;
  onMoved: () => void;
}) {
  const { t } = useLanguage();
  const now = caringFor(standing.teams);
  const here = idIn(standing.patient.managingOrganization?.reference, 'Organization');
  const [clinic, setClinic] = useState(here ?? clinics[0]?.id ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(now);
  const [attempted, setAttempted] = useState(false);
  const [uuid] = useState(() => crypto.randomUUID());
  const leaving = now.filter((id) => !chosen.includes(id));
  const coming = chosen.filter((id) => !now.includes(id));
  const same = clinic === here && leaving.length === 0 && coming.length === 0;
  const problem =
    chosen.length === 0
      ? t('adm.move.noOne')
      : same
        ? t('adm.move.same')
        : clinic === ''
          ? t('adm.move.noClinic')
          : undefined;
  const names = (ids: readonly string[]) => ids.map((id) => nameIn(staff, id)).join(', ');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => move(standing, { clinic, clinicians: chosen, uuid, now: new Date().toISOString() }),
    onSuccess: onMoved,
  });
  const send = () => {
    setAttempted(true);
    if (!problem) mutate();
  };
  return (
    <Stack gap="md">
      <NativeSelect
        label={t('adm.move.clinic')}
        value={clinic}
        data={clinics.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={({ currentTarget }) => setClinic(currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group
        label={t('adm.move.team')}
        description={t('adm.move.team.what')}
        value={[...chosen]}
        onChange={setChosen}
        error={attempted ? problem : undefined}
      >
        <Stack gap="xs" mt="xs">
          {staff.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={name} />
          ))}
        </Stack>
      </Checkbox.Group>
      {(leaving.length > 0 || coming.length > 0) && (
        <Alert tone="careful" role="status">
          {leaving.length > 0 && <p>{t('adm.move.leaving', { names: names(leaving), name: person.name })}</p>}
          {coming.length > 0 && <p>{t('adm.move.coming', { names: names(coming), name: person.name })}</p>}
        </Alert>
      )}
      <Before teams={standing.teams} staff={staff} clinics={clinics} />
      <FailureAlert failure={error} />
      <div className="actions">
        <Button loading={isPending} onClick={send}>
          {t('adm.move.action')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </Stack>
  );
}

/** Moves a patient to another clinic or care team. Only access to the record changes. */
export function MoveDialog({
  person,
  clinics,
  onClose,
  onMoved,
}: {
  person: Person;
  clinics: readonly Named[];
  onClose: () => void;
  onMoved: () => void;
}) {
  const { t } = useLanguage();
  const query = useQuery({
    queryKey: queryKeys.careTeam(person.id),
    queryFn: async () => {
      const [standing, staff] = await Promise.all([loadStanding(person.id), loadPractitioners()]);
      return { standing, staff };
    },
  });
  return (
    <Dialog title={t('adm.move.title', { name: person.name })} onClose={onClose}>
      <p>
        <WhoIs who={person} />
      </p>
      <QueryBoundary query={query}>
        {({ standing, staff }) => (
          <Choices
            standing={standing}
            staff={staff}
            clinics={clinics}
            person={person}
            onClose={onClose}
            onMoved={onMoved}
          />
        )}
      </QueryBoundary>
    </Dialog>
  );
}
