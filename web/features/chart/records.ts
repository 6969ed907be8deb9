// The parts of resources that a chart looks at.
import type { HumanName } from '../../record/people.ts';
import type { Coding, Concept, Meta, Period, Quantity, Reference } from '../../record/results.ts';

interface Base {
  id?: string;
  meta?: Meta;
}
export interface Extension {
  url?: string;
  valueString?: string;
  valueCode?: string;
  valueCanonical?: string;
  valueInteger?: number;
  valuePositiveInt?: number;
  valueDateTime?: string;
  valueQuantity?: Quantity;
  valueReference?: Reference;
  extension?: Extension[];
}

export interface Patient extends Base {
  name?: HumanName[];
  birthDate?: string;
  gender?: string;
  deceasedBoolean?: boolean;
  deceasedDateTime?: string;
  managingOrganization?: Reference;
}
export interface Practitioner extends Base {
  name?: HumanName[];
}
export interface Condition extends Base {
  resourceType: 'Condition';
  clinicalStatus?: Concept;
  verificationStatus?: Concept;
  category?: Concept[];
  code?: Concept;
  bodySite?: Concept[];
  onsetDateTime?: string;
  recordedDate?: string;
  abatementDateTime?: string;
  subject?: Reference;
}
export interface CareTeam extends Base {
  status?: string;
  name?: string;
  participant?: { member?: Reference; role?: Concept[] }[];
}
export interface Consent extends Base {
  status?: string;
  category?: Concept[];
  dateTime?: string;
  provision?: { type?: string };
}
export interface Flag extends Base {
  status?: string;
  category?: Concept[];
  code?: Concept;
  period?: Period;
  extension?: Extension[];
}
export interface CarePlan extends Base {
  status?: string;
  title?: string;
  category?: Concept[];
  created?: string;
  period?: Period;
  note?: { text?: string }[];
  activity?: { reference?: Reference }[];
}
export interface ServiceRequest extends Base {
  status?: string;
  authoredOn?: string;
  code?: Concept;
  bodySite?: Concept[];
  instantiatesCanonical?: string[];
  extension?: Extension[];
  occurrenceTiming?: { repeat?: { frequency?: number; period?: number; periodUnit?: string; dayOfWeek?: string[] } };
  patientInstruction?: string;
}
export interface Goal extends Base {
  resourceType: 'Goal';
  lifecycleStatus?: string;
  achievementStatus?: Concept;
  description?: Concept;
  subject?: Reference;
  startDate?: string;
  statusDate?: string;
  statusReason?: string;
  target?: GoalTarget[];
}
export interface GoalTarget {
  extension?: Extension[];
  measure?: Concept;
  detailQuantity?: Quantity & { comparator?: string };
  dueDate?: string;
}
export interface Encounter extends Base {
  status?: string;
  class?: Coding;
  type?: Concept[];
  reasonCode?: Concept[];
  period?: Period;
  appointment?: Reference[];
}
export interface QuestionnaireResponse extends Base {
  status?: string;
  questionnaire?: string;
  authored?: string;
}
export interface Composition extends Base {
  status?: string;
  title?: string;
  date?: string;
  type?: Concept;
  author?: Reference[];
}
export interface Communication extends Base {
  status?: string;
  category?: Concept[];
  sender?: Reference;
  sent?: string;
  about?: Reference[];
  payload?: { contentString?: string }[];
  extension?: Extension[];
}
export interface ActivityDefinition extends Base {
  url?: string;
  version?: string;
  status?: string;
  relatedArtifact?: { type?: string; document?: { contentType?: string; data?: string } }[];
}

/** The sides that a bodySite names. */
export function sidesIn(sites: readonly Concept[] | undefined): 'left' | 'right' | 'both' | null {
  const codes = (sites ?? [])
    .flatMap(({ coding = [] }) => coding)
    .filter(({ system }) => system === 'http://snomed.info/sct')
    .map(({ code }) => code);
  const [left, right] = [codes.includes('7771000'), codes.includes('24028007')];
  return left && right ? 'both' : left ? 'left' : right ? 'right' : null;
}

/** The one side that a bodySite names. */
export function sideIn(sites: readonly Concept[] | undefined): 'left' | 'right' | undefined {
  const sides = sidesIn(sites);
  return sides === 'both' || sides === null ? undefined : sides;
}

export const extensionOf = (of: { extension?: Extension[] } | undefined, url: string) =>
  of?.extension?.find((one) => one.url === url);
