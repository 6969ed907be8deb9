// The programme as the record has it, and as this device keeps it for when there is no network.
import { RepriseError, type Programme, type Reprise } from 'reprise-engine';
import type { Questionnaire } from '../parts/questionnaire.tsx';
import { askRecord, Failure } from '../source/api.ts';
import { engine } from '../source/engine.ts';
import { askedOrKept, kept, type Known } from './asked_or_kept.ts';
import { consentsNow } from './consents.ts';

/** What is asked around the exercises. */
const ASKED = ['red-flags', 'before-exercise', 'after-exercise', 'next-morning'] as const;
export type AskedName = (typeof ASKED)[number];
const questionnaireUrl = (name: AskedName) => `urn:reprise:questionnaire:${name}`;
export type Questionnaires = Readonly<Record<AskedName, Questionnaire>>;

export interface Loaded {
  /** Nothing: the clinic has sent none. */
  programme: Programme | undefined;
  questionnaires: Questionnaires;
  /** When the record was asked, and why it was not asked now. */
  at: string;
  failure?: Failure;
}

interface Entry { resource?: { resourceType?: string; instantiatesCanonical?: string[] } }

/** Throws where the record lacks one: without its questions nobody exercises. */
function questionnairesIn(bundles: readonly string[]): Questionnaires {
  const found = bundles.flatMap((bundle) => (JSON.parse(bundle) as { entry?: { resource?: Questionnaire }[] }).entry ?? [])
    .flatMap(({ resource }) => (resource?.resourceType === 'Questionnaire' ? [resource] : []));
  return Object.fromEntries(ASKED.map((name) => {
    // The newest of a clinic's versions.
    const one = found.filter(({ url }) => url === questionnaireUrl(name)).sort((a, b) => Number(b.version ?? 0) - Number(a.version ?? 0))[0];
    if (!one) throw new Failure('not-found');
    return [name, one];
  })) as unknown as Questionnaires;
}

/** Addresses of the exercises that are asked for in the bundle. */
function canonicals(bundle: string): string[] {
  const { entry = [] } = JSON.parse(bundle) as { entry?: Entry[] };
  const urls = entry.flatMap(({ resource }) => (resource?.resourceType === 'ServiceRequest' ? resource.instantiatesCanonical ?? [] : []));
  return [...new Set(urls.map((url) => url.replace(/\|.*$/, '')))];
}

async function fetched(patient: string): Promise<string[]> {
  const [plans, ...others] = await Promise.all([
    askRecord(`CarePlan?subject=Patient/${patient}&status=active&category=urn:reprise:care-plan%7Cexercise-programme&_include=CarePlan:activity-reference:ServiceRequest`),
    askRecord(`Patient?_id=${patient}&_include=Patient:organization:Organization`),
    askRecord(`Consent?patient=${patient}&status=active&_sort=-date`),
    askRecord(`Questionnaire?url=${ASKED.map((name) => encodeURIComponent(questionnaireUrl(name))).join(',')}`),
  ]);
  const urls = canonicals(plans);
  const exercises = urls.length === 0 ? [] : [await askRecord(`ActivityDefinition?url=${urls.map(encodeURIComponent).join(',')}&_count=100`)];
  return [plans, ...others, ...exercises];
}

function read(reprise: Reprise, bundles: readonly string[]): Programme | undefined {
  try {
    return reprise.programme(bundles);
  } catch (error) {
    if (error instanceof RepriseError && error.code === 'not_found') return undefined;
    throw error;
  }
}

const key = (account: string) => `programme ${account}`;

async function loaded(account: string, { value: bundles, ...when }: Known<string[]>): Promise<Loaded> {
  const programme = read(await engine(), bundles);
  if (programme) programme.consents = await consentsNow(account, programme.consents, when.at);
  return { programme, questionnaires: questionnairesIn(bundles), ...when };
}

/** From the record; without a network as it was kept. Throws a Failure where there is neither. */
export const loadProgramme = async (account: string, patient: string) => loaded(account, await askedOrKept(key(account), () => fetched(patient)));

/** As it was kept, for showing it until the record has answered. */
export async function keptProgramme(account: string): Promise<Loaded | undefined> {
  const known = await kept<string[]>(key(account));
  return known && loaded(account, known);
}
