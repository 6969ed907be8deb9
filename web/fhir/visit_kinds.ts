// SPDX-License-Identifier: Apache-2.0
// The kinds of an appointment (docs/clinician/calendar.md).

export const VISIT = 'urn:reprise:visit';
export const VISIT_KINDS = ['in-person', 'video', 'telephone'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];
