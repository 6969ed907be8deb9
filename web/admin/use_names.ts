// SPDX-License-Identifier: Apache-2.0
// Loads the names of the persons in log entries as the entries appear.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useWhoWords } from '../components/who.tsx';
import { useLanguage } from '../translations/language.tsx';
import type { Entry } from '../clinical/audit/events.ts';
import { loadAdministrators, loadPractitioners, patientsById } from '../clinical/persons.ts';
import { queryKeys } from '../data/query_keys.ts';

/** The shown length of an id, which tells a few programs apart. The CSV has the whole id. */
const SHORT = 8;

async function loadStaff() {
  const [practitioners, administrators] = await Promise.all([loadPractitioners(), loadAdministrators()]);
  return {
    practitioners,
    administrators: administrators.filter(({ person }) => !person).map(({ id, name }) => ({ id, name })),
  };
}

export function useNames() {
  const { t } = useLanguage();
  const { data: staff } = useQuery({ queryKey: queryKeys.staff(), queryFn: loadStaff });
  const [patients, setPatients] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = useRef(new Set<string>());
  const words = useRef(useWhoWords());
  const learn = useCallback(async (entries: readonly Entry[]) => {
    const ids = entries
      .flatMap(({ patient, patients: about }) => [...(patient ? [patient] : []), ...about])
      .filter((id) => !asked.current.has(id));
    if (ids.length === 0) return;
    for (const id of ids) asked.current.add(id);
    const people = await patientsById(ids);
    setPatients(
      (before) => new Map([...before, ...[...people].map(([id, person]) => [id, words.current.line(person)] as const)]),
    );
  }, []);
  const patient = useCallback((id: string) => patients.get(id) ?? id, [patients]);
  const who = useCallback(
    (entry: Entry) => {
      if (entry.practitioner)
        return staff?.practitioners.find(({ id }) => id === entry.practitioner)?.name ?? entry.practitioner;
      if (entry.patient) return t('adm.log.patient', { name: patient(entry.patient) });
      if (entry.account)
        return (
          staff?.administrators.find(({ id }) => id === entry.account)?.name ??
          t('adm.log.program', { id: `${entry.account.slice(0, SHORT)}…` })
        );
      return t(entry.server ? 'adm.log.server' : 'adm.log.noOne');
    },
    [staff, patient, t],
  );
  return { staff, patient, who, learn };
}

/** Loads the names of the entries on screen. */
export function useLearning(
  learn: (entries: readonly Entry[]) => Promise<void>,
  entries: readonly Entry[] | undefined,
) {
  useEffect(() => {
    if (entries)
      learn(entries).catch(() => {
        /* ids are shown instead */
      });
  }, [learn, entries]);
}
