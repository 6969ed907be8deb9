// SPDX-License-Identifier: Apache-2.0
// The state of the server, as administrators see it.
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
  /** `forwarding`: null if no other system is set up. */
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

/** Checks if the free space is low, absolutely or relative to the disk. */
export const isFull = ({ free, all }: { free: number; all: number }) => free < LEAST_FREE || free < all / 20;

/** Checks if a certificate is invalid or expires soon. The server renews its own one by itself. */
export const endsSoon = (certificate: NonNullable<State['certificate']>, now: number) =>
  certificate.problem !== undefined ||
  (!certificate.own && certificate.until !== undefined && Date.parse(certificate.until) - now < CERTIFICATE_MS);
