// SPDX-License-Identifier: Apache-2.0
import { Component, type ReactNode } from 'react';
import { failureOf, type Failure } from '../data/api.ts';
import { FailureAlert } from './failure_alert.tsx';

/** Where a page breaks, the frame around it stays, and the page can be tried again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failure?: Failure }> {
  override state: { failure?: Failure } = {};

  static getDerivedStateFromError(error: unknown) {
    return { failure: failureOf(error) };
  }

  override render() {
    if (!this.state.failure) return this.props.children;
    return <FailureAlert failure={this.state.failure} retry={() => window.location.reload()} />;
  }
}
