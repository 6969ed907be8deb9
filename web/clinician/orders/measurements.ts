// SPDX-License-Identifier: Apache-2.0
// Movements that are measured once more by a day, as a ServiceRequest of the programme: docs/reference/programme.md.
// Pure.
import type { CarePlan, Extension, ServiceRequest } from 'fhir/r4';
import { exerciseIn } from '../../fhir/results.ts';
import { sideIn } from '../../clinical/chart/records.ts';
import type { RangeSeries, SetDone, Point, Side } from '../../clinical/chart/series.ts';
import { ASSESSMENT, isAssessment } from '../../fhir/assessments.ts';

const BY = 'urn:reprise:answer-by';
const DOSAGE = 'urn:reprise:dosage';

export interface Measurement {
  request: ServiceRequest & { id: string };
  exercise: string;
  name: string | undefined;
  side: Side | undefined;
  state: 'due' | 'overdue' | 'done' | 'withdrawn';
  by: string | undefined;
  /** The set, and what it measured. */
  done: SetDone | undefined;
  value: { series: RangeSeries; point: Point } | undefined;
}

const byOf = ({ extension }: { extension?: Extension[] | undefined }) =>
  (extension?.find(({ url }) => url === BY) as { valueDate?: string } | undefined)?.valueDate;

/** The open ones first. */
export function measurementsOf(
  requests: readonly ServiceRequest[],
  sets: readonly SetDone[],
  ranges: readonly RangeSeries[],
  today: string,
): Measurement[] {
  return requests
    .filter(isAssessment)
    .flatMap((request): Measurement[] => {
      const { id } = request;
      const exercise = exerciseIn(request);
      if (!id || !exercise) return [];
      const done = sets.findLast((set) => set.request === id && set.complete && !set.ahead);
      const value = ranges.flatMap((series) =>
        series.points.filter(({ set }) => done !== undefined && set === done.id).map((point) => ({ series, point })),
      )[0];
      const by = byOf(request);
      const state = done
        ? 'done'
        : request.status !== 'active'
          ? 'withdrawn'
          : by !== undefined && today > by
            ? 'overdue'
            : 'due';
      return [
        {
          request: { ...request, id },
          exercise,
          name: request.code?.text,
          side: sideIn(request.bodySite),
          state,
          by,
          done,
          value,
        },
      ];
    })
    .sort(
      (a, b) =>
        Number(a.state === 'done' || a.state === 'withdrawn') - Number(b.state === 'done' || b.state === 'withdrawn'),
    );
}

export interface Wanted {
  id: string;
  practitioner: string;
  by: string | undefined;
  reason: string;
  /** As FHIR writes times. */
  authored: string;
}

/**
 * Returns an order for one set of an exercise of the programme. Side, ceiling, target and support stay, which keep the
 * patient safe.
 */
export function measurementOf(
  source: ServiceRequest,
  { id, practitioner, by, reason, authored }: Wanted,
): ServiceRequest {
  const { id: _id, meta, identifier: _identifier, text: _text, ...kept } = source;
  const others = (source.extension ?? []).filter(({ url }) => url !== DOSAGE && url !== BY);
  const dosage =
    (source.extension ?? []).find(({ url }) => url === DOSAGE)?.extension?.filter(({ url }) => url !== 'sets') ?? [];
  const tag = meta?.tag;
  // What the patient is told about the exercise holds for this set, too.
  const words = [reason.trim(), source.patientInstruction ?? ''].filter((one) => one !== '').join('\n');
  return {
    ...kept,
    id,
    ...(tag && { meta: { tag } }),
    status: 'active',
    intent: 'order',
    category: [ASSESSMENT],
    extension: [
      { url: DOSAGE, extension: [{ url: 'sets', valuePositiveInt: 1 }, ...dosage] },
      ...others,
      ...(by ? [{ url: BY, valueDate: by }] : []),
    ],
    requester: { reference: `Practitioner/${practitioner}` },
    authoredOn: authored,
    occurrenceTiming: { repeat: { frequency: 1, period: 1, periodUnit: 'wk' } },
    ...(words && { patientInstruction: words }),
  };
}

export const withRequest = (plan: CarePlan, id: string): CarePlan => ({
  ...plan,
  activity: [...(plan.activity ?? []), { reference: { reference: `ServiceRequest/${id}` } }],
});
