/** What a reader would type, with what the text shows of its answer. */
export interface Command {
  readonly line: string;
  readonly shown: readonly string[];
}

/** The fenced blocks of a text in one language. */
export function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, block]) => block ?? '',
  );
}

/** The commands of a `console` block. */
export function commandsOf(block: string): Command[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [line = '', ...shown] = text.trimEnd().split('\n');
      return { line, shown };
    });
}

const MARK = '=-=-=-= next command =-=-=-=';

/** Lines of a shell that run the commands one after the other. */
export function scriptOf(lines: readonly string[]): string {
  return lines.flatMap((line) => [`echo '${MARK}'`, `{ ${line}\n} 2>&1`]).join('\n');
}

/** What each command of such a script printed. */
export function answersOf(stdout: string): string[] {
  return stdout.split(`${MARK}\n`).slice(1);
}

/** What differs from run to run, and nothing else, is replaced. */
export function normalise(text: string): string {
  return (
    text
      .trim()
      .replaceAll(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, 'ID')
      .replaceAll(/\bplan-[0-9a-f]{24}\b/g, 'PLAN')
      .replaceAll(/sha256:[0-9a-f]+/g, 'DIGEST')
      // The rules stand beside the built code, which the test reaches by another way than a reader.
      .replaceAll(/\S*\/rules\//g, 'rules/')
      .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
      .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, 'DATE')
      .replaceAll(/\d+(\.\d+)? (ms|s)\b/g, 'DURATION')
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
  );
}
