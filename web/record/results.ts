// Results of exercising as the record has them: Procedures (a set each) and Observations (docs/programme.md). What the
// patient's pages and the clinician's have in common. Pure.

export interface Coding {
  system?: string;
  code?: string;
  display?: string;
}
export interface Concept {
  coding?: Coding[];
  text?: string;
}
export interface Quantity {
  value?: number;
  unit?: string;
  code?: string;
  system?: string;
}
export interface Reference {
  reference?: string;
  display?: string;
}
export interface Period {
  start?: string;
  end?: string;
}
export interface Meta {
  versionId?: string;
  lastUpdated?: string;
  tag?: Coding[];
}

export interface Procedure {
  resourceType: 'Procedure';
  id: string;
  meta?: Meta;
  status?: string;
  statusReason?: Concept;
  instantiatesCanonical?: string[];
  basedOn?: Reference[];
  code?: Concept;
  bodySite?: Concept[];
  performedPeriod?: Period;
  note?: { text?: string; authorReference?: Reference }[];
}

export interface Component {
  code?: Concept;
  valueQuantity?: Quantity;
  valueInteger?: number;
  valueCodeableConcept?: Concept;
}

export interface Observation {
  resourceType: 'Observation';
  id?: string;
  meta?: Meta;
  status?: string;
  code?: Concept;
  bodySite?: Concept;
  effectiveDateTime?: string;
  effectivePeriod?: Period;
  partOf?: Reference[];
  derivedFrom?: Reference[];
  method?: Concept;
  valueQuantity?: Quantity;
  valueInteger?: number;
  component?: Component[];
}

export interface Range {
  /** The end that is farther from rest. */
  value: number;
  uncertainty: number;
  unit: 'degree' | 'ratio';
  /** Farther is a larger value. */
  rising: boolean;
  /** No ceiling is set. */
  best: boolean;
}

export const OBSERVATION = 'urn:reprise:observation';
const EXERCISE = 'urn:reprise:exercise:';

export const codeOf = (concept: Concept | undefined, system: string) =>
  concept?.coding?.find((coding) => coding.system === system)?.code;
export const codeIn = (concept: Concept | undefined) => codeOf(concept, OBSERVATION);

/** The exercise's id in the catalogue. */
export const exerciseIn = ({ instantiatesCanonical }: { instantiatesCanonical?: string[] }) =>
  instantiatesCanonical
    ?.find((url) => url.startsWith(EXERCISE))
    ?.slice(EXERCISE.length)
    .replace(/\|.*$/, '');

export const partIn = ({ component }: { component?: Component[] }, name: string) =>
  component?.find(({ code }) => codeIn(code) === name);

/** Nothing where one of its three numbers is missing. */
export function rangeIn(observation: Observation, best: boolean): Range | undefined {
  const part = (name: string) => partIn(observation, name)?.valueQuantity?.value;
  const { valueQuantity } = observation;
  const [value, from, uncertainty] = [valueQuantity?.value, part('from'), part('uncertainty')];
  if (value === undefined || from === undefined || uncertainty === undefined) return undefined;
  return { value, uncertainty, unit: valueQuantity?.code === 'deg' ? 'degree' : 'ratio', rising: value >= from, best };
}

const two = (number: number) => String(number).padStart(2, '0');

/** YYYY-MM-DD by the clock of who looks. */
export const dayOf = (moment: Date) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
