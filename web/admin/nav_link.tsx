import type { ReactNode } from 'react';
import { go } from '../hooks/route.ts';

/** A way to another place of these pages. */
export function NavLink({ address, here = false, children }: { address: string; here?: boolean; children: ReactNode }) {
  return (
    <a
      href={address}
      aria-current={here ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(address);
      }}
    >
      {children}
    </a>
  );
}
