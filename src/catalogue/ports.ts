import { UNKNOWN } from './facts.ts';
import { anyOf, holds, someOf } from './values.ts';
import type { Truth } from './values.ts';
import type { Read } from './view.ts';

/** What a firewall rule says of ports: `*`, `22`, `1000-2000`; several parted by commas. */
export type Ports = Read<readonly Read<string>[]>;

const HIGHEST = 65_535;
const WEB = [80, 443];
const ADMIN = [22, 3389];

/** True when something besides a public web port is among the ports. */
export function beyondWeb(ports: Ports): Truth {
  return someRange(ports, ({ from, to }) => from !== to || !WEB.includes(from));
}

/** True when SSH or RDP is among the ports. */
export function reachesAdmin(ports: Ports): Truth {
  return someRange(ports, ({ from, to }) => ADMIN.some((port) => from <= port && port <= to));
}

/** True when the ports are all there are. */
export function everyPort(ports: Ports): Truth {
  return someRange(ports, ({ from, to }) => from <= 1 && to === HIGHEST);
}

/** True for what stands for every address: any prefix of length 0, `*`, and the service tags of Azure. */
export function isEveryone(address: string): boolean {
  return /^(?:[\d.:a-f]+\/0|\*|any|internet)$/i.test(address.trim());
}

/** True when every address is among those listed, or the one address is that. */
export function admitsEveryone(list: Read<readonly Read<string>[]>, single?: Read<string>): Truth {
  return anyOf(
    holds(single, isEveryone),
    someOf(list, (address) => holds(address, isEveryone)),
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function someRange(ports: Ports, test: (range: Range) => boolean): Truth {
  return someOf(ports, (text) => holds(text, (known) => rangesTruth(known, test)));
}

/** What cannot be read as a range may be any port. */
function rangesTruth(text: string, test: (range: Range) => boolean): Truth {
  return anyOf(
    ...text.split(',').map((part) => {
      const range = toRange(part.trim());
      return range === undefined ? UNKNOWN : test(range);
    }),
  );
}

function toRange(text: string): Range | undefined {
  if (text === '*') return { from: 0, to: HIGHEST };
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (found === null) return undefined;
  const from = Number(found[1]);
  return { from, to: found[2] === undefined ? from : Number(found[2]) };
}
