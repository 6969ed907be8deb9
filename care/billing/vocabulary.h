// SPDX-License-Identifier: Apache-2.0
#pragma once

// Names of this module's own in the record: docs/clinician/remote-monitoring.md.
namespace reprise::care::billing {

/// Codes: set-up, management, interaction; musculoskeletal, respiratory, cognitive-behavioural; phone, video,
/// in-person; physiologic-monitoring, monitored-elsewhere.
inline constexpr const char* kMonitoring = "urn:reprise:remote-monitoring";
inline constexpr const char* kMonitoringPlan = "remote-monitoring";  // of urn:reprise:care-plan
inline constexpr const char* kOtherPlan = "other-monitoring";        // of urn:reprise:care-plan
inline constexpr const char* kDeviceStatus = "urn:reprise:device-status";
inline constexpr const char* kBillingRow = "urn:reprise:billing-row";
inline constexpr const char* kCpt = "http://www.ama-assn.org/go/cpt";

}  // namespace reprise::care::billing
