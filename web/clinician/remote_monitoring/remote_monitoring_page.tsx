// SPDX-License-Identifier: Apache-2.0
import './remote_monitoring.css';
import { useAccount } from '../../data/session.ts';
import type { Place } from './address.ts';
import { DeviceStatusPage } from './device_status.tsx';
import { MonitoringList } from './list.tsx';
import { MonitoredPatient } from './patient.tsx';

/** Shows clinicians all monitored patients, or one; administrators the clinic's device status alone. */
export function RemoteMonitoringPage({ patient }: Place) {
  const { account } = useAccount();
  if (account.role === 'administrator') return <DeviceStatusPage />;
  return patient ? <MonitoredPatient key={patient} id={patient} /> : <MonitoringList />;
}
