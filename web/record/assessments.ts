// A movement that is to be measured once, by a ServiceRequest of the category `urn:reprise:order|assessment`:
// docs/programme.md. Pure.
import { codeOf, type Concept } from './results.ts';

const ORDER = 'urn:reprise:order';
export const ASSESSMENT: Concept = { coding: [{ system: ORDER, code: 'assessment' }] };

export const isAssessment = ({ category }: { category?: Concept[] }) =>
  category?.some((one) => codeOf(one, ORDER) === 'assessment') ?? false;

interface Request {
  resourceType?: string;
  id?: string;
  status?: string;
  category?: Concept[];
}
interface Done {
  basedOn?: { reference?: string }[];
}

/** Ids of those that a programme's Bundle asks for. */
export const assessmentsIn = (plans: string): string[] =>
  ((JSON.parse(plans) as { entry?: { resource?: Request }[] }).entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === 'ServiceRequest' && resource.id && resource.status === 'active' && isAssessment(resource)
      ? [resource.id]
      : [],
  );

/** The Bundle, in which what was done once is no longer active. */
export function withoutDone(plans: string, done: readonly Done[]): string {
  const over = new Set(done.flatMap(({ basedOn = [] }) => basedOn.map(({ reference }) => reference)));
  const bundle = JSON.parse(plans) as { entry?: { resource?: Request }[] };
  const entry = (bundle.entry ?? []).map((one) => {
    const { resource } = one;
    const ended =
      resource?.resourceType === 'ServiceRequest' &&
      isAssessment(resource) &&
      over.has(`ServiceRequest/${resource.id ?? ''}`);
    return ended ? { ...one, resource: { ...resource, status: 'completed' } } : one;
  });
  return JSON.stringify({ ...bundle, entry });
}
