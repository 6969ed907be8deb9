// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProblem } from '../../components/form.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { loadPractitioners } from '../../clinical/persons.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

/** One of the record's clinicians, by name. */
export function PractitionerField({
  value,
  onValue,
  optional,
}: {
  value: string;
  onValue: (id: string) => void;
  optional: boolean;
}) {
  const { t } = useLanguage();
  const query = useQuery({ queryKey: queryKeys.practitioners(), queryFn: loadPractitioners });
  const problem = useProblem(value === '' && !optional ? t('field.missing') : undefined);
  const label = t('role.clinician');
  return (
    <QueryBoundary query={query}>
      {(all) => (
        <NativeSelect
          label={optional ? t('field.optional', { label }) : label}
          description={t('person.practitioner.what')}
          value={value}
          error={problem}
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
          data={[{ value: '', label: '' }, ...all.map((one) => ({ value: one.id, label: one.name }))]}
        />
      )}
    </QueryBoundary>
  );
}
