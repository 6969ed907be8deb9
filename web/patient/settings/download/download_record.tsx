// SPDX-License-Identifier: Apache-2.0
import { Button, Progress, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Alert } from '../../../components/alert.tsx';
import { FailureAlert } from '../../../components/failure_alert.tsx';
import { save } from '../../../components/save_file.ts';
import { Section } from '../../../components/section.tsx';
import { codeOf, fhirRead } from '../../../data/api.ts';
import { searchPages } from '../../../data/fhir_search.ts';
import { useAccount } from '../../../data/session.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { Printable } from '../../../paper/printable.tsx';
import { RecordAsPdf } from './record_as_pdf.tsx';
import { patientRecord } from './record_bundle.ts';

/** A resource as text; undefined: it is not there, or not for this account. */
async function readIfThere(address: string): Promise<string | undefined> {
  try {
    return await fhirRead(address);
  } catch (error) {
    if (['not-found', 'not-allowed', 'ended'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

const fileName = (now: Date) => `my-record-${now.toISOString().slice(0, 10)}.fhir.json`;

const recordOf = (person: string, now: Date, onProgress: (share: number) => boolean) =>
  patientRecord(person, `${window.location.origin}/fhir`, now, { searchPages, read: readIfThere, onProgress });

/** Saves the patient's own record as a file, in the format that other systems read. */
export function DownloadRecord() {
  const { t, counted, number } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const [share, setShare] = useState(0);
  const stopped = useRef(false);
  // A page that is left reads no more.
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const {
    mutate,
    isPending,
    error,
    data: made,
  } = useMutation({
    mutationFn: async () => {
      stopped.current = false;
      const now = new Date();
      const record = await recordOf(person, now, (next) => {
        if (!stopped.current) setShare(next);
        return !stopped.current;
      });
      if (!record) return undefined;
      save(fileName(now), 'application/fhir+json', JSON.stringify(record.bundle, undefined, 1));
      return { resources: record.resources, missing: record.missing.length };
    },
  });
  const percent = Math.round(share * 100);
  return (
    <Section title={t('download.title')}>
      <Stack gap="md">
        <p className="note">{t('download.lead')}</p>
        <p className="note">{t('download.care')}</p>
        {isPending && <Progress value={percent} aria-label={t('download.progress', { percent: number(percent) })} />}
        <div role="status">
          {made && <Alert tone="good">{counted('download.done', made.resources)}</Alert>}
          {made && made.missing > 0 && <p className="note">{counted('download.missing', made.missing)}</p>}
        </div>
        <FailureAlert failure={error} />
        <div className="actions">
          <Button variant="default" loading={isPending} onClick={() => mutate()}>
            {t('download.action')}
          </Button>
          {isPending && (
            <Button
              variant="subtle"
              onClick={() => {
                stopped.current = true;
              }}
            >
              {t('cancel')}
            </Button>
          )}
        </div>
        <Printable>
          <RecordAsPdf read={(onProgress) => recordOf(person, new Date(), onProgress)} searchPages={searchPages} />
        </Printable>
      </Stack>
    </Section>
  );
}
