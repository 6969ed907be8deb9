// SPDX-License-Identifier: Apache-2.0
// The icons in use, of one set, by their meaning here. Each is beside a text or a label, so readers of screens skip it.
import {
  BookOpen,
  CalendarCheck,
  ChartSpline,
  Check,
  ChevronRight,
  Circle,
  Clock,
  LogOut,
  MessageCircle,
  Moon,
  Play,
  Settings2,
  Square,
  Sun,
  Volume2,
  X,
} from 'lucide-react';

const ICONS = {
  close: X,
  dark: Moon,
  done: Check,
  learn: BookOpen,
  leave: LogOut,
  light: Sun,
  messages: MessageCircle,
  minutes: Clock,
  more: Settings2,
  open: Circle,
  play: Play,
  progress: ChartSpline,
  right: ChevronRight,
  sound: Volume2,
  stop: Square,
  today: CalendarCheck,
};

export type IconName = keyof typeof ICONS;

export const ICON_NAMES = Object.keys(ICONS) as IconName[];

/** Those that point forward or out are mirrored where one reads from right to left; the sign of a player is not. */
const DIRECTED: readonly IconName[] = ['leave', 'right'];

export function Icon({ name }: { name: IconName }) {
  const Drawn = ICONS[name];
  return <Drawn className={DIRECTED.includes(name) ? 'icon directed' : 'icon'} aria-hidden="true" />;
}
