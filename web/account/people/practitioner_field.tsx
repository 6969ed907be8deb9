import { NativeSelect } from '@mantine/core';
import { useLoaded } from '../../hooks/act.ts';
import { useProblem } from '../../components/form.tsx';
import { Asked } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { loadPractitioners } from '../../clinical/persons.ts';

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
  const asked = useLoaded(loadPractitioners);
  const problem = useProblem(value === '' && !optional ? t('field.missing') : undefined);
  const label = t('role.clinician');
  return (
    <Asked asked={asked}>
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
    </Asked>
  );
}
