// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import type { Clinic } from '../fhir/clinic.ts';
import { useLanguage } from '../translations/language.tsx';

/** Whom to call: only numbers that the clinic has set. */
export function Numbers({ clinic, emergencyNumber }: Clinic) {
  const { t } = useLanguage();
  return (
    <Stack gap="sm">
      {emergencyNumber ? (
        <Button component="a" href={`tel:${emergencyNumber}`} size="lg" color="red.9">
          {t('call.emergency', { number: emergencyNumber })}
        </Button>
      ) : (
        <p>
          <strong>{t('call.emergencyUnknown')}</strong>
        </p>
      )}
      {clinic.phone ? (
        <Button component="a" href={`tel:${clinic.phone}`} size="lg" variant="default">
          {t('call.clinic', { name: clinic.name ?? t('call.yourClinic'), number: clinic.phone })}
        </Button>
      ) : (
        <p>{t('call.clinicUnknown')}</p>
      )}
    </Stack>
  );
}
