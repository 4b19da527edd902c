import type { Readable } from 'node:stream';

import type { Config } from '../config/schema.ts';
import type { UnderWay } from '../redact/under-way.ts';
import type { ExitCode } from '../report/exit-code.ts';

/** Where a command reads and writes. Commands never touch the process; tests hand them their own. */
export interface Io {
  /** Results: what another program may read. */
  readonly stdout: TextSink;
  /** Everything said on the way: progress, warnings, errors. */
  readonly stderr: TextSink;
  readonly stdin: Readable;
  readonly cwd: string;
  /** True when stdout is a terminal that wants colour (NO_COLOR and FORCE_COLOR obeyed). */
  readonly colour: boolean;
  /** True when stderr is a terminal: only then a command shows moving progress. */
  readonly interactive: boolean;
  readonly columns: number;
  /** The folders that commands are looked up in, as in PATH. */
  readonly searchPath: readonly string[];
  /** Where SDKs of clouds look for credentials. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A bearer token for a running gate, from PORTCULLIS_TOKEN. */
  readonly token: string | undefined;
  /** Reads the configuration: the file named, or portcullis.yaml where there is one, and the environment. */
  readonly loadConfig: (file: string | undefined) => Config;
  /** Takes Ctrl-C and its like upon itself until it is released, so that a command can clean up. */
  readonly watchInterrupt: () => Interrupt;
  /** Knows the secrets of what is being judged, so that last words hold none; absent where nobody catches those. */
  readonly underWay?: UnderWay;
  readonly setExitCode: (code: ExitCode) => void;
}

export interface Interrupt {
  readonly came: Promise<void>;
  readonly release: () => void;
}

export interface TextSink {
  /** False when whoever reads is slower than this; it is told when more is welcome, where the sink can tell. */
  readonly write: (text: string) => unknown;
  /** True when nobody reads any more. */
  readonly destroyed?: boolean;
  readonly on?: (event: SinkEvent, told: () => void) => unknown;
  readonly off?: (event: SinkEvent, told: () => void) => unknown;
}

export type SinkEvent = 'drain' | 'close';
