import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../parts/act.ts';
import { FailureAlert } from '../../parts/failure_alert.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/section.tsx';
import { found } from '../../record/found.ts';
import { nameOf } from '../../record/people.ts';
import { useLanguage } from '../../source/language.tsx';
import { useAccount } from '../../source/session.ts';
import { loadAll, lookedOf, NO_FILTER, type Looked } from '../administration/events.ts';
import type { Practitioner } from '../administration/persons.ts';

interface Named extends Looked { name: string | undefined }

async function loadLooked(patient: string): Promise<Named[]> {
  const { entries } = await loadAll({ ...NO_FILTER, patient });
  const looked = lookedOf(entries).filter(({ who }) => who !== `Patient/${patient}`);
  const staff = looked.some(({ entry }) => entry.practitioner) ? await found<Practitioner>('Practitioner', '?_count=1000&_elements=name') : [];
  return looked.map((one) => {
    const person = staff.find(({ id }) => id === one.entry.practitioner);
    return { ...one, name: one.entry.practitioner && ((person && nameOf(person)) ?? one.entry.practitioner) };
  });
}

/** Who has looked at the patient's own record, or changed it, by the audit log. Asked for only when somebody wants to know. */
export function WhoLooked() {
  const { t, counted, moment } = useLanguage();
  const { account: { person = '' } } = useAccount();
  const { busy, failure, act } = useAct();
  const [looked, setLooked] = useState<Named[]>();
  const look = () => act(async () => setLooked(await loadLooked(person)));
  const words = ({ name, entry }: Named) => name ?? t(entry.server ? 'adm.log.server' : entry.account ? 'looked.office' : 'adm.log.nobody');
  return (
    <Section title={t('looked.title')}>
      <p className="note">{t('looked.lead')}</p>
      <FailureAlert failure={failure} />
      {looked?.length === 0 && <p className="none">{t('looked.none')}</p>}
      <ul className="rows">
        {looked?.map((one) => (
          <li key={one.who} className="row"><span><strong>{words(one)}</strong> {one.glass && <Mark tone="bad">{t('adm.log.glass')}</Mark>}</span>
            <span className="small">{counted('looked.times', one.times)} · {t('looked.last', { when: moment(one.last) })}</span></li>
        ))}
      </ul>
      {!looked && <Button variant="default" mt="sm" loading={busy} onClick={() => { void look(); }}>{t('looked.show')}</Button>}
    </Section>
  );
}
