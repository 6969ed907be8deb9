import './remote_monitoring.css';
import { useAccount } from '../../data/session.ts';
import { isId, useSearch } from '../../hooks/route.ts';
import { DeviceStatusPage } from './device_status.tsx';
import { MonitoringList } from './list.tsx';
import { MonitoredPatient } from './patient.tsx';

/**
 * Clinicians: all who are monitored, or the patient whom the address names. Administrators: the clinic's device status
 * alone.
 */
export function RemoteMonitoringPage() {
  const { account } = useAccount();
  const search = useSearch();
  const patient = new URLSearchParams(search).get('patient');
  if (account.role === 'administrator') return <DeviceStatusPage />;
  return isId(patient) ? <MonitoredPatient key={patient} id={patient} /> : <MonitoringList />;
}
