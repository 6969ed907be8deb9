// How the server is, as it tells administrators.
import type { Head } from './verification.tsx';
import { DAY_MS } from '../fhir/durations.ts';

export interface Backup {
  at: string;
  file: string;
  bytes: number;
}

export interface State {
  version: string;
  startedAt: string;
  people: { all: number; withoutSecondFactor: number; withoutPassword: number; invited: number };
  /** `forwarding`: null where no other system is named. */
  log: {
    entries: number;
    head: Head | null;
    forwarding: { sequence: number; failingSince?: string; why?: string } | null;
  };
  backup: {
    database: 'sqlite' | 'postgresql';
    folder: string;
    warnDays: number;
    last: Backup | null;
    overdue: boolean;
  };
  mail: { server: boolean; waiting: number; tried: number; oldestAt?: string };
  certificate: { own: boolean; until?: string; problem?: string } | null;
  disk: { free: number; all: number } | null;
}

const GIGABYTE = 2 ** 30;
const LEAST_FREE = GIGABYTE;
const CERTIFICATE_MS = 14 * DAY_MS;

export const gigabytes = (bytes: number) => bytes / GIGABYTE;

/** Little room, by a share of the disk or in all. */
export const isFull = ({ free, all }: { free: number; all: number }) => free < LEAST_FREE || free < all / 20;

/** A certificate of our own is renewed by itself. */
export const endsSoon = (certificate: NonNullable<State['certificate']>, now: number) =>
  certificate.problem !== undefined ||
  (!certificate.own && certificate.until !== undefined && Date.parse(certificate.until) - now < CERTIFICATE_MS);
