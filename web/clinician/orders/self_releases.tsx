// SPDX-License-Identifier: Apache-2.0
// What a clinician releases for the patient's self-assessment: each by itself, after having seen it done safely.
import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Practitioner, ServiceRequest } from 'fhir/r4';
import { useState } from 'react';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Badge } from '../../components/badge.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Form, useProblem } from '../../components/form.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Section } from '../../components/section.tsx';
import { fhirRead } from '../../data/api.ts';
import { reload } from '../../data/query_client.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { change, create } from '../../data/write.ts';
import { localTime } from '../../fhir/local_time.ts';
import { isSimulated } from '../../fhir/people.ts';
import { resourcesIn } from '../../fhir/resources.ts';
import {
  newRelease,
  POSITIONS,
  releasesIn,
  releasesOf,
  type Position,
  type Release,
} from '../../fhir/self_releases.ts';
import { useLanguage } from '../../translations/language.tsx';

async function load(patient: string): Promise<Release[]> {
  const found = await fhirRead(`${releasesOf(patient)}&_include=ServiceRequest:requester:Practitioner`);
  const requests = resourcesIn<ServiceRequest>([found], 'ServiceRequest');
  return releasesIn(requests, resourcesIn<Practitioner>([found], 'Practitioner'));
}

/** Never preset: the clinician has seen it, or does not release it. */
function Seen({ position, seen, onSeen }: { position: Position; seen: boolean; onSeen: (seen: boolean) => void }) {
  const { t } = useLanguage();
  const error = useProblem(seen ? undefined : t('orders.self.confirm'));
  return (
    <Checkbox
      size="md"
      label={t(`orders.self.seen.${position}`)}
      checked={seen}
      error={error}
      aria-invalid={error !== undefined || undefined}
      onChange={(event) => onSeen(event.currentTarget.checked)}
    />
  );
}

function ReleaseDialog({
  position,
  onClose,
  onRelease,
}: {
  position: Position;
  onClose: () => void;
  onRelease: () => Promise<void>;
}) {
  const { t } = useLanguage();
  const [seen, setSeen] = useState(false);
  return (
    <Dialog title={t('orders.self.release.of', { what: t(`orders.self.${position}`) })} onClose={onClose}>
      <Form submit={t('orders.self.release')} onSubmit={onRelease}>
        <p>{t('orders.self.alone')}</p>
        <Seen position={position} seen={seen} onSeen={setSeen} />
      </Form>
    </Dialog>
  );
}

function Row({
  position,
  releases,
  busy,
  onRelease,
  onWithdraw,
}: {
  position: Position;
  releases: readonly Release[];
  busy: boolean;
  onRelease: () => void;
  onWithdraw: () => void;
}) {
  const { t, moment } = useLanguage();
  const [first] = releases;
  const what = t(`orders.self.${position}`);
  return (
    <li className="row">
      <div>
        <strong>{what}</strong>{' '}
        <Badge tone={first ? 'careful' : 'plain'}>
          {t(first ? 'orders.self.released' : 'orders.self.notReleased')}
        </Badge>
        {first?.at && (
          <p className="small">
            {t('orders.self.by', { name: first.by ?? t('orders.self.unknown'), when: moment(first.at) })}
          </p>
        )}
        <p className="small">{t(`orders.self.what.${position}`)}</p>
      </div>
      <Button
        size="xs"
        variant="default"
        disabled={busy}
        onClick={first ? onWithdraw : onRelease}
        aria-label={t(first ? 'orders.self.withdraw.of' : 'orders.self.release.of', { what })}
      >
        {first ? t('orders.self.withdraw') : `${t('orders.self.release')}…`}
      </Button>
    </li>
  );
}

export function SelfReleases({ chart, undo }: { chart: Chart; undo: Undo }) {
  const { t } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const { patient: resource } = chart.standing;
  const patient = resource.id ?? '';
  const key = queryKeys.selfReleases(patient);
  const query = useQuery({ queryKey: key, queryFn: () => load(patient) });
  const [asking, setAsking] = useState<Position>();
  const release = async (position: Position) => {
    const uuid = crypto.randomUUID();
    const made = newRelease(position, { patient, practitioner: person, authored: localTime(new Date()) });
    await create(made, isSimulated(resource), uuid);
    undo.offer(t('orders.self.done', { what: t(`orders.self.${position}`) }), () =>
      undo.takeBack('ServiceRequest', uuid, { status: 'entered-in-error' }),
    );
    setAsking(undefined);
    await reload(key);
  };
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (releases: readonly Release[]) => {
      for (const { request } of releases) await change({ ...request, status: 'revoked' as const });
    },
    onSuccess: async (_, releases) => {
      const what = releases.map(({ position }) => t(`orders.self.${position}`))[0] ?? '';
      undo.offer(t('orders.self.withdrawn', { what }), async () => {
        for (const { request } of releases) await undo.restore(request);
      });
      await reload(key);
    },
  });
  return (
    <Section title={t('orders.self.title')}>
      <FailureAlert failure={error} />
      <QueryBoundary query={query} keepsData>
        {(all) => (
          <ul className="rows">
            {POSITIONS.map((position) => {
              const own = all.filter((one) => one.position === position);
              return (
                <Row
                  key={position}
                  position={position}
                  releases={own}
                  busy={isPending}
                  onRelease={() => setAsking(position)}
                  onWithdraw={() => mutate(own)}
                />
              );
            })}
          </ul>
        )}
      </QueryBoundary>
      {asking && (
        <ReleaseDialog position={asking} onClose={() => setAsking(undefined)} onRelease={() => release(asking)} />
      )}
      <p className="note">{t('orders.self.lead')}</p>
    </Section>
  );
}
