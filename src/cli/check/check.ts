import { formatPlace, isPortcullisError } from '../../kit/errors.ts';
import type { PortcullisError } from '../../kit/errors.ts';
import type { RequestContext } from '../../model/decision.ts';
import type { Point } from '../../model/point.ts';
import type { Checked, Problem } from '../../report/report.ts';
import { PLAIN } from '../../redact/redactor.ts';
import { SourceError } from '../../sources/errors.ts';
import { gunzipBounded } from '../../sources/gunzip.ts';
import { isBinaryPlan } from '../../sources/terraform-plan/binary.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { showBinaryPlan } from '../show-plan.ts';
import { gather } from './gather.ts';
import type { Candidate } from './gather.ts';
import type { Judge } from './judge.ts';
import type { Progress } from './progress.ts';

export interface CheckRequest {
  readonly io: Io;
  readonly judge: Judge;
  readonly progress: Progress;
  readonly point: Point;
  readonly source: string | undefined;
  readonly context: RequestContext;
  readonly override: string | undefined;
  /** The most bytes of one document. */
  readonly bytes: number;
  readonly chdir: string | undefined;
}

/** Judges documents one after the other. What is wrong with one of them does not keep the others from an answer. */
export async function check(names: readonly string[], request: CheckRequest): Promise<Checked[]> {
  const candidates = gather(names, {
    cwd: request.io.cwd,
    stdin: request.io.stdin,
    bytes: request.bytes,
  });
  const checked: Checked[] = [];
  const skipped: string[] = [];
  for (const [index, candidate] of candidates.entries()) {
    request.progress.say(`judging ${index + 1} of ${candidates.length}: ${candidate.name}`);
    const result = await checkOne(candidate, request);
    if (result === 'skipped') skipped.push(candidate.name);
    else checked.push(result);
  }
  request.progress.done();
  report(skipped, checked, request.io);
  return checked;
}

async function checkOne(candidate: Candidate, request: CheckRequest): Promise<Checked | 'skipped'> {
  const { name } = candidate;
  try {
    const bytes = await readDocument(candidate, request);
    const { point, source, context, override } = request;
    const question = { name, bytes, point, source, context, override };
    const decision = await request.judge.decide(question);
    return { name: shown(decision.document.name ?? name), decision };
  } catch (error) {
    if (!isPortcullisError(error)) throw error;
    if (candidate.found && error instanceof SourceError && error.code === 'SOURCE_UNRECOGNISED')
      return 'skipped';
    return { name: shown(name), problem: problemOf(error) };
  }
}

/** Names come from the caller, who may have put anything into them. */
const shown = (name: string): string => PLAIN.text(name);

async function readDocument(
  candidate: Candidate,
  { io, bytes, chdir }: CheckRequest,
): Promise<Uint8Array> {
  const raw = await candidate.read();
  const content = isGzip(raw) ? await gunzipBounded(raw, bytes) : raw;
  if (!isBinaryPlan(content)) return content;
  return showBinaryPlan(candidate.name, { cwd: io.cwd, searchPath: io.searchPath, chdir, bytes });
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** In a folder other files are to be expected; but they are named, and a folder of nothing else is no answer. */
function report(skipped: readonly string[], checked: readonly Checked[], { stderr }: Io): void {
  if (skipped.length === 0) return;
  const few = skipped.slice(0, 5).map(shown).join(', ');
  const rest = skipped.length > 5 ? ` and ${skipped.length - 5} more` : '';
  stderr.write(`not judged, being no document that is known: ${few}${rest}\n`);
  if (checked.length > 0) return;
  throw new CliError('INPUT_UNREADABLE', 'none of the files is a document that is known', {
    help: 'Name a file by itself to hear why it is not recognised.',
  });
}

function problemOf(error: PortcullisError): Problem {
  const place = formatPlace(error.place);
  return {
    code: error.code,
    message: PLAIN.text(error.message),
    ...(place === '' ? {} : { place: PLAIN.text(place) }),
    ...(error.help === undefined ? {} : { help: PLAIN.text(error.help) }),
  };
}
