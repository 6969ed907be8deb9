// SPDX-License-Identifier: Apache-2.0
// Video visits in the record: an Appointment of type `urn:reprise:visit|video` (docs/clinician/video-visits.md).
import type { Appointment, HumanName } from 'fhir/r4';
import { searchAll } from '../../data/fhir_search.ts';
import { nameOf, whoIs, type PatientNamed, type Who } from '../../fhir/people.ts';
import type { Stored } from '../../fhir/resources.ts';
import { create } from '../../data/write.ts';
import { fhirRead, askVisit, Failure } from '../../data/api.ts';
import type { Other } from './signaling.ts';

export interface Visit {
  side: 'patient' | 'clinician';
  patient: string;
  practitioners: string[];
  start: string;
  opens: string;
  closes: string;
  state: 'early' | 'open' | 'over';
  consent: boolean | null;
  /** Whether the clinic has a relay. */
  relay: boolean;
  other: Other | null;
}

const MINUTE_MS = 60_000;
const OPENS_BEFORE_MS = 15 * MINUTE_MS;
const CLOSES_AFTER_MS = 60 * MINUTE_MS;
/** The length of a visit that a clinician starts at once. */
const AD_HOC_MS = 30 * MINUTE_MS;
const TAKES_PLACE = 'booked,arrived,checked-in,fulfilled';

export const loadVisit = (id: string) => askVisit<Visit>('GET', id);

/** Loads the name of a clinician; undefined if there is none. */
export const loadClinician = async (id: string): Promise<string | undefined> =>
  nameOf(JSON.parse(await fhirRead(`Practitioner/${id}`)) as { name?: HumanName[] | undefined });

export const loadPatient = async (id: string): Promise<Who> =>
  whoIs(JSON.parse(await fhirRead(`Patient/${id}`)) as PatientNamed);

/** Checks if a visit is open, by the same rule as the server. */
export const isOpen = ({ start, end }: Appointment, now = Date.now()) =>
  now > Date.parse(start ?? '') - OPENS_BEFORE_MS && now < Date.parse(end ?? '') + CLOSES_AFTER_MS;

/** Returns the patient's video visits that are open now, the newest first. */
export async function openVisits(patient: string): Promise<Stored<Appointment>[]> {
  const from = new Date(Date.now() - 24 * 60 * MINUTE_MS).toISOString();
  const all = await searchAll<Appointment>(
    'Appointment',
    `?patient=Patient/${patient}&status=${TAKES_PLACE}&appointment-type=urn:reprise:visit%7Cvideo&date=ge${from}`,
  );
  return all.filter((one) => isOpen(one)).sort((a, b) => Date.parse(b.start ?? '') - Date.parse(a.start ?? ''));
}

const takesPart = ({ participant = [] }: Appointment, reference: string) =>
  participant.some(({ actor }) => actor?.reference === reference);

/** Returns the id of the clinician's open visit with the patient; creates one if there is none. */
export async function startVisit(patient: string, practitioner: string, simulated: boolean): Promise<string> {
  const mine = (await openVisits(patient)).find((one) => takesPart(one, `Practitioner/${practitioner}`));
  if (mine) return mine.id;
  const uuid = crypto.randomUUID();
  const start = new Date();
  const participant = (actor: string) => ({ actor: { reference: actor }, required: 'required', status: 'accepted' });
  const appointment = {
    resourceType: 'Appointment',
    status: 'booked',
    appointmentType: { coding: [{ system: 'urn:reprise:visit', code: 'video' }], text: 'Video visit' },
    start: start.toISOString(),
    end: new Date(start.getTime() + AD_HOC_MS).toISOString(),
    participant: [participant(`Patient/${patient}`), participant(`Practitioner/${practitioner}`)],
  };
  await create(appointment, simulated, uuid);
  const [made] = await searchAll<Appointment>('Appointment', `?identifier=urn:ietf:rfc:3986%7Curn:uuid:${uuid}`);
  if (!made) throw new Failure('unexpected');
  return made.id;
}
