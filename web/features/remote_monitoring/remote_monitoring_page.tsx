import './remote_monitoring.css';
import { useSyncExternalStore } from 'react';
import { useAccount } from '../../source/session.ts';
import { DeviceStatusPage } from './device_status.tsx';
import { MonitoringList } from './list.tsx';
import { MonitoredPatient } from './patient.tsx';

const subscribe = (listener: () => void) => {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
};

/** Clinicians: all who are monitored, or the patient whom the address names. Administrators: the clinic's device status alone. */
export function RemoteMonitoringPage() {
  const { account } = useAccount();
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const patient = new URLSearchParams(search).get('patient');
  if (account.role === 'administrator') return <DeviceStatusPage />;
  return patient !== null && /^[A-Za-z0-9.-]{1,64}$/.test(patient) ? <MonitoredPatient key={patient} id={patient} /> : <MonitoringList />;
}
