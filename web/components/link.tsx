// SPDX-License-Identifier: Apache-2.0
import type { ComponentProps, MouseEvent } from 'react';
import { go } from '../hooks/route.ts';

/**
 * Links to a page of ours without loading the document anew; with a key held, into another window as any link.
 * `current`: the link's page is on screen.
 */
export function Link({ href, current = false, ...others }: ComponentProps<'a'> & { href: string; current?: boolean }) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} aria-current={current ? 'page' : undefined} {...others} />;
}
