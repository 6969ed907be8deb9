// A programme while a clinician writes it: values, read out of the CarePlan and its ServiceRequests and written back
// into them (docs/reference/programme.md). What the page does not know of a resource stays as it is. Pure.
import type { CarePlan, CarePlanActivity, CodeableConcept, Extension, Quantity, ServiceRequest } from 'fhir/r4';
import { isAssessment } from '../../fhir/assessments.ts';
import { extensionOf, sidesIn } from '../../clinical/chart/records.ts';
import type { CatalogFile } from './catalog.ts';

export const SIDES = ['left', 'right', 'both'] as const;
export type Sides = (typeof SIDES)[number];
export const BEARINGS = ['none', 'partial', 'full'] as const;
export type Bearing = (typeof BEARINGS)[number];

/** How far a joint may go; degrees, or a ratio. */
export interface RangeLimit {
  measure: string;
  side: 'left' | 'right' | null;
  min: number | null;
  max: number | null;
}

/** One exercise as it is prescribed. */
export interface Item {
  /** Id of its ServiceRequest; of a new one a UUID. */
  key: string;
  fresh: boolean;
  /** "urn:reprise:exercise:squat|1". */
  canonical: string;
  exercise: string;
  side: Sides | null;
  sets: number;
  repetitions: number;
  hold: number | null;
  rest: number;
  days: number;
  /** Kilograms. */
  load: number | null;
  /** Of the primary measure, degrees or ratio; null: the exercise's own. */
  ceiling: number | null;
  target: number | null;
  camera: boolean;
  helper: boolean;
  support: string;
  instruction: string;
}

export interface Draft {
  title: string;
  note: string;
  start: string;
  affected: Sides | null;
  bearing: Bearing;
  limits: RangeLimit[];
  painStop: number;
  painRise: number;
  personalBests: boolean;
  /** The template and its phase that it came from. */
  template: { canonical: string; phase: string } | null;
  items: Item[];
}

/** What the record has; nothing of a patient without a programme. */
export interface Base {
  plan: CarePlan | undefined;
  requests: readonly ServiceRequest[];
}

const UNITS = 'http://unitsofmeasure.org';
const SNOMED = 'http://snomed.info/sct';
const SITE = { left: '7771000', right: '24028007' } as const;
export const PREFIX = 'urn:reprise:exercise:';
const URL = {
  dosage: 'urn:reprise:dosage',
  ceiling: 'urn:reprise:max-range',
  target: 'urn:reprise:target',
  support: 'urn:reprise:support',
  camera: 'urn:reprise:camera',
  pain: 'urn:reprise:pain-limits',
  bests: 'urn:reprise:personal-bests',
  side: 'urn:reprise:affected-side',
  bearing: 'urn:reprise:weight-bearing',
  limit: 'urn:reprise:range-limit',
  phase: 'urn:reprise:protocol-phase',
} as const;

export const exerciseOf = (canonical: string) => canonical.slice(PREFIX.length).replace(/\|.*$/, '');
export const canonicalIn = ({ instantiatesCanonical = [] }: ServiceRequest) =>
  instantiatesCanonical.find((one) => one.startsWith(PREFIX));
const truthOf = (extension: Extension | undefined) =>
  (extension as { valueBoolean?: boolean } | undefined)?.valueBoolean;
const daysIn = ({ occurrenceTiming }: ServiceRequest): number | undefined => {
  const repeat = occurrenceTiming?.repeat;
  return repeat?.dayOfWeek?.length ?? (repeat?.periodUnit === 'd' ? 7 : repeat?.frequency);
};

/** `file`: of the exercise; where it is not there, a request keeps what it says itself. */
export function itemOf(request: ServiceRequest, file: CatalogFile | undefined): Item {
  const canonical = canonicalIn(request) ?? '';
  const dosage = extensionOf(request, URL.dosage);
  const support = extensionOf(request, URL.support);
  const part = (name: string) => extensionOf(dosage, name);
  const own = file?.dosage;
  return {
    key: request.id ?? '',
    fresh: false,
    canonical,
    exercise: exerciseOf(canonical),
    side: sidesIn(request.bodySite),
    sets: part('sets')?.valuePositiveInt ?? own?.sets ?? 1,
    repetitions: part('repetitions')?.valuePositiveInt ?? own?.repetitions ?? 1,
    hold: part('hold')?.valueQuantity?.value ?? own?.hold_s ?? null,
    rest: part('rest')?.valueQuantity?.value ?? own?.rest_s ?? 0,
    days: daysIn(request) ?? own?.days_per_week ?? 1,
    load: part('load')?.valueQuantity?.value ?? null,
    ceiling: extensionOf(extensionOf(request, URL.ceiling), 'value')?.valueQuantity?.value ?? null,
    target: extensionOf(extensionOf(request, URL.target), 'value')?.valueQuantity?.value ?? null,
    camera: truthOf(extensionOf(request, URL.camera)) ?? true,
    helper: truthOf(extensionOf(support, 'helper')) ?? false,
    support: extensionOf(support, 'note')?.valueString ?? '',
    instruction: request.patientInstruction ?? '',
  };
}

/** Returns the sides to choose from; empty if the exercise has no sides. */
export const sidesOf = (file: CatalogFile): readonly Sides[] =>
  file.sides.sided ? (file.sides.choices ?? ['left', 'right']) : [];

/** The side of the open problems; null where they name none, or not the same. */
export function problemSide(conditions: readonly { bodySite?: CodeableConcept[] | undefined }[]): Sides | null {
  const sides = new Set(conditions.flatMap(({ bodySite }) => sidesIn(bodySite) ?? []));
  const [one] = sides;
  return sides.size === 1 && one ? one : null;
}

/** Whether an exercise is done by the side that has no problem. */
export const isOtherSide = ({ side }: Item, problem: Sides | null) =>
  (problem === 'left' && side === 'right') || (problem === 'right' && side === 'left');

/**
 * Returns an exercise as its file proposes it. `affected`: the side of a one-sided exercise; null: the clinician has to
 * choose.
 */
export function freshItem(key: string, file: CatalogFile, affected: Sides | null): Item {
  const side = sidesOf(file).find((one) => one === affected) ?? null;
  return {
    key,
    fresh: true,
    canonical: `${PREFIX}${file.id}|${file.version}`,
    exercise: file.id,
    side,
    sets: file.dosage.sets,
    repetitions: file.dosage.repetitions,
    hold: file.dosage.hold_s ?? null,
    rest: file.dosage.rest_s,
    days: file.dosage.days_per_week,
    load: null,
    ceiling: null,
    target: null,
    camera: true,
    helper: false,
    support: '',
    instruction: '',
  };
}

// Single measurements are ordered elsewhere (web/clinician/orders).
const isPrescription = (request: ServiceRequest) =>
  request.status === 'active' && canonicalIn(request) !== undefined && !isAssessment(request);
const idIn = ({ reference }: CarePlanActivity) => reference?.reference?.replace(/^.*ServiceRequest\//, '');

/** Of what the page makes: by what it called it before the record knew it. */
export const MADE = 'urn:reprise:programme';

/** Recognizes sent items whose response was lost, and gives them the id of the record. */
export function recognized(items: readonly Item[], { requests }: Base): Item[] {
  const ids = new Map(
    requests.flatMap(({ id, identifier = [] }) =>
      identifier.flatMap(({ system, value }) => (system === MADE && value && id ? [[value, id] as const] : [])),
    ),
  );
  return items.map((item) => {
    const id = ids.get(item.key);
    return id ? { ...item, key: id, fresh: false } : item;
  });
}

/** The exercises of a plan, in its order. */
export const requestsOf = ({ plan, requests }: Base): ServiceRequest[] =>
  (plan?.activity ?? []).flatMap((activity) =>
    requests.filter((one) => one.id !== undefined && one.id === idIn(activity) && isPrescription(one)),
  );

function limitsIn(plan: CarePlan | undefined): RangeLimit[] {
  return (plan?.extension ?? [])
    .filter(({ url }) => url === URL.limit)
    .map((extension) => ({
      measure: extensionOf(extension, 'measure')?.valueCode ?? '',
      side: (extensionOf(extension, 'side')?.valueCode ?? null) as RangeLimit['side'],
      min: extensionOf(extension, 'min')?.valueQuantity?.value ?? null,
      max: extensionOf(extension, 'max')?.valueQuantity?.value ?? null,
    }));
}

/** `today`, `affected`: the first day and the side of a programme that is none yet. */
export function draftOf(
  base: Base,
  files: ReadonlyMap<string, CatalogFile>,
  today: string,
  affected: Sides | null = null,
): Draft {
  const { plan } = base;
  const code = <T extends string>(url: string, all: readonly T[]) =>
    all.find((one) => one === extensionOf(plan, url)?.valueCode);
  const pain = extensionOf(plan, URL.pain);
  const canonical = plan?.instantiatesCanonical?.find((one) => one.startsWith('urn:reprise:protocol:'));
  const phase = extensionOf(plan, URL.phase)?.valueCode;
  return {
    title: plan?.title ?? '',
    note: plan?.note?.[0]?.text ?? '',
    start: plan?.period?.start?.slice(0, 10) ?? today,
    affected: plan ? (code(URL.side, SIDES) ?? null) : affected,
    bearing: code(URL.bearing, BEARINGS) ?? 'full',
    limits: limitsIn(plan),
    painStop: extensionOf(pain, 'stop')?.valueInteger ?? 5,
    painRise: extensionOf(pain, 'rise')?.valueInteger ?? 2,
    personalBests: truthOf(extensionOf(plan, URL.bests)) ?? true,
    template: canonical && phase ? { canonical, phase } : null,
    items: requestsOf(base).map((request) => itemOf(request, files.get(exerciseOf(canonicalIn(request) ?? '')))),
  };
}

const seconds = (value: number): Quantity => ({ value, unit: 's', system: UNITS, code: 's' });
const amount = (value: number, angle: boolean): Quantity =>
  angle ? { value, unit: 'deg', system: UNITS, code: 'deg' } : { value, unit: '1', system: UNITS, code: '1' };

/** Those of the list that are ours to write come anew, others stay. */
const withExtensions = (
  before: readonly Extension[] | undefined,
  mine: readonly string[],
  next: readonly Extension[],
): { extension?: Extension[] | undefined } => {
  const all = [...(before ?? []).filter(({ url }) => !mine.includes(url ?? '')), ...next];
  return all.length > 0 ? { extension: all } : {};
};

const site = (side: 'left' | 'right'): CodeableConcept => ({
  coding: [{ system: SNOMED, code: SITE[side] }],
  text: side,
});
const ranged = (url: string, measure: string, value: number, angle: boolean): Extension => ({
  url,
  extension: [
    { url: 'measure', valueCode: measure },
    { url: 'value', valueQuantity: amount(value, angle) },
  ],
});

export interface Writing {
  patient: string;
  practitioner: string;
  name: string;
  now: string;
  simulated: boolean;
}

/** The request of an item. `before`: what the record has of it; `name`: the exercise's, in the record's words. */
export function requestOf(
  item: Item,
  before: ServiceRequest | undefined,
  file: CatalogFile,
  { patient, practitioner, now }: Writing,
  isAngle: (measure: string) => boolean,
): ServiceRequest {
  const {
    extension: _,
    bodySite: _site,
    occurrenceTiming,
    patientInstruction: _words,
    ...rest
  } = before ?? {
    resourceType: 'ServiceRequest' as const,
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${patient}` },
  };
  const measure = file.primary.measure;
  const next: Extension[] = [
    {
      url: URL.dosage,
      extension: [
        { url: 'sets', valuePositiveInt: item.sets },
        { url: 'repetitions', valuePositiveInt: item.repetitions },
        ...(item.hold === null ? [] : [{ url: 'hold', valueQuantity: seconds(item.hold) }]),
        { url: 'rest', valueQuantity: seconds(item.rest) },
        ...(item.load === null
          ? []
          : [{ url: 'load', valueQuantity: { value: item.load, unit: 'kg', system: UNITS, code: 'kg' } }]),
      ],
    },
  ];
  if (item.ceiling !== null) next.push(ranged(URL.ceiling, measure, item.ceiling, isAngle(measure)));
  if (item.target !== null) next.push(ranged(URL.target, measure, item.target, isAngle(measure)));
  if (!item.camera) next.push({ url: URL.camera, valueBoolean: false });
  if (item.helper || item.support.trim() !== '') {
    next.push({
      url: URL.support,
      extension: [
        ...(item.helper ? [{ url: 'helper', valueBoolean: true }] : []),
        ...(item.support.trim() === '' ? [] : [{ url: 'note', valueString: item.support.trim() }]),
      ],
    });
  }
  const sides = item.side === 'both' ? (['left', 'right'] as const) : item.side ? [item.side] : [];
  return {
    ...rest,
    ...withExtensions(before?.extension, [URL.dosage, URL.ceiling, URL.target, URL.camera, URL.support], next),
    instantiatesCanonical: [item.canonical],
    code: {
      coding: [{ system: 'urn:reprise:exercise', code: item.exercise }],
      text: file.text.en?.name ?? item.exercise,
    },
    ...(sides.length > 0 && { bodySite: sides.map(site) }),
    occurrenceTiming:
      before && daysIn(before) === item.days && occurrenceTiming
        ? occurrenceTiming
        : { repeat: { frequency: item.days, period: 1, periodUnit: 'wk' } },
    ...(item.instruction.trim() !== '' && { patientInstruction: item.instruction.trim() }),
    authoredOn: now,
    requester: { reference: `Practitioner/${practitioner}` },
  };
}

function limitOf({ measure, side, min, max }: RangeLimit, isAngle: (measure: string) => boolean): Extension {
  return {
    url: URL.limit,
    extension: [
      { url: 'measure', valueCode: measure },
      ...(side ? [{ url: 'side', valueCode: side }] : []),
      ...(min === null ? [] : [{ url: 'min', valueQuantity: amount(min, isAngle(measure)) }]),
      ...(max === null ? [] : [{ url: 'max', valueQuantity: amount(max, isAngle(measure)) }]),
    ],
  };
}

/** The plan of a draft. `references`: of its exercises, in their order. */
export function planOf(
  draft: Draft,
  base: Base,
  references: readonly string[],
  { patient, practitioner, now }: Writing,
  isAngle: (measure: string) => boolean,
): CarePlan {
  const before = base.plan;
  const exercises = new Set(requestsOf(base).map(({ id }) => id));
  // Questionnaires, and whatever else is no exercise of ours.
  const others = (before?.activity ?? []).filter((activity) => !exercises.has(idIn(activity)));
  const {
    extension: _,
    note: _note,
    ...rest
  } = before ?? {
    resourceType: 'CarePlan' as const,
    status: 'active',
    intent: 'plan',
    subject: { reference: `Patient/${patient}` },
    created: now,
    category: [
      { coding: [{ system: 'urn:reprise:care-plan', code: 'exercise-programme' }], text: 'Exercise programme' },
    ],
  };
  const next: Extension[] = [
    {
      url: URL.pain,
      extension: [
        { url: 'stop', valueInteger: draft.painStop },
        { url: 'rise', valueInteger: draft.painRise },
      ],
    },
    ...(draft.personalBests ? [] : [{ url: URL.bests, valueBoolean: false }]),
    ...(draft.affected ? [{ url: URL.side, valueCode: draft.affected }] : []),
    { url: URL.bearing, valueCode: draft.bearing },
    ...draft.limits.map((limit) => limitOf(limit, isAngle)),
    ...(draft.template ? [{ url: URL.phase, valueCode: draft.template.phase }] : []),
  ];
  return {
    ...rest,
    ...withExtensions(before?.extension, [URL.pain, URL.bests, URL.side, URL.bearing, URL.limit, URL.phase], next),
    ...(draft.template && { instantiatesCanonical: [draft.template.canonical] }),
    title: draft.title.trim(),
    period: { ...before?.period, start: draft.start },
    author: { reference: `Practitioner/${practitioner}` },
    activity: [...references.map((reference) => ({ reference: { reference } })), ...others],
    ...(draft.note.trim() !== '' && { note: [{ text: draft.note.trim() }] }),
  };
}
