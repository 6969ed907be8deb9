// SPDX-License-Identifier: Apache-2.0
/** The resources that are read, checked and searched; all else that they are made of follows from HL7's definitions. */
export const SUPPORTED =
  `ActivityDefinition Appointment AuditEvent Basic Binary Bundle CapabilityStatement CarePlan CareTeam Claim
  Communication Composition Condition Consent DetectedIssue Device DocumentReference Encounter Flag Goal Group Library
  List Media Observation OperationOutcome Organization Parameters Patient PlanDefinition Practitioner PractitionerRole
  Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RiskAssessment Schedule ServiceRequest Slot
  Task`.split(/\s+/);
