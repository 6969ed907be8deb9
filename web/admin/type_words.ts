// SPDX-License-Identifier: Apache-2.0
import { useLanguage, type Key } from '../translations/language.tsx';

const TYPES = [
  'ActivityDefinition',
  'Appointment',
  'AuditEvent',
  'Binary',
  'CarePlan',
  'CareTeam',
  'Claim',
  'Communication',
  'Composition',
  'Condition',
  'Consent',
  'DocumentReference',
  'Encounter',
  'Flag',
  'Goal',
  'Library',
  'Media',
  'Observation',
  'Organization',
  'Patient',
  'PlanDefinition',
  'Practitioner',
  'Procedure',
  'Questionnaire',
  'QuestionnaireResponse',
  'Schedule',
  'ServiceRequest',
  'Slot',
  'Task',
] as const;

/** Returns the name of a resource type; FHIR's own name for rare types. */
export function useTypeWords() {
  const { t } = useLanguage();
  return (type: string) => {
    const known = TYPES.find((one) => one === type);
    return known ? t(`adm.type.${known}` satisfies Key) : type;
  };
}
