import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { go } from '../hooks/route.ts';

/** To a page of ours, without loading it anew; with a key held, into another window as any link. */
export function follow(address: string) {
  return (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(address);
  };
}

export function Link({ href, ...others }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return <a href={href} onClick={follow(href)} {...others} />;
}
